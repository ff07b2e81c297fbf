import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { backoff } from '../../base/backoff.ts';
import { OssError } from '../../contract/errors.ts';
import { GUESSING } from '../security/guessing.ts';

/** A signer waits with the clerk: the pause before the next try never grows longer than this. */
const LONGEST_PAUSE_MS = 60_000;

/**
 * The PIN that leads from the signer's screen back to the clerk's when both share one display. Chosen after
 * each start, kept as a hash in memory, never stored.
 */
export class DeskPin {
  readonly #now: () => number;
  readonly #salt = randomBytes(16);
  #hash: Buffer | undefined;
  #wrong = 0;
  #nextTryAt = 0;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  get isSet(): boolean {
    return this.#hash !== undefined;
  }

  set(pin: string): void {
    this.#hash = this.#derive(pin);
  }

  /** @throws OssError OSS_RATE_LIMITED during a pause, OSS_CREDENTIALS_INVALID for a wrong PIN */
  check(pin: string): void {
    const seconds = Math.ceil((this.#nextTryAt - this.#now()) / 1000);
    if (seconds > 0) throw new OssError('OSS_RATE_LIMITED', { seconds });
    if (!this.#hash || !timingSafeEqual(this.#hash, this.#derive(pin))) {
      this.#wrong += 1;
      this.#nextTryAt = this.#now() + backoff({ ...GUESSING, longestMs: LONGEST_PAUSE_MS }, this.#wrong);
      throw new OssError('OSS_CREDENTIALS_INVALID', { reason: 'PIN' });
    }
    this.#wrong = 0;
  }

  #derive(pin: string): Buffer {
    return scryptSync(pin, this.#salt, 32);
  }
}
