import type Libsql from 'libsql';
import { atomically } from '../../base/sqlite-transaction.ts';
import type { CallbackRecord, FailedCallbackRecord } from './callback-records.ts';
import type { Collection } from './collection.ts';

/** Callbacks that were given up and are still listed; the oldest goes first. */
const MAX_GIVEN_UP = 1000;

/**
 * Callbacks that are still to be told, in the order in which they came about, and those that were given up. Only the
 * first one of each request is ever due: a receiver hears of states in the order in which they were reached.
 */
export class CallbackQueue {
  readonly #waiting: Collection<CallbackRecord>;
  readonly #givenUp: Collection<FailedCallbackRecord>;
  readonly #database: Libsql.Database;
  readonly #statements: ReturnType<typeof statementsOf>;
  /** Before this moment nothing is due, in ms; unknown until the first look. */
  #quietUntil = 0;

  constructor(
    waiting: Collection<CallbackRecord>,
    givenUp: Collection<FailedCallbackRecord>,
    database: Libsql.Database,
  ) {
    this.#waiting = waiting;
    this.#givenUp = givenUp;
    this.#database = database;
    this.#statements = statementsOf(database);
  }

  put(record: CallbackRecord): void {
    const { id, pk, nextAttemptAt } = record;
    const isBehind = pk !== undefined && this.#statements.earlier.get([pk, id]) !== undefined;
    this.#waiting.put(id, { ...record, nextAttemptAt: isBehind ? BEHIND_ANOTHER : nextAttemptAt });
    if (!isBehind) this.#quietUntil = Math.min(this.#quietUntil, nextAttemptAt);
  }

  /** The next one of its request may follow at once: both or neither, or it would wait for one that is gone. */
  remove(id: string): void {
    this.#whole(() => this.#remove(id));
  }

  #whole(change: () => void): void {
    if (this.#database.inTransaction) change();
    else atomically(this.#database, change);
  }

  #remove(id: string): void {
    const pk = this.#waiting.named([id])[0]?.pk;
    this.#waiting.remove(id);
    if (pk === undefined) return;
    const next = this.#statements.first.get([pk]) as { key: string } | undefined;
    const [record] = next ? this.#waiting.named([next.key]) : [];
    if (record?.nextAttemptAt === BEHIND_ANOTHER) this.put({ ...record, nextAttemptAt: 0 });
    // One of an earlier version had its time already.
    else if (record) this.#quietUntil = Math.min(this.#quietUntil, record.nextAttemptAt);
  }

  giveUp({ id, pk, attempts }: CallbackRecord, why: { readonly failure: string; readonly at: number }): void {
    this.#whole(() => {
      this.#remove(id);
      if (this.#givenUp.count() >= MAX_GIVEN_UP) this.#statements.removeOldest.run([]);
      this.#givenUp.put(id, { id, attempts, ...(pk === undefined ? {} : { pk }), ...why });
    });
  }

  /** At most `limit` that are due, the first of each request; where nothing can be due, nothing is read. */
  due(now: number, limit: number): CallbackRecord[] {
    if (now < this.#quietUntil) return [];
    const keys = this.#statements.due.all([now, limit]) as { key: string }[];
    const found = this.#waiting.named(keys.map(({ key }) => key));
    if (found.length === 0) {
      const { next = Number.POSITIVE_INFINITY } = (this.#statements.next.get([]) ?? {}) as { next?: number };
      this.#quietUntil = next;
    }
    return found;
  }

  /** Nobody is told of these requests any more. */
  forget(pks: Iterable<number>): void {
    for (const pk of pks) {
      for (const { key, collection } of this.#statements.ofRequest.all([pk]) as Keyed[]) {
        if (collection === 'callback') this.remove(key);
        else this.#givenUp.remove(key);
      }
    }
  }

  /** Those that failed at least once and are tried again, and those that were given up. */
  failing(): {
    readonly waiting: readonly CallbackRecord[];
    readonly givenUp: readonly FailedCallbackRecord[];
  } {
    const waiting = this.#waiting.list().filter(({ attempts }) => attempts > 0);
    return { waiting, givenUp: this.#givenUp.list() };
  }
}

/** No time of its own: its turn comes when the one before it is told or given up. */
const BEHIND_ANOTHER = Number.MAX_SAFE_INTEGER;

interface Keyed {
  readonly key: string;
  readonly collection: string;
}

const PK = "iif(json_valid(value), json_extract(value, '$.pk'), NULL)";
const DUE = "iif(json_valid(value), json_extract(value, '$.nextAttemptAt'), NULL)";

function statementsOf(database: Libsql.Database) {
  database.exec(`
    CREATE INDEX IF NOT EXISTS callback_by_due ON record (${DUE}) WHERE collection = 'callback';
    CREATE INDEX IF NOT EXISTS callback_by_request ON record (${PK}, position)
      WHERE collection IN ('callback', 'callback-given-up');
  `);
  // Earlier versions gave each of them a time, so that it has to be asked for.
  const isFirst = `NOT EXISTS (
    SELECT 1 FROM record AS earlier WHERE earlier.collection = 'callback'
      AND earlier.collection IN ('callback', 'callback-given-up')
      AND ${PK.replaceAll('value', 'earlier.value')} = ${PK.replaceAll('value', 'record.value')}
      AND earlier.position < record.position)`;
  const byDue = `FROM record INDEXED BY callback_by_due WHERE collection = 'callback' AND ${isFirst}`;
  return {
    due: database.prepare(`SELECT key ${byDue} AND ${DUE} <= ? ORDER BY position LIMIT ?`),
    next: database.prepare(
      `SELECT ${DUE} AS next ${byDue} AND ${DUE} > 0 AND ${DUE} < ${BEHIND_ANOTHER} ORDER BY ${DUE} LIMIT 1`,
    ),
    earlier: database.prepare(
      `SELECT 1 FROM record INDEXED BY callback_by_request WHERE collection = 'callback'
         AND collection IN ('callback', 'callback-given-up') AND ${PK} = ?1 AND position <
           coalesce((SELECT position FROM record WHERE collection = 'callback' AND key = ?2), ${BEHIND_ANOTHER})`,
    ),
    first: database.prepare(
      `SELECT key FROM record INDEXED BY callback_by_request WHERE collection = 'callback'
         AND collection IN ('callback', 'callback-given-up') AND ${PK} = ? ORDER BY position LIMIT 1`,
    ),
    ofRequest: database.prepare(
      `SELECT key, collection FROM record
       WHERE collection IN ('callback', 'callback-given-up') AND ${PK} = ?`,
    ),
    removeOldest: database.prepare(
      `DELETE FROM record WHERE collection = 'callback-given-up' AND position =
         (SELECT MIN(position) FROM record WHERE collection = 'callback-given-up')`,
    ),
  };
}
