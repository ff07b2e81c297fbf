import type { Kysely } from 'kysely';
import { type DatabaseKind, refuseChanges } from '../database-kind.ts';

/** All tables of the first release. `if not exists` because SQLite may stop between two of them. */
export const initialMigration = (kind: DatabaseKind) => ({
  async up(db: Kysely<unknown>): Promise<void> {
    await createRegistrationTables(db, kind);
    await createSigningTables(db, kind);
    await createEventTables(db);
    await refuseChanges(db, kind, 'events');
  },
});

async function createRegistrationTables(db: Kysely<unknown>, { bytes }: DatabaseKind): Promise<void> {
  await table(db, 'officers')
    .addColumn('username', 'text', (c) => c.primaryKey())
    .addColumn('display_name', 'text', (c) => c.notNull())
    .addColumn('password_hash', 'text', (c) => c.notNull())
    .addColumn('pin_hash', 'text', (c) => c.notNull())
    .addColumn('registration_authorities', 'text', (c) => c.notNull())
    .addColumn('active', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
  await table(db, 'lockouts')
    .addColumn('subject', 'text', (c) => c.primaryKey())
    .addColumn('failures', 'integer', (c) => c.notNull())
    .addColumn('locked_until', 'bigint', (c) => c.notNull())
    .execute();
  await table(db, 'tokens')
    .addColumn('token_hash', 'text', (c) => c.primaryKey())
    .addColumn('username', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .execute();
  await table(db, 'requests')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('profile', 'text', (c) => c.notNull())
    .addColumn('registration_authority', 'text', (c) => c.notNull())
    .addColumn('officer', 'text', (c) => c.notNull())
    .addColumn('signer_key', 'text', (c) => c.notNull())
    .addColumn('subject', bytes, (c) => c.notNull())
    .addColumn('contract', bytes, (c) => c.notNull())
    .addColumn('contract_sha256', 'text', (c) => c.notNull())
    .addColumn('contract_bytes', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('creation_key', 'text')
    .addColumn('creation_digest', 'text', (c) => c.notNull())
    .addColumn('codes_sent', 'integer', (c) => c.notNull())
    .addColumn('tries_left', 'integer', (c) => c.notNull())
    .addUniqueConstraint('requests_creation_key', ['officer', 'creation_key'])
    .execute();
}

async function createSigningTables(db: Kysely<unknown>, { bytes }: DatabaseKind): Promise<void> {
  await table(db, 'challenges')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('request_id', 'text', (c) => c.notNull().references('requests.id'))
    .addColumn('live', 'integer', (c) => c.notNull())
    .addColumn('manifest_digest', 'text', (c) => c.notNull())
    .addColumn('salt', bytes, (c) => c.notNull())
    .addColumn('code_mac', bytes, (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .execute();
  await index(db, 'challenges', 'request_id');
  await table(db, 'signer_limits')
    .addColumn('signer_key', 'text', (c) => c.primaryKey())
    .addColumn('sent_at', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .execute();
  await table(db, 'signings')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('request_id', 'text', (c) => c.notNull().references('requests.id'))
    .addColumn('idempotency_key', 'text', (c) => c.notNull())
    .addColumn('call_digest', 'text', (c) => c.notNull())
    .addColumn('manifest_digest', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('owner', 'text', (c) => c.notNull())
    .addColumn('lease_until', 'bigint', (c) => c.notNull())
    .addColumn('planned_tbs', bytes)
    .addColumn('result', bytes)
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('finished_at', 'bigint')
    .addUniqueConstraint('signings_idempotency_key', ['request_id', 'idempotency_key'])
    .execute();
  await index(db, 'signings', 'state');
  await table(db, 'outbox')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('request_id', 'text', (c) => c.notNull())
    .addColumn('challenge_id', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('message', bytes)
    .addColumn('claimed_until', 'bigint', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('valid_until', 'bigint', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('delivery_reference', 'text')
    .execute();
  await index(db, 'outbox', 'state');
  await table(db, 'sandbox_messages')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('request_id', 'text', (c) => c.notNull())
    .addColumn('recipient', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('sent_at', 'bigint', (c) => c.notNull())
    .addColumn('reference', 'text', (c) => c.notNull())
    .execute();
  await index(db, 'sandbox_messages', 'request_id');
}

async function createEventTables(db: Kysely<unknown>): Promise<void> {
  await table(db, 'event_streams')
    .addColumn('stream', 'text', (c) => c.primaryKey())
    .addColumn('length', 'integer', (c) => c.notNull())
    .addColumn('head', 'text', (c) => c.notNull())
    .execute();
  await table(db, 'events')
    .addColumn('stream', 'text', (c) => c.notNull())
    .addColumn('sequence', 'integer', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('data', 'text', (c) => c.notNull())
    .addColumn('previous_hash', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('events_primary', ['stream', 'sequence'])
    .execute();
  await table(db, 'counters')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('value', 'bigint', (c) => c.notNull())
    .execute();
}

const table = (db: Kysely<unknown>, name: string) => db.schema.createTable(name).ifNotExists();

const index = (db: Kysely<unknown>, name: string, column: string): Promise<void> =>
  db.schema.createIndex(`${name}_${column}`).ifNotExists().on(name).column(column).execute();
