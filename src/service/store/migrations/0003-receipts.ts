import type { Kysely } from 'kysely';

/** Which gateway took a message and what became of it; receipts that came before the response they belong to. */
export const receiptsMigration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const column of ['channel', 'gateway', 'failure', 'receipt'] as const) {
      await db.schema.alterTable('outbox').addColumn(column, 'text').execute();
    }
    await db.schema.alterTable('outbox').addColumn('closed_at', 'bigint').execute();
    await db.schema
      .createIndex('outbox_delivery')
      .ifNotExists()
      .on('outbox')
      .columns(['gateway', 'delivery_reference'])
      .execute();
    await db.schema.createIndex('outbox_request').ifNotExists().on('outbox').column('request_id').execute();
    await db.schema
      .createTable('receipts')
      .ifNotExists()
      .addColumn('gateway', 'text', (c) => c.notNull())
      .addColumn('reference', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('received_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('receipts_primary', ['gateway', 'reference'])
      .execute();
  },
};
