/** Whether other clocks confirm ours: time is certified only then (EN 319 421 TIS-7.7.2). */
import { OssError } from '../../contract/errors.ts';
import type { ClockReference } from './references/port.ts';

export interface ComparedClockOptions {
  /** Without any our clock is compared with nothing but its own course. */
  readonly references: readonly ClockReference[];
  readonly monotonic: () => number;
  /** Largest difference, in milliseconds. */
  readonly tolerance: number;
  /** How long a confirmation holds, in milliseconds. */
  readonly lifetime: number;
  readonly interval: number;
  /** Told when it changes: why the time cannot be trusted, undefined when it can again. */
  readonly onChange: (reason: string | undefined) => void;
}

/** While the time cannot be trusted it is asked for more often, so that stamping begins again soon. */
const RETRY_MS = 5_000;
/** Another authority that gives whole seconds, and is accurate to one, is uncertain by one and a half. */
const MAX_BOUND_MS = 2_000;

export class ComparedClock {
  readonly #options: ComparedClockOptions;
  #confirmedAt = Number.NEGATIVE_INFINITY;
  /** Which clocks said last that ours is wrong. */
  #contradictions: readonly string[] = [];
  #nextAt = Number.NEGATIVE_INFINITY;
  #asking: Promise<void> | undefined;
  #told: string | undefined;

  constructor(options: ComparedClockOptions) {
    this.#options = options;
  }

  /**
   * Asks the other clocks, unless it is too early or they are being asked. Call it every second or so, and once before
   * the first time is needed.
   */
  async observe(): Promise<void> {
    const { references, monotonic } = this.#options;
    if (references.length === 0) return;
    if (this.#asking === undefined && monotonic() >= this.#nextAt) {
      this.#asking = this.#ask().finally(() => {
        this.#asking = undefined;
      });
    }
    await this.#asking;
    this.#tell();
  }

  /** @throws OssError OSS_TIME_NOT_AVAILABLE while a clock contradicts ours, or none has confirmed it for too long. */
  assertTrusted(): void {
    const reason = this.#distrust();
    if (reason !== undefined) throw new OssError('OSS_TIME_NOT_AVAILABLE', { reason });
  }

  #distrust(): string | undefined {
    const { references, monotonic, lifetime } = this.#options;
    if (references.length === 0) return undefined;
    if (this.#contradictions.length > 0) return `the clock is not that of ${this.#contradictions.join(', ')}`;
    return monotonic() - this.#confirmedAt > lifetime ? 'no other clock has confirmed the time' : undefined;
  }

  async #ask(): Promise<void> {
    const { references, monotonic, tolerance, interval } = this.#options;
    const opinions = await Promise.all(
      references.map(async (reference) => {
        try {
          const { ahead, bound } = await reference.read();
          // What may be right by its own uncertainty is no contradiction; a very uncertain clock confirms nothing.
          if (Math.abs(ahead) - bound > tolerance) return { contradicts: reference.name };
          return { confirms: bound <= tolerance + MAX_BOUND_MS };
        } catch {
          return {};
        }
      }),
    );
    this.#contradictions = opinions.flatMap(({ contradicts }) => contradicts ?? []);
    // Once contradicted, our clock has to be confirmed again.
    if (this.#contradictions.length > 0) this.#confirmedAt = Number.NEGATIVE_INFINITY;
    else if (opinions.some(({ confirms }) => confirms)) this.#confirmedAt = monotonic();
    this.#nextAt = monotonic() + (this.#distrust() === undefined ? interval : Math.min(interval, RETRY_MS));
  }

  #tell(): void {
    const reason = this.#distrust();
    if (reason === this.#told) return;
    this.#told = reason;
    this.#options.onChange(reason);
  }
}
