import type { Kysely } from 'kysely';
import type { ReceiptsTable, Tables } from './tables.ts';

export interface StoredReceipt {
  readonly gateway: string;
  readonly reference: string;
  readonly state: ReceiptsTable['state'];
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** Receipts that have no message yet: some overtake the response that names it, or come to another process. */
export const receiptRepository = (db: Kysely<Tables>) => ({
  async add({ gateway, reference, state, receivedAt }: StoredReceipt): Promise<void> {
    await db
      .insertInto('receipts')
      .values({ gateway, reference, state, received_at: receivedAt })
      .onConflict((conflict) => conflict.columns(['gateway', 'reference']).doNothing())
      .execute();
  },

  /** The oldest first, so many at most. */
  async oldest(most: number): Promise<readonly StoredReceipt[]> {
    const rows = await db.selectFrom('receipts').selectAll().orderBy('received_at').limit(most).execute();
    return rows.map(({ gateway, reference, state, received_at }) => ({
      gateway,
      reference,
      state,
      receivedAt: received_at,
    }));
  },

  async find(gateway: string, reference: string): Promise<StoredReceipt | undefined> {
    const row = await db
      .selectFrom('receipts')
      .selectAll()
      .where('gateway', '=', gateway)
      .where('reference', '=', reference)
      .executeTakeFirst();
    return row && { gateway, reference, state: row.state, receivedAt: row.received_at };
  },

  async remove(gateway: string, reference: string): Promise<void> {
    await db
      .deleteFrom('receipts')
      .where('gateway', '=', gateway)
      .where('reference', '=', reference)
      .execute();
  },
});
