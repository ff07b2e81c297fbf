import type { Check } from '../../../contract/model/verification.ts';
import { asInstant, undecided } from '../envelope/verdict.ts';

/** Either clock is wrong, and then nothing that rests on the time is proven. */
export const futureTimestamp = (time: Date): Check =>
  undecided(
    'timestamp',
    `The time stamp is of ${asInstant(time)}, which is in the future: its clock or the one here is wrong.`,
    'timestampInFuture',
  );
