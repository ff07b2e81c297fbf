import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** A simulated SMS, kept readable on purpose: it stands for the phone of the signer. */
export interface SandboxMessage {
  readonly id: string;
  readonly requestId: string;
  readonly recipient: string;
  readonly text: string;
  readonly sentAt: number;
  readonly reference: string;
}

export const sandboxMessageRepository = (db: Kysely<Tables>) => ({
  async insert(message: SandboxMessage): Promise<void> {
    await db
      .insertInto('sandbox_messages')
      .values({
        id: message.id,
        request_id: message.requestId,
        recipient: message.recipient,
        body: message.text,
        sent_at: message.sentAt,
        reference: message.reference,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  },

  /** Newest last. */
  async ofRequest(requestId: string): Promise<SandboxMessage[]> {
    const rows = await db
      .selectFrom('sandbox_messages')
      .selectAll()
      .where('request_id', '=', requestId)
      .orderBy('sent_at')
      .execute();
    return rows.map(({ id, request_id, recipient, body, sent_at, reference }) => ({
      id,
      requestId: request_id,
      recipient,
      text: body,
      sentAt: sent_at,
      reference,
    }));
  },
});
