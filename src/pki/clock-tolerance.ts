/**
 * How far the clocks of two machines may be apart, in milliseconds: this one, a time-stamp authority, anyone who publishes
 * revocation data. Every step allows the same, so that what one step made is not refused by the next one.
 */
export const CLOCK_TOLERANCE = 5 * 60_000;

/** Whether `time` is after `reference` by more than two honest clocks can be apart. */
export const isClearlyAfter = (time: Date, reference: Date): boolean =>
  time.getTime() > reference.getTime() + CLOCK_TOLERANCE;
