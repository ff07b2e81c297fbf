import type { Kysely } from 'kysely';

/** Finds the requests that are kept long enough, however many others there are. */
export const retentionMigration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createIndex('requests_by_end')
      .ifNotExists()
      .on('requests')
      .columns(['state', 'expires_at'])
      .execute();
  },
};
