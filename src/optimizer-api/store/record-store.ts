import Libsql from 'libsql';
import type { ZodType } from 'zod';
import { OssError } from '../../contract/errors.ts';

/**
 * What the API must remember: one SQLite file in the data directory. A change has reached the disk when the
 * call returns (`synchronous = FULL`), so whatever was answered survives a kill. Statements are short and
 * local, which is why they are synchronous.
 */
export class RecordStore {
  readonly #database: Libsql.Database;
  readonly #count: Libsql.Statement;

  constructor(path: string) {
    try {
      this.#database = new Libsql(path);
      this.#database.exec(`
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        CREATE TABLE IF NOT EXISTS record (
          collection TEXT NOT NULL, key TEXT NOT NULL, position INTEGER NOT NULL, value TEXT NOT NULL,
          PRIMARY KEY (collection, key)
        ) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS record_by_position ON record (collection, position);
        CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
      `);
      this.#count = this.#database.prepare(
        `INSERT INTO counter (name, value) VALUES (?, 1)
         ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value`,
      );
    } catch (cause) {
      throw new OssError('OSS_FILE_WRITE_FAILED', { reason: 'the records of the API' }, { cause });
    }
  }

  collection<T>(name: string, schema: ZodType<T>): Collection<T> {
    return new Collection(this, this.#database, name, schema);
  }

  /** The next number of a series that begins with 1; never given twice, not even after a restart. */
  next(series: string): number {
    return (this.#count.get([series]) as { value: number }).value;
  }

  /** All of the changes, or none of them; within another such change it is part of that one. */
  atomically<T>(change: () => T): T {
    if (this.#database.inTransaction) return change();
    return this.#database.transaction(change)();
  }

  close(): void {
    this.#database.close();
  }
}

/** Records of one kind, in the order in which they were first put. */
export class Collection<T> {
  readonly #name: string;
  readonly #schema: ZodType<T>;
  readonly #store: RecordStore;
  readonly #statements: ReturnType<typeof statementsOf>;

  constructor(store: RecordStore, database: Libsql.Database, name: string, schema: ZodType<T>) {
    this.#name = name;
    this.#schema = schema;
    this.#store = store;
    this.#statements = statementsOf(database);
  }

  get(key: string): T | undefined {
    const row = this.#statements.get.get([this.#name, key]);
    return row === undefined ? undefined : this.#read(row);
  }

  put(key: string, value: T): void {
    const text = JSON.stringify(value);
    this.#store.atomically(() => {
      const { changes } = this.#statements.update.run([text, this.#name, key]);
      if (changes > 0) return;
      this.#statements.insert.run([this.#name, key, this.#store.next('position'), text]);
    });
  }

  /** Whether there was anything to remove. */
  remove(key: string): boolean {
    return this.#statements.remove.run([this.#name, key]).changes > 0;
  }

  count(): number {
    return (this.#statements.count.get([this.#name]) as { count: number }).count;
  }

  /** Those whose key begins with `prefix`, with their keys. */
  entries(prefix = ''): [string, T][] {
    return this.#statements.entries
      .all([this.#name, prefix, `${prefix}\u{10ffff}`])
      .map((row) => [(row as { key: string }).key, this.#read(row)]);
  }

  list(prefix = ''): T[] {
    return this.entries(prefix).map(([, value]) => value);
  }

  /** At most `limit` of those that were put after the one with this key, or the first ones. */
  page(after: string | undefined, limit: number): [string, T][] {
    return this.#statements.page
      .all([this.#name, this.#name, after ?? '', limit])
      .map((row) => [(row as { key: string }).key, this.#read(row)]);
  }

  #read(row: unknown): T {
    return this.#schema.parse(JSON.parse((row as { value: string }).value));
  }
}

const statementsOf = (database: Libsql.Database) => ({
  get: database.prepare('SELECT value FROM record WHERE collection = ? AND key = ?'),
  update: database.prepare('UPDATE record SET value = ? WHERE collection = ? AND key = ?'),
  insert: database.prepare('INSERT INTO record (collection, key, position, value) VALUES (?, ?, ?, ?)'),
  remove: database.prepare('DELETE FROM record WHERE collection = ? AND key = ?'),
  count: database.prepare('SELECT COUNT(*) AS count FROM record WHERE collection = ?'),
  // `+`: by the keys, of which there are few, and not by position through all of the collection.
  entries: database.prepare(
    'SELECT key, value FROM record WHERE collection = ? AND key >= ? AND key < ? ORDER BY +position',
  ),
  page: database.prepare(
    `SELECT key, value FROM record WHERE collection = ? AND position >
       COALESCE((SELECT position FROM record WHERE collection = ? AND key = ?), 0)
     ORDER BY position LIMIT ?`,
  ),
});
