const FREE_TRIES = 2;
const LONGEST_MS = 15 * 60_000;

/**
 * Milliseconds until the next try after so many wrong ones in a row: none for the first two, then 1 s, 2 s,
 * 4 s … at most `longest`.
 */
export const growingPause = (wrong: number, longest: number = LONGEST_MS): number =>
  wrong <= FREE_TRIES ? 0 : Math.min(longest, 1000 * 2 ** (wrong - FREE_TRIES - 1));
