import { type Kysely, type RawBuilder, sql } from 'kysely';

/** What differs between the two databases, in one place. */
export interface DatabaseKind {
  readonly name: 'sqlite' | 'postgres';
  /** Column type of bytes. */
  readonly bytes: RawBuilder<unknown>;
}

export const SQLITE: DatabaseKind = Object.freeze({ name: 'sqlite', bytes: sql`blob` });
export const POSTGRES: DatabaseKind = Object.freeze({ name: 'postgres', bytes: sql`bytea` });

/** Triggers that let rows be added to a table and never changed or removed (EN 319 401 REQ-7.10-04). */
export async function refuseChanges(db: Kysely<unknown>, kind: DatabaseKind, table: string): Promise<void> {
  const name = sql.ref(table);
  if (kind.name === 'sqlite') {
    for (const act of ['update', 'delete']) {
      await sql`create trigger if not exists ${sql.ref(`${table}_refuse_${act}`)} before ${sql.raw(act)} on ${name}
        begin select raise(abort, 'append only'); end`.execute(db);
    }
    return;
  }
  const refuse = sql.ref(`${table}_refuse_change`);
  await sql`create or replace function ${refuse}() returns trigger language plpgsql as
    $$ begin raise exception 'append only'; end $$`.execute(db);
  await sql`create trigger ${sql.ref(`${table}_refuse_rows`)} before update or delete on ${name}
    for each row execute function ${refuse}()`.execute(db);
  await sql`create trigger ${sql.ref(`${table}_refuse_truncate`)} before truncate on ${name}
    for each statement execute function ${refuse}()`.execute(db);
}
