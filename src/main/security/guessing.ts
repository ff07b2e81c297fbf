import type { Backoff } from '../../base/backoff.ts';

/** Wrong passwords and PINs at this computer: two are free, then 1 s, 2 s, 4 s … up to a quarter of an hour. */
export const GUESSING: Backoff = Object.freeze({ free: 2, firstMs: 1000, longestMs: 15 * 60_000 });
