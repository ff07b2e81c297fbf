import type { MigrationProvider } from 'kysely';
import type { DatabaseKind } from '../database-kind.ts';
import { initialMigration } from './0001-initial.ts';
import { sentCodesMigration } from './0002-sent-codes.ts';
import { receiptsMigration } from './0003-receipts.ts';
import { retentionMigration } from './0004-retention.ts';
import { idPicturesMigration } from './0005-id-pictures.ts';
import { transparencyLogMigration } from './0006-transparency-log.ts';
import { cscMigration } from './0007-csc.ts';

/** The migrations in their order, by name: nothing is looked up on disk, so they survive bundling. */
export const migrationProvider = (kind: DatabaseKind): MigrationProvider => ({
  getMigrations: async () => ({
    '0001-initial': initialMigration(kind),
    '0002-sent-codes': sentCodesMigration,
    '0003-receipts': receiptsMigration,
    '0004-retention': retentionMigration,
    '0005-id-pictures': idPicturesMigration(kind),
    '0006-transparency-log': transparencyLogMigration(kind),
    '0007-csc': cscMigration(kind),
  }),
});
