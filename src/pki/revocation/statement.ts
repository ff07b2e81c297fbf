/** What one piece of revocation data says of one certificate, and what all of them together settle. */
import type { Certificate } from '../certificate/certificate.ts';
import { PkiError } from '../errors.ts';

/** CRLReason (RFC 5280 §5.3.1). */
const CERTIFICATE_HOLD = 6;
export const REMOVE_FROM_CRL = 8;

export interface Revocation {
  readonly revokedAt: Date;
  /** CRLReason as number. */
  readonly reason?: number | undefined;
  readonly invalidityDate?: Date | undefined;
}

/** Signed by one who may say it. */
export interface Statement {
  readonly kind: 'ocsp' | 'crl';
  readonly der: Uint8Array;
  /** The data speaks of the status at this time. */
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  /** Who signed it. */
  readonly signer: Certificate;
  /** Each of them; none where the data does not name the certificate as revoked. */
  readonly revocations: readonly Revocation[];
  /** Why the data does not settle that the certificate was good; undefined where it does. */
  readonly refusal: PkiError | undefined;
}

/** When a certificate was used. */
export interface TimeOfUse {
  /** The certificate must not have been revoked by then: the proven time of a signature, or now. */
  readonly at: Date;
  /** Where that time is what a time stamp says of itself: until when it may have been made in truth. Default: `at`. */
  readonly provenBy?: Date;
}

/**
 * Reasons that leave what was signed before the revocation as it is (RFC 3161 §4.1): unspecified, affiliationChanged,
 * superseded, cessationOfOperation. Any other reason, and none, makes the key one that somebody else may have.
 */
const ORDERLY_REASONS: ReadonlySet<number> = new Set([0, 3, 4, 5]);

/**
 * The statements that settle that the certificate was good at the time, newest first. A revocation stands whatever other
 * data says and however old the data is; a hold ends with newer data that does not know it any more.
 *
 * @throws PkiError `revoked`; `revocation-uncertain` for a certificate on hold, and for a key that its authority
 * calls suspect since before the time.
 */
export function settle(
  certificate: Certificate,
  statements: readonly Statement[],
  { at, provenBy = at }: TimeOfUse,
): Statement[] {
  const decidesBefore = (reason: number | undefined): Date =>
    reason !== undefined && ORDERLY_REASONS.has(reason) ? at : provenBy;
  const newestFirst = [...statements].sort((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime());
  const told = newestFirst
    .flatMap(({ revocations }) => revocations)
    .filter(({ reason }) => reason !== REMOVE_FROM_CRL);
  const name = `"${certificate.subject.text}"`;
  const final = told.find(
    ({ revokedAt, reason }) => revokedAt <= decidesBefore(reason) && reason !== CERTIFICATE_HOLD,
  );
  if (final) throw new PkiError('revoked', `${name} since ${final.revokedAt.toISOString()}`);
  const decisive = newestFirst.find(({ revocations, refusal }) => revocations.length > 0 || !refusal);
  const hold = decisive?.revocations.find(
    ({ revokedAt, reason }) => revokedAt <= at && reason === CERTIFICATE_HOLD,
  );
  if (hold) {
    throw new PkiError('revocation-uncertain', `${name} is on hold since ${hold.revokedAt.toISOString()}`);
  }
  const suspect = told.find(({ invalidityDate }) => invalidityDate !== undefined && invalidityDate <= at);
  if (suspect?.invalidityDate) {
    const since = suspect.invalidityDate.toISOString();
    throw new PkiError('revocation-uncertain', `${name}: its key is suspect since ${since}`);
  }
  return newestFirst.filter(({ refusal }) => refusal === undefined);
}
