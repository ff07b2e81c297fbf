/** Why something of the PKI does not hold; the caller, who knows whose fault it is, chooses the OssError. */
export type PkiReason =
  | 'malformed'
  | 'unsupported-algorithm'
  | 'weak-cryptography'
  | 'over-the-bound'
  | 'unsupported-format'
  | 'path-not-found'
  | 'path-invalid'
  | 'certificate-outside-validity'
  | 'certificate-not-yet-valid'
  | 'timestamp-refused'
  | 'timestamp-imprint-mismatch'
  | 'timestamp-nonce-mismatch'
  | 'timestamp-policy-mismatch'
  | 'timestamp-invalid'
  | 'revocation-data-stale'
  | 'revocation-data-invalid'
  | 'revocation-uncertain'
  | 'revoked';

/**
 * What every function of this part throws. `reason` is for programs, `message` names the element that is wrong
 * (never its content). It does not cross a process: callers turn it into an OssError of the error table.
 */
export class PkiError extends Error {
  override readonly name = 'PkiError';
  readonly reason: PkiReason;

  constructor(reason: PkiReason, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.reason = reason;
  }
}

export const malformed = (what: string): PkiError => new PkiError('malformed', what);
