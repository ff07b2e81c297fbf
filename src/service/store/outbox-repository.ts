import type { Kysely } from 'kysely';
import type { SealedBox } from '../../base/sealed-box.ts';
import type { Channel } from '../../contract/model/channel.ts';
import type { Language } from '../../contract/model/language.ts';
import type { DeliveryFailure, OutboxTable, Tables } from './tables.ts';

/** Work that was decided in a transaction and is done after it: one SMS. */
export interface OutboxMessage {
  readonly id: string;
  readonly requestId: string;
  readonly challengeId: string;
  readonly channel: Channel;
  readonly recipient: string;
  readonly text: string;
  /** As it stands in the text; absent in messages of former versions. */
  readonly code: string | undefined;
  readonly language: Language | undefined;
  /** The end of the code; milliseconds since the epoch. */
  readonly validUntil: number;
}

/** A message that may be sent, or whose sender died on the way: nobody knows then whether it went out. */
export interface ClaimedMessage extends OutboxMessage {
  readonly wasUnderWay: boolean;
}

/** How a message ended. */
export type Closing =
  | {
      readonly state: 'delivered';
      readonly gateway: string;
      readonly reference: string;
      /** Where the gateway knows at once that it reached its person. */
      readonly isReceived: boolean;
    }
  | { readonly state: 'failed'; readonly failure: DeliveryFailure };

/** What is known of the newest message of a request. */
export interface MessageState {
  readonly state: OutboxTable['state'];
  readonly channel: Channel;
  readonly failure: DeliveryFailure | undefined;
  readonly receipt: 'delivered' | 'failed' | undefined;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Transactional outbox: claimed by conditional update, so that one worker at a time delivers a message. */
export const outboxRepository = (db: Kysely<Tables>, box: SealedBox) => ({
  /** Stores a message whose delivery is the caller's until `claimedUntil`; then any worker may take it. */
  async insert(message: OutboxMessage, now: number, claimedUntil: number): Promise<void> {
    const { recipient, text, code, language } = message;
    await db
      .insertInto('outbox')
      .values({
        id: message.id,
        request_id: message.requestId,
        challenge_id: message.challengeId,
        state: 'waiting',
        message: box.seal(
          Buffer.from(JSON.stringify({ recipient, text, code, language })),
          `outbox ${message.id}`,
        ),
        claimed_until: claimedUntil,
        attempts: 0,
        valid_until: message.validUntil,
        created_at: now,
        delivery_reference: null,
        channel: message.channel,
        gateway: null,
        failure: null,
        receipt: null,
        closed_at: null,
      })
      .execute();
  },

  /** Messages that wait, or whose worker died while it held them. */
  async waiting(now: number): Promise<string[]> {
    const rows = await db
      .selectFrom('outbox')
      .select('id')
      .where('state', 'in', ['waiting', 'claimed'])
      .where('claimed_until', '<=', now)
      .orderBy('created_at')
      .execute();
    return rows.map((row) => row.id);
  },

  /** Ends every claim: for a database that only one process at a time can have open. */
  async releaseAll(): Promise<void> {
    await db
      .updateTable('outbox')
      .set({ claimed_until: 0 })
      .where('state', 'in', ['waiting', 'claimed'])
      .execute();
  },

  /** @param by `author` takes the message it has just inserted, a `worker` only what nobody holds. */
  async claim(
    id: string,
    by: 'author' | 'worker',
    now: number,
    claimedUntil: number,
  ): Promise<ClaimedMessage | undefined> {
    // The author's own has been begun by nobody else: a claim by another would have changed its state.
    const before =
      by === 'author'
        ? undefined
        : await db.selectFrom('outbox').select('state').where('id', '=', id).executeTakeFirst();
    const row = await db
      .updateTable('outbox')
      .set((columns) => ({
        state: 'claimed',
        claimed_until: claimedUntil,
        attempts: columns('attempts', '+', 1),
      }))
      .where('id', '=', id)
      // What it was when it was looked at: a claim by another in between leaves nothing to take.
      .where('state', '=', by === 'author' ? 'waiting' : (before?.state ?? 'waiting'))
      .where('state', 'in', ['waiting', 'claimed'])
      .$if(by === 'worker', (query) => query.where('claimed_until', '<=', now))
      .returningAll()
      .executeTakeFirst();
    if (!row?.message) return undefined;
    const opened = Buffer.from(box.open(row.message, `outbox ${id}`)).toString('utf8');
    const { recipient, text, code, language } = JSON.parse(opened) as Pick<
      OutboxMessage,
      'recipient' | 'text' | 'code' | 'language'
    >;
    const { request_id, challenge_id, valid_until } = row;
    return {
      id,
      requestId: request_id,
      challengeId: challenge_id,
      channel: channelOf(row),
      recipient,
      text,
      code,
      language,
      validUntil: valid_until,
      wasUnderWay: before?.state === 'claimed',
    };
  },

  /**
   * Closes the message and erases its text: the code is kept no longer than its delivery needs. False when it was
   * closed already, by somebody who took this sender for dead.
   */
  async close(id: string, closing: Closing, now: number): Promise<boolean> {
    const row = await db
      .updateTable('outbox')
      .set({
        state: closing.state,
        message: null,
        closed_at: now,
        ...(closing.state === 'failed'
          ? { failure: closing.failure }
          : {
              gateway: closing.gateway,
              delivery_reference: closing.reference,
              receipt: closing.isReceived ? 'delivered' : null,
            }),
      })
      .where('id', '=', id)
      .where('state', 'in', ['waiting', 'claimed'])
      .returning('id')
      .executeTakeFirst();
    return row !== undefined;
  },

  /** Notes what became of a message that a gateway took; the first word holds. Undefined where there is none. */
  async receive(
    gateway: string,
    reference: string,
    state: 'delivered' | 'failed',
    at: number,
  ): Promise<{ readonly id: string; readonly requestId: string } | undefined> {
    const row = await db
      .updateTable('outbox')
      .set({ receipt: state, closed_at: at })
      .where('gateway', '=', gateway)
      .where('delivery_reference', '=', reference)
      .where('receipt', 'is', null)
      .returning(['id', 'request_id'])
      .executeTakeFirst();
    return row && { id: row.id, requestId: row.request_id };
  },

  async isKnown(gateway: string, reference: string): Promise<boolean> {
    const row = await db
      .selectFrom('outbox')
      .select('id')
      .where('gateway', '=', gateway)
      .where('delivery_reference', '=', reference)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  },

  /** Of the newest message of the request. */
  async lastOf(requestId: string): Promise<MessageState | undefined> {
    const row = await db
      .selectFrom('outbox')
      .selectAll()
      .where('request_id', '=', requestId)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const { state, failure, receipt, closed_at, created_at } = row;
    return {
      state,
      channel: channelOf(row),
      failure: failure ?? undefined,
      receipt: receipt ?? undefined,
      at: closed_at ?? created_at,
    };
  },
});

const channelOf = ({ channel }: Pick<OutboxTable, 'channel'>): Channel => (channel ?? 'sms') as Channel;
