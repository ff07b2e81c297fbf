import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { backoff, isExhausted, type SteppedBackoff } from '../../base/backoff.ts';
import type { Transaction } from '../../contract/model/transaction.ts';
import type { ApiRequestState, ClassicCallback, NewerCallback } from '../../contract/optimizer-api/index.ts';
import { secondsFrom } from '../../contract/retry-after.ts';
import type { GuardedConnections } from '../../optimizer/index.ts';
import type { CallbackQueue } from '../store/callback-queue.ts';
import type { CallbackRecord } from '../store/callback-records.ts';
import type { ApiRequestRecord } from '../store/records.ts';
import { certificateTime, classicDate, compactTime } from './dates.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
/** After failed attempts; with the last one it is given up. */
const RETRY: SteppedBackoff = {
  stepsMs: [5 * SECOND, 30 * SECOND, 120 * SECOND, 600 * SECOND, HOUR, 6 * HOUR, 24 * HOUR],
};
const PARALLEL = 8;
/** A receiver may ask for patience, but not for ever. */
const MAX_RETRY_AFTER_SECONDS = 24 * 3600;
/** The receiver says that it will never want to hear again (standardwebhooks.com). */
const GONE = 410;

export interface StateChange {
  readonly record: ApiRequestRecord;
  readonly from: ApiRequestState;
  readonly to: ApiRequestState;
  readonly transaction?: Transaction | undefined;
  /** Why an asynchronous signature failed. */
  readonly error?: string | undefined;
}

export interface CallbackOptions {
  /** `whsec_…`: with it each callback is signed as standardwebhooks.com says. */
  readonly secret: string | undefined;
  readonly now: () => Date;
  /** Told of each attempt that failed and of what comes next, in one line that has the reason. */
  readonly warn: (line: string) => void;
  /** The receiver wants to hear no more of this request. */
  readonly onGone: (pk: number) => void;
}

/** What came of one attempt; `retryAfter` in seconds, where the receiver says when to come again. */
type Attempt =
  | { readonly outcome: 'told' }
  | { readonly outcome: 'gone' }
  | { readonly outcome: 'failed'; readonly failure: string; readonly retryAfter: number };

/**
 * Tells client applications of each change of state, those of one request in their order. What is to be told is
 * stored with the change itself and tried until the receiver answers 2xx, over restarts too. No redirect is followed,
 * and nobody inside the network is called whom the operator did not name (GuardedConnections).
 */
export class Callbacks {
  readonly #queue: CallbackQueue;
  readonly #webhook: Webhook | undefined;
  readonly #options: CallbackOptions;
  readonly #now: () => Date;
  readonly #connections: GuardedConnections;
  readonly #running = new Map<string, Promise<void>>();
  /** What came of attempts, until the queue has taken it. */
  readonly #unwritten = new Map<string, () => void>();
  /** It was said that nothing can be read or written now. */
  #isHeldUp = false;

  constructor(queue: CallbackQueue, connections: GuardedConnections, options: CallbackOptions) {
    this.#queue = queue;
    this.#connections = connections;
    this.#options = options;
    this.#webhook = options.secret === undefined ? undefined : new Webhook(options.secret);
    this.#now = options.now;
  }

