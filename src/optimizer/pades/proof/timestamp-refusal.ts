import type { Check } from '../../../contract/model/verification.ts';
import type { PkiError } from '../../../pki/index.ts';
import { failed, undecided } from '../envelope/verdict.ts';

/** Why a token is not relied on; one of an unknown authority may be a good one (EN 319 102-1 §5.4). */
export function timestampRefusal({ reason, message }: PkiError): Check {
  switch (reason) {
    case 'path-not-found':
      return undecided(
        'timestamp',
        `No path leads from the time-stamp authority to a trusted authority: ${message}.`,
        'timestampUntrusted',
      );
    case 'certificate-outside-validity':
      return undecided(
        'timestamp',
        'The certificate of the time-stamp authority has expired, and no later time stamp proves that it was valid.',
        'timestampExpired',
      );
    case 'certificate-not-yet-valid':
      return undecided(
        'timestamp',
        'The certificate of the time-stamp authority is not valid yet: its clock or the one here is wrong.',
        'timestampNotYetValid',
      );
    case 'weak-cryptography':
      return undecided(
        'timestamp',
        `The time stamp rests on cryptography that is not relied on (${message}).`,
        'weakCryptography',
      );
    case 'unsupported-algorithm':
      return undecided(
        'timestamp',
        `The time stamp uses an algorithm that is not checked here (${message}).`,
        'unsupportedAlgorithm',
      );
    case 'over-the-bound':
      return undecided(
        'timestamp',
        `Checking the time stamp would take too much work (${message}).`,
        'overTheBound',
      );
    default:
      return failed('timestamp', `The time stamp does not verify (${message}).`, 'timestampInvalid');
  }
}

/** ETSI TS 119 615 §4.6: a unit of a service that was not granted proves no time. */
export const withdrawnAuthority = (): Check =>
  undecided(
    'timestamp',
    'The trusted list says that the time-stamp service was not granted at that time.',
    'timestampUntrusted',
  );
