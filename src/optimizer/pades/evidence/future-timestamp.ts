import type { Check } from '../../../contract/model/verification.ts';
import { asInstant, undecided } from '../checks/verdict.ts';

/** The clocks of a time-stamp authority and of the machine that verifies may differ by this much, in milliseconds. */
const CLOCK_TOLERANCE = 5 * 60_000;

export const isInFuture = (time: Date, now: Date): boolean =>
  time.getTime() > now.getTime() + CLOCK_TOLERANCE;

/** Either clock is wrong, and then nothing that rests on the time is proven. */
export const futureTimestamp = (time: Date): Check =>
  undecided(
    'timestamp',
    `The time stamp is of ${asInstant(time)}, which is in the future: its clock or the one here is wrong.`,
    'timestampInFuture',
  );
