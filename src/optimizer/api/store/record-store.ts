import Libsql from 'libsql';
import type { ZodType } from 'zod';
import { OssError } from '../../../contract/errors.ts';

/**
 * What the API must remember: one SQLite file in the data directory. A change has reached the disk when the
 * call returns (`synchronous = FULL`), so whatever was answered survives a kill. Statements are short and
 * local, which is why they are synchronous.
 */
export class RecordStore {
  readonly #database: Libsql.Database;

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
        CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
      `);
    } catch (cause) {
      throw new OssError('OSS_FILE_WRITE_FAILED', { reason: 'the records of the API' }, { cause });
    }
  }

  collection<T>(name: string, schema: ZodType<T>): Collection<T> {
    return new Collection(this.#database, () => this.next('position'), name, schema);
  }

  /** The next number of a series that begins with 1; never given twice, not even after a restart. */
  next(series: string): number {
    const row = this.#database
      .prepare(
        `INSERT INTO counter (name, value) VALUES (?, 1)
         ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value`,
      )
      .get([series]) as { value: number };
    return row.value;
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
  readonly #database: Libsql.Database;
  readonly #nextPosition: () => number;
  readonly #name: string;
  readonly #schema: ZodType<T>;

  constructor(database: Libsql.Database, nextPosition: () => number, name: string, schema: ZodType<T>) {
    this.#database = database;
    this.#nextPosition = nextPosition;
    this.#name = name;
    this.#schema = schema;
  }

  get(key: string): T | undefined {
    const row = this.#database
      .prepare('SELECT value FROM record WHERE collection = ? AND key = ?')
      .get([this.#name, key]);
    return row === undefined ? undefined : this.#read(row);
  }

  put(key: string, value: T): void {
    this.#database
      .prepare(
        `INSERT INTO record (collection, key, position, value) VALUES (?, ?, ?, ?)
         ON CONFLICT (collection, key) DO UPDATE SET value = excluded.value`,
      )
      .run([this.#name, key, this.#nextPosition(), JSON.stringify(value)]);
  }

  /** Whether there was anything to remove. */
  remove(key: string): boolean {
    const { changes } = this.#database
      .prepare('DELETE FROM record WHERE collection = ? AND key = ?')
      .run([this.#name, key]);
    return changes > 0;
  }

  /** Those whose key begins with `prefix`, with their keys. */
  entries(prefix = ''): [string, T][] {
    return this.#database
      .prepare(
        `SELECT key, value FROM record
         WHERE collection = ? AND key >= ? AND key < ? ORDER BY position`,
      )
      .all([this.#name, prefix, `${prefix}\u{10ffff}`])
      .map((row) => [(row as { key: string }).key, this.#read(row)]);
  }

  list(prefix = ''): T[] {
    return this.entries(prefix).map(([, value]) => value);
  }

  #read(row: unknown): T {
    return this.#schema.parse(JSON.parse((row as { value: string }).value));
  }
}
