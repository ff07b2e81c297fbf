/** Whether the certificates of a chain were revoked, by the data that a file carries. */
import {
  type Certificate,
  type CertificateInQuestion,
  certificatesInQuestion,
  delegatesInQuestion,
  equalBytes,
  findRevocationGrounds,
  PkiError,
  type ProvenMaterial,
  type RevocationGround,
  type RevocationReader,
  type TimeOfUse,
} from '../../../pki/index.ts';

/** A validated chain, and the time at which it must not have been revoked. */
export interface ChainUse {
  readonly role: 'signer' | 'time-stamp authority';
  readonly chain: readonly Certificate[];
  readonly at: Date;
  /** What the chain signed provably existed by then: a compromise that was told later does not touch it. Default: `at`. */
  readonly provenBy?: Date;
}

export type RevocationStatus =
  | { readonly outcome: 'good'; readonly grounds: readonly RevocationGround[] }
  | {
      readonly outcome: 'unknown' | 'weak' | 'uncertain' | 'overTheBound';
      readonly certificate: Certificate;
      readonly reason: string;
    }
  | { readonly outcome: 'revoked'; readonly reason: string };

/** EN 319 102-1 §5.2.6 over the data given; nothing is fetched. Every certificate is looked at: one revoked decides. */
export function revocationStatus(
  { chain, at, provenBy = at }: ChainUse,
  materials: readonly ProvenMaterial[],
  reader: RevocationReader,
): RevocationStatus {
  const used: RevocationGround[] = [];
  let open: RevocationStatus | undefined;
  for (const question of certificatesInQuestion(chain)) {
    const status = statusOf(question, materials, { at, provenBy }, reader);
    if (status.outcome === 'revoked') return status;
    if (status.outcome === 'good') used.push(...status.grounds);
    else open ??= status;
  }
  return open ?? { outcome: 'good', grounds: used };
}

const OUTCOMES = {
  'weak-cryptography': 'weak',
  'revocation-uncertain': 'uncertain',
  'over-the-bound': 'overTheBound',
} as const;

function statusOf(
  question: CertificateInQuestion,
  materials: readonly ProvenMaterial[],
  time: TimeOfUse,
  reader: RevocationReader,
): RevocationStatus {
  const { at } = time;
  const { certificate } = question;
  try {
    const { grounds, refusal } = findRevocationGrounds(question, materials, time, reader);
    for (const one of grounds) {
      const delegates = delegatesInQuestion(one, question);
      // The status of a responder is not left to another responder, which would have one, too.
      const settled = delegates.map((delegate) => settledByAuthority(delegate, materials, at, reader));
      if (vouchesForItself(one, question) || !settled.every((list) => list !== undefined)) continue;
      return { outcome: 'good', grounds: [one, ...settled.flat()] };
    }
    if (question.isExempt) return { outcome: 'good', grounds: [] };
    const outcome = refusal.reason === 'weak-cryptography' ? 'weak' : 'unknown';
    return { outcome, certificate, reason: refusal.message };
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    const { reason, message } = error;
    if (reason === 'revoked') return { outcome: 'revoked', reason: message };
    if (reason in OUTCOMES)
      return { outcome: OUTCOMES[reason as keyof typeof OUTCOMES], certificate, reason: message };
    throw error;
  }
}

/** Grounds that need no further responder; undefined where there is none, and the certificate is not exempt. */
function settledByAuthority(
  question: CertificateInQuestion,
  materials: readonly ProvenMaterial[],
  at: Date,
  reader: RevocationReader,
): RevocationGround[] | undefined {
  try {
    const { grounds } = findRevocationGrounds(question, materials, { at }, reader);
    const found = grounds.find((one) => equalBytes(one.signer.der, question.issuer.der));
    return found ? [found] : question.isExempt ? [] : undefined;
  } catch (error) {
    // What a revoked responder says settles nothing.
    if (error instanceof PkiError && error.reason !== 'over-the-bound') return undefined;
    throw error;
  }
}

const vouchesForItself = ({ signer }: RevocationGround, { certificate }: CertificateInQuestion): boolean =>
  equalBytes(signer.der, certificate.der);
