import { setTimeout as delay } from 'node:timers/promises';
import { backoff } from '../../../../base/backoff.ts';
import { NotTaken, type SmsGateway, type SmsMessage, type TakeReceipt } from '../port.ts';
import { createPace } from './pace.ts';
import { COMMAND, encodeSubmit, readMessageId, STATUS } from './pdu.ts';
import { type ReceiptIds, receiptIn, referenceOf } from './receipt.ts';
import { openSession, type SessionOptions, type SmppSession } from './session.ts';
import { type EncodedPart, encodeText } from './text.ts';

export interface SmppGatewayOptions extends Omit<SessionOptions, 'onDeliver' | 'onEnd'> {
  readonly name: string;
  readonly from: string;
  readonly window: number;
  readonly messagesPerSecond: number;
  readonly receiptIds: ReceiptIds;
  readonly takeReceipt: TakeReceipt;
  /** `bound`, or why the connection was lost or refused. */
  readonly onConnection: (event: string) => void;
  readonly monotonic: () => number;
}

const RECONNECT = { free: 0, firstMs: 100, longestMs: 10_000 } as const;
const THROTTLED = { free: 0, firstMs: 250, longestMs: 2_000 } as const;
/** A message that could not be handed over by then goes another way; the caller waits at a desk. */
const HAND_OVER_MS = 5_000;
const BUSY: ReadonlySet<number> = new Set([STATUS.throttled, STATUS.messageQueueFull]);

/** Types and plans of numbers (§5.2.5, §5.2.6): a name, or an international number. */
const sourceOf = (from: string) =>
  /^\+?\d+$/.test(from)
    ? { sourceTon: 1, sourceNpi: 1, source: from.replace('+', '') }
    : { sourceTon: 5, sourceNpi: 0, source: from };

/** An SMSC by SMPP 3.4 over one session, which is opened again by itself for as long as the gateway lives. */
export function smppGateway(options: SmppGatewayOptions): SmsGateway {
  const link = new Link(options);
  const pace = createPace({
    window: options.window,
    perSecond: options.messagesPerSecond,
    monotonic: options.monotonic,
  });
  let textReference = 0;

  /** Hands over one part; sends it again only where the SMSC has said that it did not take it. */
  const submit = async (
    part: EncodedPart,
    message: SmsMessage,
    isLast: boolean,
    until: number,
  ): Promise<string> => {
    for (let refusals = 1; ; refusals++) {
      const leave = await pace.enter(until);
      if (leave === undefined) throw new NotTaken(`${options.name}: no place within ${HAND_OVER_MS} ms`);
      try {
        const session = await link.session(until);
        const { status, body } = await session.request(
          COMMAND.submitSm,
          encodeSubmit({
            ...sourceOf(options.from),
            ...part,
            destination: message.recipient.replace('+', ''),
            validityPeriod: relativePeriod(message.validUntil.getTime() - Date.now()),
            wantsReceipt: isLast,
          }),
        );
        if (status === STATUS.ok) return referenceOf(readMessageId(body));
        if (!BUSY.has(status)) throw new NotTaken(`${options.name}: refused 0x${status.toString(16)}`);
        pace.pause(backoff(THROTTLED, refusals));
      } finally {
        leave();
      }
    }
  };

  return {
    name: options.name,
    sandboxOnly: false,
    async send(message) {
      const until = options.monotonic() + HAND_OVER_MS;
      textReference = (textReference + 1) & 0xff;
      const parts = encodeText(message.text, textReference);
      let reference = '';
      for (const [index, part] of parts.entries()) {
        try {
          reference = await submit(part, message, index === parts.length - 1, until);
        } catch (error) {
          // The first part is on its way: the whole text must not go out a second time.
          if (index > 0) throw new Error(`${options.name}: part ${index + 1} lost`, { cause: error });
          throw error;
        }
      }
      return { reference: reference === '' ? message.id : reference, gateway: options.name };
    },
    async assertAvailable() {
      link.assertBound();
    },
    close: () => link.close(),
  };
}

/** §7.1.1.2: years, months, days, hours, minutes, seconds, then 000R. */
function relativePeriod(milliseconds: number): string {
  const seconds = Math.max(1, Math.floor(milliseconds / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const [days, hours, minutes] = [seconds / 86_400, (seconds / 3600) % 24, (seconds / 60) % 60].map(
    Math.floor,
  );
  return `0000${two(days ?? 0)}${two(hours ?? 0)}${two(minutes ?? 0)}${two(seconds % 60)}000R`;
}

/** The session that is open now, and the attempts at the next one. */
class Link {
  readonly #options: SmppGatewayOptions;
  readonly #stop = new AbortController();
  #session: SmppSession | undefined;
  #lastFailure = 'not connected yet';
  #downSince: number;
  readonly #waiting = new Set<(session: SmppSession) => void>();
  readonly #running: Promise<void>;

  constructor(options: SmppGatewayOptions) {
    this.#options = options;
    this.#downSince = options.monotonic();
    this.#running = this.#keepBound();
  }

  assertBound(): void {
    if (this.#session === undefined) throw new Error(`${this.#options.name}: ${this.#lastFailure}`);
  }

  /** @throws NotTaken when there is none by then: nothing was sent */
  async session(until: number): Promise<SmppSession> {
    if (this.#session !== undefined) return this.#session;
    const { monotonic, name } = this.#options;
    // Down for so long already that one message more need not wait for it.
    if (monotonic() - this.#downSince > HAND_OVER_MS) throw new NotTaken(`${name}: ${this.#lastFailure}`);
    return new Promise((resolve, reject) => {
      const found = (session: SmppSession): void => {
        clearTimeout(timer);
        this.#waiting.delete(found);
        resolve(session);
      };
      const timer = setTimeout(
        () => {
          this.#waiting.delete(found);
          reject(new NotTaken(`${this.#options.name}: ${this.#lastFailure}`));
        },
        Math.max(0, until - this.#options.monotonic()),
      );
      this.#waiting.add(found);
    });
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#session?.close();
    await this.#running;
  }

  async #keepBound(): Promise<void> {
    const { signal } = this.#stop;
    for (let failures = 0; !signal.aborted; ) {
      try {
        await this.#bindOnce();
        failures = 0;
      } catch (error) {
        failures += 1;
        this.#tell((error as Error).message);
      }
      const pause = backoff(RECONNECT, Math.max(1, failures));
      await delay(pause + Math.random() * pause, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Resolves when a session that was bound has ended. */
  async #bindOnce(): Promise<void> {
    let ended = (_reason: string): void => undefined;
    const end = new Promise<string>((resolve) => {
      ended = resolve;
    });
    const { name, receiptIds, takeReceipt } = this.#options;
    const session = await openSession({
      ...this.#options,
      onEnd: ended,
      onDeliver: async (message) => {
        const receipt = receiptIn(message, receiptIds);
        if (receipt !== undefined) await takeReceipt(name, receipt);
      },
    });
    if (this.#stop.signal.aborted) return session.close();
    this.#session = session;
    this.#options.onConnection('bound');
    for (const found of [...this.#waiting]) found(session);
    const reason = await end;
    this.#session = undefined;
    this.#downSince = this.#options.monotonic();
    this.#tell(reason);
  }

  #tell(failure: string): void {
    this.#lastFailure = failure;
    if (!this.#stop.signal.aborted) this.#options.onConnection(failure);
  }
}
