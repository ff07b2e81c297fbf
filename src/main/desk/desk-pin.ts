import { backoff } from '../../base/backoff.ts';
import { SerialQueue } from '../../base/keyed-queue.ts';
import { hashSecret, verifySecret } from '../../base/secret-hash.ts';
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
  /** Tries that come at the same time are judged one by one: the pause of one holds for the next. */
  readonly #tries = new SerialQueue();
  #hash: string | undefined;
  #wrong = 0;
  #nextTryAt = 0;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  get isSet(): boolean {
    return this.#hash !== undefined;
  }

  set(pin: string): Promise<void> {
    return this.#tries.run(async () => {
      this.#hash = await hashSecret(pin);
    });
  }

  /** @throws OssError OSS_RATE_LIMITED during a pause, OSS_CREDENTIALS_INVALID for a wrong PIN */
  check(pin: string): Promise<void> {
    return this.#tries.run(() => this.#judge(pin));
  }

  async #judge(pin: string): Promise<void> {
    const seconds = Math.ceil((this.#nextTryAt - this.#now()) / 1000);
    if (seconds > 0) throw new OssError('OSS_RATE_LIMITED', { seconds });
    if (this.#hash === undefined || !(await verifySecret(pin, this.#hash))) {
      this.#wrong += 1;
      this.#nextTryAt = this.#now() + backoff({ ...GUESSING, longestMs: LONGEST_PAUSE_MS }, this.#wrong);
      throw new OssError('OSS_CREDENTIALS_INVALID', { reason: 'PIN' });
    }
    this.#wrong = 0;
  }
}
