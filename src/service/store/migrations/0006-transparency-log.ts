import type { Kysely } from 'kysely';
import { type DatabaseKind, refuseChanges } from '../database-kind.ts';

/** The transparency log: entries, the tiles of its tree, its signed heads, which nothing changes or removes. */
export const transparencyLogMigration = (kind: DatabaseKind) => ({
  async up(db: Kysely<unknown>): Promise<void> {
    const table = (name: string) => db.schema.createTable(name).ifNotExists();
    await table('log_entries')
      .addColumn('commitment', 'text', (c) => c.primaryKey())
      .addColumn('act', 'text', (c) => c.notNull())
      .addColumn('position', 'bigint', (c) => c.unique())
      .addColumn('request_id', 'text')
      .addColumn('salt', kind.bytes)
      .addColumn('digest', kind.bytes)
      .addColumn('added_at', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema
      .createIndex('log_entries_request')
      .ifNotExists()
      .on('log_entries')
      .column('request_id')
      .execute();
    await db.schema
      .createIndex('log_entries_waiting')
      .ifNotExists()
      .on('log_entries')
      .columns(['added_at', 'commitment'])
      .where('position' as never, 'is', null)
      .execute();
    await table('log_tiles')
      .addColumn('level', 'integer', (c) => c.notNull())
      .addColumn('number', 'bigint', (c) => c.notNull())
      .addColumn('hashes', kind.bytes, (c) => c.notNull())
      .addPrimaryKeyConstraint('log_tiles_primary', ['level', 'number'])
      .execute();
    await table('log_heads')
      .addColumn('size', 'bigint', (c) => c.primaryKey())
      .addColumn('note', 'text', (c) => c.notNull())
      .addColumn('made_at', 'bigint', (c) => c.notNull())
      .execute();
    await refuseChanges(db, kind, 'log_heads');
  },
});
