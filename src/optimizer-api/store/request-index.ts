import type Libsql from 'libsql';
import type { Collection } from './collection.ts';

/**
 * Finds the requests of all applications that somebody has to look at, however many others ten years have left: each
 * question has an index of its own, which holds no others.
 */
export class RequestIndex<T> {
  readonly #requests: Collection<T>;
  readonly #statements: ReturnType<typeof statementsOf>;

  constructor(requests: Collection<T>, database: Libsql.Database) {
    this.#requests = requests;
    this.#statements = statementsOf(database);
  }

  /** Those whose client does not know their last state yet, and those whose removal is not over. */
  unsettled(): T[] {
    return this.#found(this.#statements.unsettled.all([]));
  }

  /** Those whose asynchronous signature was promised and is not made. */
  promised(): T[] {
    return this.#found(this.#statements.promised.all([]));
  }

  /** Those that began before this moment. */
  begunBefore(moment: Date): T[] {
    return this.#found(this.#statements.begun.all([moment.toISOString()]));
  }

  #found(rows: readonly unknown[]): T[] {
    return this.#requests.named(rows.map((row) => (row as { key: string }).key));
  }
}

const entry = (name: string): string => `iif(json_valid(value), json_extract(value, '$.${name}'), NULL)`;

/** The same text in index and statement: only then the one serves the other (sqlite.org/partialindex.html). */
const UNSETTLED = `collection = 'request' AND (coalesce(${entry('toldState')}, '') NOT IN ('ISSUED', 'CANCELLED')
  OR (${entry('removed')} = 1 AND ${entry('transactionId')} IS NOT NULL))`;
const PROMISED = `collection = 'request' AND ${entry('asyncState')} = 'signing'`;
const BEGUN = entry('createdAt');

function statementsOf(database: Libsql.Database) {
  database.exec(`
    CREATE INDEX IF NOT EXISTS request_unsettled ON record (collection, position) WHERE ${UNSETTLED};
    CREATE INDEX IF NOT EXISTS request_promised ON record (collection, position) WHERE ${PROMISED};
    CREATE INDEX IF NOT EXISTS request_by_begin ON record (${BEGUN}) WHERE collection = 'request';
  `);
  return {
    unsettled: database.prepare(
      `SELECT key FROM record INDEXED BY request_unsettled WHERE ${UNSETTLED} ORDER BY position`,
    ),
    promised: database.prepare(
      `SELECT key FROM record INDEXED BY request_promised WHERE ${PROMISED} ORDER BY position`,
    ),
    begun: database.prepare(
      `SELECT key FROM record INDEXED BY request_by_begin WHERE collection = 'request' AND ${BEGUN} < ?`,
    ),
  };
}
