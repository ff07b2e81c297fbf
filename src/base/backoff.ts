/** When to try again: attempts that cost nothing, then a pause that doubles up to a limit. */
export interface DoublingBackoff {
  /** Failures in a row without any pause. */
  readonly free: number;
  /** Pause after the first failure that is not free, in milliseconds. */
  readonly firstMs: number;
  /** No pause is longer than this, in milliseconds. */
  readonly longestMs: number;
}

/** When to try again: the pause after each failure in a row, in milliseconds; after the last step it stays the same. */
export interface SteppedBackoff {
  readonly stepsMs: readonly [number, ...number[]];
}

export type Backoff = DoublingBackoff | SteppedBackoff;

/** Milliseconds to wait after that many failures in a row. */
export function backoff(schedule: Backoff, failures: number): number {
  if (failures <= 0) return 0;
  if ('stepsMs' in schedule) return schedule.stepsMs[failures - 1] ?? schedule.stepsMs.at(-1) ?? 0;
  const { free, firstMs, longestMs } = schedule;
  return failures <= free ? 0 : Math.min(longestMs, firstMs * 2 ** (failures - free - 1));
}

/** Whether so many failures in a row have used up the steps, for a caller that then gives up. */
export const isExhausted = ({ stepsMs }: SteppedBackoff, failures: number): boolean =>
  failures > stepsMs.length;
