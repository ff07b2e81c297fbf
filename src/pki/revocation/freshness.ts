import { PkiError } from '../errors.ts';

/** Clocks of two machines may differ by this much, in milliseconds. */
const CLOCK_TOLERANCE = 60_000;

/** Throws PkiError `revocation-data-stale` unless `at` lies in the period for which the data speaks (RFC 6960 §4.2.2.1). */
export function requireFresh(thisUpdate: Date, nextUpdate: Date | undefined, at: Date): void {
  if (thisUpdate.getTime() > at.getTime() + CLOCK_TOLERANCE) {
    throw new PkiError(
      'revocation-data-stale',
      `revocation data of ${thisUpdate.toISOString()}, later than asked for`,
    );
  }
  if (nextUpdate === undefined || nextUpdate < at) {
    throw new PkiError('revocation-data-stale', 'revocation data past its nextUpdate, or without one');
  }
}
