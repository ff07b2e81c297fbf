import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
} from 'kysely';

/** One open file, all of whose statements run at once and in the order in which they are given. */
export interface OneConnection {
  prepare(text: string): SqliteStatement;
  /** False when the database has ended the transaction by itself: the disk is full, or cannot be written. */
  readonly inTransaction: boolean;
  /** Takes to the disk what has been committed by now; others may use the connection meanwhile. */
  flush(): Promise<void>;
  close(): void;
}

/** What reaches the disk with one flush. */
interface Group {
  members: number;
  readonly durable: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** So many wait for the disk together at most: those behind them are served first then. */
const MOST_IN_A_GROUP = 64;
const SAVEPOINT = 'member';

/**
 * A SQLite database whose transactions reach the disk in groups: whatever came while a commit was being written is
 * written with the next one. Each transaction is a savepoint of its own, so that one that fails takes nothing else
 * with it, and nothing is answered before it is durable: neither a change, nor what somebody has read of a change.
 */
export const groupedCommits = (database: OneConnection): Dialect => ({
  createDriver: () => new GroupedDriver(database),
  createQueryCompiler: () => new SqliteQueryCompiler(),
  createAdapter: () => new SqliteAdapter(),
  createIntrospector: (db) => new SqliteIntrospector(db),
});

class GroupedDriver implements Driver {
  readonly #database: OneConnection;
  readonly #waiting: (() => void)[] = [];
  #isTaken = false;
  /** Whose transaction of the database is under way. */
  #group: Group | undefined;
  /** Committed, and on its way to the disk. */
  #flushing: Group | undefined;
  /** Why the disk did not take what was committed. */
  #failure: { readonly error: unknown } | undefined;

  constructor(database: OneConnection) {
    this.#database = database;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<Turn> {
    const turn = new Turn(this);
    await this.take(turn);
    return turn;
  }

  async beginTransaction(turn: Turn): Promise<void> {
    this.#join();
    this.run(`savepoint ${SAVEPOINT}`);
    turn.isInTransaction = true;
  }

  async commitTransaction(turn: Turn): Promise<void> {
    const group = this.#group;
    this.#run(() => this.run(`release ${SAVEPOINT}`));
    turn.isInTransaction = false;
    this.#free(turn);
    await group?.durable;
  }

  async rollbackTransaction(turn: Turn): Promise<void> {
    if (!turn.isInTransaction) return;
    turn.isInTransaction = false;
    if (this.#group === undefined) return;
    this.#run(() => {
      this.run(`rollback to ${SAVEPOINT}`);
      this.run(`release ${SAVEPOINT}`);
    });
  }

  async releaseConnection(turn: Turn): Promise<void> {
    this.#free(turn);
  }

  async destroy(): Promise<void> {
    for (let group = this.#flushing ?? this.#group; group !== undefined; ) {
      this.#commit();
      await group.durable.catch(() => undefined);
      group = this.#flushing ?? this.#group;
    }
    this.#database.close();
  }

  async execute<R>(turn: Turn, { sql, parameters, query }: CompiledQuery): Promise<QueryResult<R>> {
    if (!turn.hasDatabase) await this.take(turn);
    this.#assertSound(turn);
    if (turn.isInTransaction) return this.#run(() => this.run<R>(sql, parameters));
    const isRead = query.kind === 'SelectQueryNode';
    if (!isRead) this.#join();
    const group = this.#group ?? this.#flushing;
    const result = this.#run(() => this.run<R>(sql, parameters));
    if (group !== undefined) {
      this.#free(turn);
      await group.durable;
    }
    return result;
  }

  async take(turn: Turn): Promise<void> {
    if (this.#isTaken) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#isTaken = true;
    turn.hasDatabase = true;
    this.#assertSound(turn);
  }

  run<R>(text: string, parameters: readonly unknown[] = []): QueryResult<R> {
    const statement = this.#database.prepare(text);
    if (statement.reader) return { rows: statement.all(parameters) as R[] };
    const { changes, lastInsertRowid } = statement.run(parameters);
    return { rows: [], numAffectedRows: BigInt(changes ?? 0), insertId: BigInt(lastInsertRowid ?? 0) };
  }

  /**
   * What was committed and did not reach the disk is seen by every later statement, and a later flush that succeeds
   * says nothing of it (fsync(2), NOTES): from then on nothing is answered, until the file is opened again.
   */
  #assertSound(turn: Turn): void {
    if (this.#failure === undefined) return;
    if (!turn.isInTransaction) this.#free(turn);
    throw this.#failure.error;
  }

  /** A failure that took the whole transaction along is that of everyone who is in it. */
  #run<R>(work: () => R): R {
    try {
      return work();
    } catch (error) {
      if (this.#group !== undefined && !this.#database.inTransaction)
        this.#end((group) => group.reject(error));
      throw error;
    }
  }

  #join(): void {
    if (this.#group === undefined) {
      this.run('begin');
      this.#group = newGroup();
    }
    this.#group.members += 1;
  }

  /**
   * The next one in the row has the database; when there is none, or the group is full, it goes to the disk. While
   * one is on its way there, the next one grows.
   */
  #free(turn: Turn): void {
    if (!turn.hasDatabase) return;
    turn.hasDatabase = false;
    if ((this.#group?.members ?? 0) >= MOST_IN_A_GROUP) this.#commit();
    const next = this.#waiting.shift();
    if (next !== undefined) {
      next();
      return;
    }
    this.#isTaken = false;
    // Calls that have arrived by now still join.
    setImmediate(() => {
      if (!this.#isTaken) this.#commit();
    });
  }

  #commit(): void {
    const group = this.#group;
    if (group === undefined || this.#flushing !== undefined) return;
    try {
      if (this.#failure !== undefined) throw this.#failure.error;
      this.run('commit');
    } catch (error) {
      if (this.#database.inTransaction) this.run('rollback');
      this.#end(() => group.reject(error));
      return;
    }
    this.#group = undefined;
    this.#flushing = group;
    void this.#flush(group);
  }

  async #flush(group: Group): Promise<void> {
    try {
      await this.#database.flush();
      group.resolve();
    } catch (error) {
      this.#failure = { error };
      group.reject(error);
    }
    this.#flushing = undefined;
    if (!this.#isTaken) this.#commit();
  }

  #end(tell: (group: Group) => void): void {
    const group = this.#group;
    this.#group = undefined;
    if (group !== undefined) tell(group);
  }
}

/** The database for as long as somebody needs it. */
class Turn implements DatabaseConnection {
  readonly #driver: GroupedDriver;
  hasDatabase = false;
  isInTransaction = false;

  constructor(driver: GroupedDriver) {
    this.#driver = driver;
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.#driver.execute(this, query);
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('nothing is streamed');
  }
}

function newGroup(): Group {
  const { promise, resolve, reject } = withResolvers();
  // Those who wait for it are told; without any it is nobody's.
  promise.catch(() => undefined);
  return { members: 0, durable: promise, resolve, reject };
}

function withResolvers() {
  let resolve: () => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<void>((fulfil, refuse) => {
    [resolve, reject] = [fulfil, refuse];
  });
  return { promise, resolve, reject };
}
