const MINUTE_MS = 60_000;
/** Callers that are remembered at once; beyond it those that were counted first are forgotten. */
const MAX_CALLERS = 50_000;

interface Count {
  readonly endsAt: number;
  calls: number;
}

/** Counts calls of each caller, from the first one for a minute. */
export class CallWindow {
  readonly #most: number;
  readonly #monotonic: () => number;
  /** In the order in which their minutes end. */
  readonly #counts = new Map<string, Count>();

  /** @param monotonic milliseconds of a clock that nobody sets */
  constructor(most: number, monotonic: () => number) {
    this.#most = most;
    this.#monotonic = monotonic;
  }

  /**
   * Counts one more; where that is too many, answers the milliseconds until the minute is over, and does not count it.
   */
  take(key: string): number | undefined {
    const now = this.#monotonic();
    const count = this.#countOf(key, now);
    if (count.calls >= this.#most) return count.endsAt - now;
    count.calls += 1;
    return undefined;
  }

  /** Takes back what turned out to be none of these calls. */
  giveBack(key: string): void {
    const count = this.#counts.get(key);
    if (count !== undefined && count.calls > 0) count.calls -= 1;
  }

  #countOf(key: string, now: number): Count {
    const known = this.#counts.get(key);
    if (known !== undefined && known.endsAt > now) return known;
    this.#counts.delete(key);
    for (const [oldest, { endsAt }] of this.#counts) {
      if (endsAt > now && this.#counts.size < MAX_CALLERS) break;
      this.#counts.delete(oldest);
    }
    const count = { endsAt: now + MINUTE_MS, calls: 0 };
    this.#counts.set(key, count);
    return count;
  }
}
