/** When to try again: attempts that cost nothing, then a pause that doubles up to a limit. */
export interface Backoff {
  /** Failures in a row without any pause. */
  readonly free: number;
  /** Pause after the first failure that is not free, in milliseconds. */
  readonly firstMs: number;
  /** No pause is longer than this, in milliseconds. */
  readonly longestMs: number;
}

/** Milliseconds to wait after that many failures in a row. */
export function backoff({ free, firstMs, longestMs }: Backoff, failures: number): number {
  return failures <= free ? 0 : Math.min(longestMs, firstMs * 2 ** (failures - free - 1));
}
