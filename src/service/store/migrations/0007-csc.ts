import type { Kysely } from 'kysely';
import type { DatabaseKind } from '../database-kind.ts';

/** What CSC clients were given for a while: registered digests, sign-ins of the customer's page, codes, SADs. */
export const cscMigration = (kind: DatabaseKind) => ({
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('csc_grants')
      .ifNotExists()
      .addColumn('handle', 'text', (c) => c.primaryKey())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('state', kind.bytes, (c) => c.notNull())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema
      .createIndex('csc_grants_end')
      .ifNotExists()
      .on('csc_grants')
      .column('expires_at')
      .execute();
    await db.schema
      .createTable('csc_hashes')
      .ifNotExists()
      .addColumn('handle', 'text', (c) => c.notNull())
      .addColumn('position', 'integer', (c) => c.notNull())
      .addColumn('hash', 'text', (c) => c.notNull())
      .addColumn('used', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('csc_hashes_primary', ['handle', 'position'])
      .execute();
  },
});
