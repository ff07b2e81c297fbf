/** Time that may be certified: stops when the clock jumped or drifts (EN 319 421 TIS-7.7.2, TS-10). */

import type { Clock } from '../../base/clock.ts';
import { OssError } from '../../contract/errors.ts';

export interface ClockGuardOptions {
  /** The wall clock, kept right by the operating system's NTP. */
  readonly clock: Clock;
  /** A clock that nobody sets, in milliseconds. */
  readonly monotonic: () => number;
  /** Largest difference between the two clocks since the last reading, in milliseconds. */
  readonly tolerance?: number;
  /** How long the clocks must agree again before time is given out, in milliseconds. */
  readonly settling?: number;
}

/** Half of the declared accuracy of one second; a leap second or a step of NTP exceeds it (TS-11). */
const DEFAULT_TOLERANCE = 500;
const DEFAULT_SETTLING = 5000;
/** By how much a clock that nobody sets may go wrong meanwhile: that of a PC does not lose 9 seconds a day. */
const MAX_DRIFT = 1e-4;
const MAX_REMEMBERED = 16;

/** How the clocks stood to each other before one of them jumped. */
interface Before {
  readonly offset: number;
  /** The last time that was given out then. */
  readonly latest: number;
  readonly until: number;
}

export class ClockGuard {
  readonly #options: Required<ClockGuardOptions>;
  #offset: number;
  #trustedFrom = Number.NEGATIVE_INFINITY;
  #latest = Number.NEGATIVE_INFINITY;
  #before: Before[] = [];

  constructor(options: ClockGuardOptions) {
    this.#options = { tolerance: DEFAULT_TOLERANCE, settling: DEFAULT_SETTLING, ...options };
    this.#offset = options.clock().getTime() - options.monotonic();
  }

  /**
   * Compares the clocks. Call it every second or so: then a machine that slept has settled before anybody asks for the
   * time, and slow differences between the clocks do not add up to a jump.
   */
  observe(): void {
    this.#read();
  }

  /**
   * The time, if it can be trusted.
   * @throws OssError OSS_TIME_NOT_AVAILABLE after a jump until the clocks have agreed for the settling time, and
   * while the clock is behind a time already given out; a clock that jumped and was set right again is only measured
   * by what was given out while it was right.
   */
  now(): Date {
    const { wall, elapsed } = this.#read();
    if (elapsed < this.#trustedFrom) throw unavailable('the clock jumped');
    if (wall < this.#latest) throw behind();
    this.#latest = wall;
    return new Date(wall);
  }

  /**
   * @throws OssError OSS_TIME_NOT_AVAILABLE while the clock is behind a time already given out, which may last. After
   * any other jump it has settled before anybody has typed the code that is about to be sent.
   */
  assertNotBehind(): void {
    if (this.#read().wall < this.#latest) throw behind();
  }

  #read(): { wall: number; elapsed: number } {
    const { clock, monotonic, tolerance, settling } = this.#options;
    const wall = clock().getTime();
    const elapsed = monotonic();
    const offset = wall - elapsed;
    if (Math.abs(offset - this.#offset) > tolerance) {
      this.#trustedFrom = elapsed + settling;
      this.#jumped(offset, elapsed);
    }
    this.#offset = offset;
    return { wall, elapsed };
  }

  /** Back where the clocks stood before: what came in between was the error, with the times that it certified. */
  #jumped(offset: number, elapsed: number): void {
    const { tolerance } = this.#options;
    const index = this.#before.findIndex(
      (before) => Math.abs(offset - before.offset) <= tolerance + MAX_DRIFT * (elapsed - before.until),
    );
    const right = this.#before[index];
    if (right === undefined) {
      this.#before.push({ offset: this.#offset, latest: this.#latest, until: elapsed });
      if (this.#before.length > MAX_REMEMBERED) this.#before.shift();
      return;
    }
    this.#before = this.#before.slice(0, index);
    this.#latest = right.latest;
  }
}

const behind = (): OssError => unavailable('the clock is behind a time already certified');
const unavailable = (reason: string): OssError => new OssError('OSS_TIME_NOT_AVAILABLE', { reason });
