import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { backoff, isExhausted, type SteppedBackoff } from '../../base/backoff.ts';
import type { Transaction } from '../../contract/model/transaction.ts';
import type { ApiRequestState, ClassicCallback, NewerCallback } from '../../contract/optimizer-api/index.ts';
import type { GuardedConnections } from '../../optimizer/index.ts';
import type { Collection } from '../store/collection.ts';
import type { CallbackRecord, RequestRecord } from '../store/records.ts';
import { certificateTime, classicDate, compactTime } from './dates.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
/** After failed attempts; with the last one it is given up. */
const RETRY: SteppedBackoff = {
  stepsMs: [5 * SECOND, 30 * SECOND, 120 * SECOND, 600 * SECOND, HOUR, 6 * HOUR, 24 * HOUR],
};
const PARALLEL = 8;

export interface StateChange {
  readonly record: RequestRecord;
  readonly from: ApiRequestState;
  readonly to: ApiRequestState;
  readonly transaction?: Transaction | undefined;
  /** Why an asynchronous signature failed. */
  readonly error?: string | undefined;
}

/**
 * Tells client applications of each change of state. What is to be told is stored with the change itself and
 * tried until the receiver answers 2xx, over restarts too. No redirect is followed, and nobody inside the network is
 * called whom the operator did not name (GuardedConnections).
 */
export class Callbacks {
  readonly #queue: Collection<CallbackRecord>;
  readonly #webhook: Webhook | undefined;
  readonly #now: () => Date;
  readonly #connections: GuardedConnections;
  readonly #running = new Map<string, Promise<void>>();

  /** @param secret `whsec_…`: with it each callback is signed as standardwebhooks.com says */
  constructor(
    queue: Collection<CallbackRecord>,
    secret: string | undefined,
    connections: GuardedConnections,
    now: () => Date,
  ) {
    this.#queue = queue;
    this.#connections = connections;
    this.#webhook = secret === undefined ? undefined : new Webhook(secret);
    this.#now = now;
  }

  /** Stores what is to be told; call it in the same change that stores the new state. */
  announce(change: StateChange): void {
    const { callback } = change.record;
    if (callback === undefined) return;
    const body =
      change.record.dialect === 'classic' ? classicBody(change, this.#now()) : newerBody(change, this.#now());
    const id = `msg_${randomUUID()}`;
    this.#queue.put(id, {
      id,
      pk: change.record.pk,
      url: callback,
      body: JSON.stringify(body),
      attempts: 0,
      nextAttemptAt: this.#now().getTime(),
    });
  }

  /** Sends what is due. */
  async deliverDue(): Promise<void> {
    const now = this.#now().getTime();
    const due = this.#queue.list().filter(({ nextAttemptAt }) => nextAttemptAt <= now);
    for (const record of due) {
      if (this.#running.size >= PARALLEL || this.#running.has(record.id)) continue;
      const attempt = this.#attempt(record).finally(() => this.#running.delete(record.id));
      this.#running.set(record.id, attempt);
    }
    await Promise.allSettled(this.#running.values());
  }

  async close(): Promise<void> {
    await this.#connections.end();
    await Promise.allSettled(this.#running.values());
  }

  async #attempt(record: CallbackRecord): Promise<void> {
    if (await this.#post(record)) {
      this.#queue.remove(record.id);
      return;
    }
    const attempts = record.attempts + 1;
    if (isExhausted(RETRY, attempts)) this.#queue.remove(record.id);
    else {
      const nextAttemptAt = this.#now().getTime() + backoff(RETRY, attempts);
      this.#queue.put(record.id, { ...record, attempts, nextAttemptAt });
    }
  }

  async #post({ id, url, body }: CallbackRecord): Promise<boolean> {
    const at = this.#now();
    try {
      const { statusCode, body: answer } = await this.#connections.request(url, {
        method: 'POST',
        body,
        // The id is the same at every attempt, so that a receiver can tell a repetition.
        headers: { 'content-type': 'application/json', 'webhook-id': id, ...this.#signature(id, at, body) },
      });
      await answer.dump();
      return statusCode >= 200 && statusCode < 300;
    } catch {
      // Away for now, or a name that leads inside for now: that is what the next attempt is for.
      return false;
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
