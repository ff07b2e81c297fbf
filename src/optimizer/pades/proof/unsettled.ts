import type { Check } from '../../../contract/model/verification.ts';
import { undecided } from '../envelope/verdict.ts';
import type { RevocationStatus } from '../proof/revocation-status.ts';

type Unsettled = Extract<
  RevocationStatus,
  { readonly outcome: 'weak' | 'uncertain' | 'overTheBound' | 'unknown' }
>;

/** Data about a certificate is there, and does not let anybody rely on it. */
export function unsettled({ outcome, certificate, reason }: Unsettled): Check {
  const name = certificate.subject.commonName ?? certificate.subject.text;
  switch (outcome) {
    case 'weak':
      return undecided(
        'revocation',
        `Whether ${name} was revoked rests on cryptography that is not relied on (${reason}).`,
        'weakCryptography',
      );
    case 'overTheBound':
      return undecided(
        'revocation',
        `Finding out whether ${name} was revoked would take too much work (${reason}).`,
        'overTheBound',
      );
    default:
      return undecided(
        'revocation',
        `It is not settled whether ${name} may be relied on: ${reason}.`,
        'certificateOnHold',
      );
  }
}
