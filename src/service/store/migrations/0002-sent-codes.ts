import type { Kysely } from 'kysely';

/** Codes are remembered one by one, for phones and for signers; before it was one list for each signer. */
export const sentCodesMigration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('sending_limits')
      .ifNotExists()
      .addColumn('subject', 'text', (c) => c.primaryKey())
      .addColumn('last_at', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('sent_codes')
      .ifNotExists()
      .addColumn('challenge_id', 'text', (c) => c.notNull())
      .addColumn('subject', 'text', (c) => c.notNull())
      .addColumn('sent_at', 'bigint', (c) => c.notNull())
      .addColumn('used', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('sent_codes_primary', ['challenge_id', 'subject'])
      .execute();
    await db.schema
      .createIndex('sent_codes_subject')
      .ifNotExists()
      .on('sent_codes')
      .columns(['subject', 'sent_at'])
      .execute();
    await db.schema.dropTable('signer_limits').ifExists().execute();
  },
};