  /** Stores what is to be told; call it in the same change that stores the new state. */
  announce(change: StateChange): void {
    const { callback } = change.record;
    if (callback === undefined) return;
    const body =
      change.record.dialect === 'classic' ? classicBody(change, this.#now()) : newerBody(change, this.#now());
    const id = `msg_${randomUUID()}`;
    this.#queue.put({
      id,
      pk: change.record.pk,
      url: callback,
      body: JSON.stringify(body),
      attempts: 0,
      nextAttemptAt: this.#now().getTime(),
    });
  }

  /** Sends what is due. Where the queue can be neither read nor written, it says so and comes again. */
  async deliverDue(): Promise<void> {
    try {
      this.#begin();
      this.#isHeldUp = false;
    } catch (thrown) {
      if (!this.#isHeldUp)
        this.#options.warn(`callbacks wait, because their queue cannot be used: ${reasonOf(thrown)}`);
      this.#isHeldUp = true;
    }
    await Promise.allSettled(this.#running.values());
  }

  #begin(): void {
    this.#writeDown();
    const due = this.#queue.due(this.#now().getTime(), PARALLEL + this.#running.size + this.#unwritten.size);
    for (const record of due) {
      if (this.#running.size >= PARALLEL || this.#running.has(record.id)) continue;
      if (this.#unwritten.has(record.id)) continue;
      const attempt = this.#attempt(record).finally(() => this.#running.delete(record.id));
      this.#running.set(record.id, attempt);
    }
  }

  /** A receiver is not told again because a full disk did not take what came of the last time. */
  #writeDown(): void {
    for (const [id, write] of this.#unwritten) {
      write();
      this.#unwritten.delete(id);
    }
  }

  async close(): Promise<void> {
    await this.#connections.end();
    await Promise.allSettled(this.#running.values());
  }

  async #attempt(record: CallbackRecord): Promise<void> {
    const attempt = await this.#post(record);
    this.#unwritten.set(record.id, () => this.#note(record, attempt));
    this.#writeDown();
  }

  #note(record: CallbackRecord, attempt: Attempt): void {
    if (attempt.outcome === 'told') {
      this.#queue.remove(record.id);
      return;
    }
    const { pk } = record;
    const request = `callback of request ${pk ?? 'unknown'}`;
    if (attempt.outcome === 'gone') {
      if (pk !== undefined) this.#options.onGone(pk);
      this.#queue.remove(record.id);
      if (pk !== undefined) this.#queue.forget([pk]);
      this.#options.warn(`${request}: the receiver wants no more (HTTP 410)`);
      return;
    }
    const { failure, retryAfter } = attempt;
    const attempts = record.attempts + 1;
    const at = this.#now().getTime();
    if (isExhausted(RETRY, attempts)) {
      this.#queue.giveUp({ ...record, attempts }, { failure, at });
      this.#options.warn(`${request} was given up after ${attempts} attempts: ${failure}`);
      return;
    }
    const seconds = Math.max(backoff(RETRY, attempts) / SECOND, retryAfter);
    this.#queue.put({ ...record, attempts, failure, nextAttemptAt: at + seconds * SECOND });
    this.#options.warn(`${request} failed, and is tried again in ${seconds} s: ${failure}`);
  }

  async #post({ id, url, body }: CallbackRecord): Promise<Attempt> {
    const at = this.#now();
    try {
      const {
        statusCode,
        headers,
        body: response,
      } = await this.#connections.request(url, {
        method: 'POST',
        body,
        // The id is the same at every attempt, so that a receiver can tell a repetition.
        headers: { 'content-type': 'application/json', 'webhook-id': id, ...this.#signature(id, at, body) },
      });
      await response.dump();
      if (statusCode >= 200 && statusCode < 300) return { outcome: 'told' };
      if (statusCode === GONE) return { outcome: 'gone' };
      const retryAfter = Math.min(secondsFrom(headers['retry-after'], this.#now()), MAX_RETRY_AFTER_SECONDS);
      return { outcome: 'failed', failure: `HTTP ${statusCode}`, retryAfter };
    } catch (thrown) {
      // Away for now, or a name that leads inside for now: that is what the next attempt is for.
      return { outcome: 'failed', failure: reasonOf(thrown), retryAfter: 0 };
    }
  }

  #signature(id: string, at: Date, body: string): Record<string, string> {
    if (this.#webhook === undefined) return {};
    return {
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': this.#webhook.sign(id, at, body),
    };
  }
}

/** What the network or the guard said; never more of the address than they do. */
function reasonOf(thrown: unknown): string {
  const { code, message } = thrown as { code?: unknown; message?: unknown };
  return String(code ?? message ?? 'no answer');
}

/** Registration authorities are numbers in this API, wherever they can be. */
export const asNumber = (text: string): number | string => (/^\d{1,15}$/.test(text) ? Number(text) : text);

const classicBody = ({ record, from, to, error }: StateChange, at: Date): ClassicCallback => ({
  status: to,
  date: classicDate(at),
  previous_status: from,
  request: record.pk,
  registration_authority: asNumber(record.registrationAuthority),
  ...(error === undefined ? {} : { error }),
});

function newerBody({ record, from, to, transaction, error }: StateChange, at: Date): NewerCallback {
  const certificate = transaction?.certificate;
  return {
    event_type: error === undefined ? eventOf(from, to) : 'REQUEST_SIGN_FAILED',
    sent_at: compactTime(at),
    request: {
      status: to,
      profile: record.profile,
      registration_authority: asNumber(record.registrationAuthority),
      scratchcard: record.scratchcard,
      pk: record.pk,
    },
    certificates:
      to === 'ISSUED' && certificate !== undefined
        ? [
            {
              status: 'VALID',
              serial_number: certificate.serialNumber,
              valid_from: certificateTime(certificate.notBefore),
              valid_to: certificateTime(certificate.notAfter),
            },
          ]
        : [],
    ...(error === undefined ? {} : { error }),
  };
}

function eventOf(from: ApiRequestState, to: ApiRequestState): NewerCallback['event_type'] {
  switch (to) {
    case 'CREATED':
    case 'VIDEOPENDING':
      return 'REQUEST_CREATED';
    case 'ENROLLREADY':
      return 'REQUEST_APPROVED';
    case 'ISSUED':
      return 'REQUEST_ENROLLED';
    case 'VIDEOERROR':
      return 'VIDEOID_FAILED';
    case 'CANCELLED':
      return from === 'VIDEOREVIEW' ? 'VIDEOID_REFUSED' : 'REQUEST_CANCELED';
    default:
      return 'VIDEOID_UPDATED';
  }
}
