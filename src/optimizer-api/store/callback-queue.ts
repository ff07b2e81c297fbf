import type Libsql from 'libsql';
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
    this.#statements = statementsOf(database);
  }

  put(record: CallbackRecord): void {
    this.#waiting.put(record.id, record);
    this.#quietUntil = Math.min(this.#quietUntil, record.nextAttemptAt);
  }

  /** The next one of its request may follow at once. */
  remove(id: string): void {
    this.#waiting.remove(id);
    this.#quietUntil = 0;
  }

  giveUp({ id, pk, attempts }: CallbackRecord, why: { readonly failure: string; readonly at: number }): void {
    this.remove(id);
    if (this.#givenUp.count() >= MAX_GIVEN_UP) this.#statements.removeOldest.run([]);
    this.#givenUp.put(id, { id, attempts, ...(pk === undefined ? {} : { pk }), ...why });
  }

  /** At most `limit` that are due, the first of each request; where nothing can be due, nothing is read. */
  due(now: number, limit: number): CallbackRecord[] {
    if (now < this.#quietUntil) return [];
    const keys = this.#statements.due.all([now, limit]) as { key: string }[];
    const found = keys.flatMap(({ key }) => this.#waiting.get(key) ?? []);
    if (found.length === 0) {
      const { next } = this.#statements.next.get([]) as { next: number | null };
      this.#quietUntil = next ?? Number.POSITIVE_INFINITY;
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
  const earlier = PK.replaceAll('value', 'earlier.value');
  return {
    due: database.prepare(
      `SELECT key FROM record WHERE collection = 'callback' AND ${DUE} <= ? AND NOT EXISTS (
         SELECT 1 FROM record AS earlier WHERE earlier.collection = 'callback'
           AND earlier.collection IN ('callback', 'callback-given-up')
           AND ${earlier} = ${PK.replaceAll('value', 'record.value')} AND earlier.position < record.position)
       ORDER BY position LIMIT ?`,
    ),
    // Of the first of each request: the others wait for it.
    next: database.prepare(
      `SELECT MIN(${DUE}) AS next FROM record WHERE collection = 'callback' AND NOT EXISTS (
         SELECT 1 FROM record AS earlier WHERE earlier.collection = 'callback'
           AND earlier.collection IN ('callback', 'callback-given-up')
           AND ${earlier} = ${PK.replaceAll('value', 'record.value')} AND earlier.position < record.position)`,
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
