import type { Kysely } from 'kysely';
import type { SealedBox } from '../../base/sealed-box.ts';
import type { Tables } from './tables.ts';

/** Work that was decided in a transaction and is done after it: one SMS. */
export interface OutboxMessage {
  readonly id: string;
  readonly requestId: string;
  readonly challengeId: string;
  readonly recipient: string;
  readonly text: string;
  /** The end of the code; milliseconds since the epoch. */
  readonly validUntil: number;
}

/** Transactional outbox: claimed by conditional update, so that one worker at a time delivers a message. */
export const outboxRepository = (db: Kysely<Tables>, box: SealedBox) => ({
  /** Stores a message whose delivery is the caller's until `claimedUntil`; then any worker may take it. */
  async insert(message: OutboxMessage, now: number, claimedUntil: number): Promise<void> {
    const { recipient, text } = message;
    await db
      .insertInto('outbox')
      .values({
        id: message.id,
        request_id: message.requestId,
        challenge_id: message.challengeId,
        state: 'waiting',
        message: box.seal(Buffer.from(JSON.stringify({ recipient, text })), `outbox ${message.id}`),
        claimed_until: claimedUntil,
        attempts: 0,
        valid_until: message.validUntil,
        created_at: now,
        delivery_reference: null,
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
  ): Promise<OutboxMessage | undefined> {
    const row = await db
      .updateTable('outbox')
      .set((columns) => ({
        state: 'claimed',
        claimed_until: claimedUntil,
        attempts: columns('attempts', '+', 1),
      }))
      .where('id', '=', id)
      .where('state', 'in', by === 'author' ? ['waiting'] : ['waiting', 'claimed'])
      .$if(by === 'worker', (query) => query.where('claimed_until', '<=', now))
      .returningAll()
      .executeTakeFirst();
    if (!row?.message) return undefined;
    const opened = Buffer.from(box.open(row.message, `outbox ${id}`)).toString('utf8');
    const { recipient, text } = JSON.parse(opened) as { recipient: string; text: string };
    const { request_id, challenge_id, valid_until } = row;
    return {
      id,
      requestId: request_id,
      challengeId: challenge_id,
      recipient,
      text,
      validUntil: valid_until,
    };
  },

  /** Closes the message and erases its text: the code is kept no longer than its delivery needs. */
  async close(id: string, state: 'delivered' | 'failed', deliveryReference: string | null): Promise<void> {
    await db
      .updateTable('outbox')
      .set({ state, message: null, delivery_reference: deliveryReference })
      .where('id', '=', id)
      .execute();
  },
});
