import type { Kysely } from 'kysely';
import type { DatabaseKind } from '../database-kind.ts';

/** Pictures of the identification, sealed. */
export const idPicturesMigration = ({ bytes }: DatabaseKind) => ({
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('id_pictures')
      .ifNotExists()
      .addColumn('request_id', 'text', (c) => c.notNull())
      .addColumn('side', 'text', (c) => c.notNull())
      .addColumn('picture', bytes, (c) => c.notNull())
      .addColumn('added_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('id_pictures_primary', ['request_id', 'side'])
      .execute();
  },
});
