import { toOssError } from '../../contract/errors.ts';

/** What leaves open whether the code was sent. */
const RESPONSE_LOST: readonly string[] = [
  'OSS_SERVICE_TIMEOUT',
  'OSS_SERVICE_UNREACHABLE',
  'OSS_SERVICE_FAILED',
];
/** As long as services usually make people wait between two codes. */
const ASK_AGAIN_AFTER_MS = 30_000;

export interface CodeRequestOptions {
  send(): Promise<unknown>;
  readonly now: () => Date;
  /** The response that nobody waited for has come after all. */
  onConfirmed(): Promise<void>;
}

/**
 * Asks for a code, for a signer who waits. A lost response is no failure: the code may be on its way, so the signer
 * gets the field for it, and can ask for another after a while.
 */
export class CodeRequest {
  readonly #options: CodeRequestOptions;
  #unconfirmedUntil: string | undefined;
  #stopWaiting: (() => void) | undefined;

  constructor(options: CodeRequestOptions) {
    this.#options = options;
  }

  /** When another code may be asked for, while it is not known whether one was sent. */
  get unconfirmedUntil(): string | undefined {
    return this.#unconfirmedUntil;
  }

  /** Nobody waits any longer for the response. */
  stopWaiting(): void {
    this.#stopWaiting?.();
  }

  /** @throws OssError OSS_OTP_*, OSS_SERVICE_* where it is certain that no code was sent */
  async ask(): Promise<void> {
    const sent = this.#options.send();
    const stopped = new Promise<'stopped'>((settle) => {
      this.#stopWaiting = () => settle('stopped');
    });
    try {
      const outcome = await Promise.race([sent, stopped]);
      this.#unconfirmedUntil = outcome === 'stopped' ? this.#later() : undefined;
    } catch (thrown) {
      if (!RESPONSE_LOST.includes(toOssError(thrown).code)) throw thrown;
      this.#unconfirmedUntil = this.#later();
    } finally {
      this.#stopWaiting = undefined;
    }
    if (this.#unconfirmedUntil !== undefined) this.#confirmLate(sent);
  }

  #confirmLate(sent: Promise<unknown>): void {
    void sent.then(
      async () => {
        this.#unconfirmedUntil = undefined;
        await this.#options.onConfirmed();
      },
      () => undefined, // Said already: it is not known.
    );
  }

  #later(): string {
    return new Date(this.#options.now().getTime() + ASK_AGAIN_AFTER_MS).toISOString();
  }
}
