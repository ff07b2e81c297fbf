import { type Kysely, sql } from 'kysely';
import type { LoggedAct } from '../../base/tlog/entry.ts';
import type { DatabaseKind } from './database-kind.ts';
import type { LogEntriesTable, Tables } from './tables.ts';

/** An entry that waits for its place, or has it. */
export interface LogEntry {
  readonly commitment: Uint8Array;
  readonly act: LoggedAct;
  /** Undefined until it has its place in the log. */
  readonly index: number | undefined;
}

/** What opens an entry: erased with the request, and then nobody can say what the entry was about. */
export interface OpenedEntry extends LogEntry {
  readonly salt: Uint8Array;
  /** SHA-256 of what was logged. */
  readonly digest: Uint8Array;
}

export interface StoredHead {
  readonly size: number;
  /** The signed note. */
  readonly note: string;
}

/** Names the lock of those who give entries their places; any number that nobody else uses. */
const SEQUENCER_LOCK = 0x6f73735f;
/** A bundle of entries in one statement. */
const AT_ONCE = 1024;

/** Entries of the transparency log, its tiles and its heads. */
export const logRepository = (db: Kysely<Tables>, kind: DatabaseKind['name']) => ({
  /** In the transaction of what it is about; an index comes later. */
  async add(entry: Omit<OpenedEntry, 'index'> & { readonly requestId: string }, now: number): Promise<void> {
    await db
      .insertInto('log_entries')
      .values({
        commitment: Buffer.from(entry.commitment).toString('base64url'),
        act: entry.act,
        position: null,
        request_id: entry.requestId,
        salt: entry.salt,
        digest: entry.digest,
        added_at: now,
      })
      .execute();
  },

  /** Those of a request, in the order in which they were added. */
  async ofRequest(requestId: string): Promise<OpenedEntry[]> {
    const rows = await db
      .selectFrom('log_entries')
      .selectAll()
      .where('request_id', '=', requestId)
      .orderBy('added_at')
      .orderBy('act')
      .execute();
    return rows.flatMap(({ salt, digest, ...row }) =>
      salt === null || digest === null ? [] : [{ ...toEntry(row), salt, digest }],
    );
  },

  /** What an entry was about can no longer be shown, by anyone; the entry itself stays. */
  async erase(requestId: string): Promise<void> {
    await db
      .updateTable('log_entries')
      .set({ request_id: null, salt: null, digest: null })
      .where('request_id', '=', requestId)
      .execute();
  },

  /** One at a time gives places; in a transaction. False where another process does it now. */
  async lock(): Promise<boolean> {
    if (kind === 'sqlite') return true;
    const { rows } = await sql<{
      got: boolean;
    }>`select pg_try_advisory_xact_lock(${SEQUENCER_LOCK}) as got`.execute(db);
    return rows[0]?.got === true;
  },

  /** Entries without a place, the oldest first. */
  async waiting(): Promise<LogEntry[]> {
    const rows = await db
      .selectFrom('log_entries')
      .select(['commitment', 'act', 'position'])
      .where('position', 'is', null)
      .orderBy('added_at')
      .orderBy('commitment')
      .limit(AT_ONCE)
      .execute();
    return rows.map(toEntry);
  },

  async countWaiting(): Promise<number> {
    const { count } = await db
      .selectFrom('log_entries')
      .select((columns) => columns.fn.countAll<number>().as('count'))
      .where('position', 'is', null)
      .executeTakeFirstOrThrow();
    return Number(count);
  },

  async place({ commitment }: LogEntry, index: number): Promise<void> {
    await db
      .updateTable('log_entries')
      .set({ position: index })
      .where('commitment', '=', Buffer.from(commitment).toString('base64url'))
      .where('position', 'is', null)
      .execute();
  },

  /** Entries from one place to another (exclusive). */
  async range(from: number, to: number): Promise<LogEntry[]> {
    const rows = await db
      .selectFrom('log_entries')
      .select(['commitment', 'act', 'position'])
      .where('position', '>=', from)
      .where('position', '<', to)
      .orderBy('position')
      .execute();
    return rows.map(toEntry);
  },

  /** The hashes of a tile, as many as there are. */
  async tile(level: number, number: number): Promise<Uint8Array | undefined> {
    const row = await db
      .selectFrom('log_tiles')
      .select('hashes')
      .where('level', '=', level)
      .where('number', '=', number)
      .executeTakeFirst();
    return row?.hashes;
  },

  /** A tile only ever gets longer. */
  async writeTile(level: number, number: number, hashes: Uint8Array): Promise<void> {
    await db
      .insertInto('log_tiles')
      .values({ level, number, hashes })
      .onConflict((conflict) => conflict.columns(['level', 'number']).doUpdateSet({ hashes }))
      .execute();
  },

  /** The newest head. */
  async head(): Promise<StoredHead | undefined> {
    return db
      .selectFrom('log_heads')
      .select(['size', 'note'])
      .orderBy('size', 'desc')
      .limit(1)
      .executeTakeFirst();
  },

  /** Rejects where there is one of that size: two heads of one size would be two histories. */
  async addHead({ size, note }: StoredHead, now: number): Promise<void> {
    await db.insertInto('log_heads').values({ size, note, made_at: now }).execute();
  },
});

const toEntry = ({
  commitment,
  act,
  position,
}: Pick<LogEntriesTable, 'commitment' | 'act' | 'position'>): LogEntry => ({
  commitment: Buffer.from(commitment, 'base64url'),
  act,
  index: position ?? undefined,
});
