import type Libsql from 'libsql';
import type { ZodType } from 'zod';
import { OssError } from '../../contract/errors.ts';
import { fieldsOf } from '../../contract/refused-fields.ts';

/** Whose records are seen: those of one owner, and no others, or all of them (recovery, retention). */
export type Scope = { readonly owner: string } | 'everyone';

/** What a collection needs of the file that it is in. */
export interface RecordFile {
  atomically<T>(change: () => T): T;
  nextPosition(): number;
  noteRemoval(): void;
  noteDamage(collection: string, key: string): void;
}

/** Records of one kind, in the order in which they were first put. */
export class Collection<T> {
  readonly #name: string;
  readonly #schema: ZodType<T>;
  readonly #store: RecordFile;
  readonly #statements: ReturnType<typeof statementsOf>;
  readonly #owner: string | undefined;
  /** What every statement is about: the collection, and its owner where there is one. */
  readonly #scope: readonly string[];

  constructor(store: RecordFile, database: Libsql.Database, name: string, schema: ZodType<T>, scope: Scope) {
    this.#name = name;
    this.#schema = schema;
    this.#store = store;
    this.#owner = scope === 'everyone' ? undefined : scope.owner;
    this.#scope = this.#owner === undefined ? [name] : [name, this.#owner];
    this.#statements = statementsOf(database, this.#owner !== undefined);
  }

  /** @throws OssError OSS_RECORD_DAMAGED */
  get(key: string): T | undefined {
    const row = this.#statements.get.get([...this.#scope, key]);
    if (row === undefined) return undefined;
    try {
      return this.#read(row);
    } catch {
      // Without the cause: what a parser says may quote the record.
      throw new OssError('OSS_RECORD_DAMAGED', { reason: `${this.#name} ${key}` });
    }
  }

  /**
   * A new record belongs to the owner of this view. Only what can be read again is written.
   * @throws OssError OSS_INTERNAL where there is no owner, OSS_REQUEST_INVALID naming the fields
   */
  put(key: string, value: T): void {
    const text = JSON.stringify(value);
    const { error } = this.#schema.safeParse(JSON.parse(text));
    if (error) throw new OssError('OSS_REQUEST_INVALID', { fields: fieldsOf(error) });
    this.#store.atomically(() => {
      const { changes } = this.#statements.update.run([text, ...this.#scope, key]);
      if (changes > 0) return;
      if (this.#owner === undefined) throw new OssError('OSS_INTERNAL', { reason: 'a record without owner' });
      this.#statements.insert.run([this.#name, this.#owner, key, this.#store.nextPosition(), text]);
    });
  }

  /** Whether there was anything to remove. */
  remove(key: string): boolean {
    const { changes } = this.#statements.remove.run([...this.#scope, key]);
    if (changes > 0) this.#store.noteRemoval();
    return changes > 0;
  }

  count(): number {
    return (this.#statements.count.get([...this.#scope]) as { count: number }).count;
  }

  /** Those whose key begins with `prefix`, with their keys. */
  entries(prefix = ''): [string, T][] {
    return this.#rows(this.#statements.entries.all([...this.#scope, prefix, `${prefix}\u{10ffff}`]));
  }

  list(prefix = ''): T[] {
    return this.entries(prefix).map(([, value]) => value);
  }

  /** Those of these keys that are there, in this order. */
  named(keys: readonly string[]): T[] {
    const rows = keys.flatMap((key) => {
      const row = this.#statements.get.get([...this.#scope, key]) as { value: string } | undefined;
      return row ? [{ key, value: row.value }] : [];
    });
    return this.#rows(rows).map(([, value]) => value);
  }

  /** At most `limit` of those whose key, as a number, is greater than `after`, by this number. */
  page(after: number, limit: number): [string, T][] {
    return this.#rows(this.#statements.page.all([...this.#scope, after, limit]));
  }

  #rows(rows: readonly unknown[]): [string, T][] {
    return rows.flatMap((row): [string, T][] => {
      const { key } = row as { key: string };
      try {
        return [[key, this.#read(row)]];
      } catch {
        // It stays where it is, and keeps no other from being read.
        this.#store.noteDamage(this.#name, key);
        return [];
      }
    });
  }

  #read(row: unknown): T {
    return this.#schema.parse(JSON.parse((row as { value: string }).value));
  }
}

function statementsOf(database: Libsql.Database, isOwned: boolean) {
  const scope = isOwned ? 'collection = ? AND owner = ?' : 'collection = ?';
  // `+`: found by the key, which is the narrower of the two.
  const keyed = scope.replace('owner', '+owner');
  return {
    get: database.prepare(`SELECT value FROM record WHERE ${keyed} AND key = ?`),
    update: database.prepare(`UPDATE record SET value = ? WHERE ${keyed} AND key = ?`),
    insert: database.prepare(
      'INSERT INTO record (collection, owner, key, position, value) VALUES (?, ?, ?, ?, ?)',
    ),
    remove: database.prepare(`DELETE FROM record WHERE ${keyed} AND key = ?`),
    count: database.prepare(`SELECT COUNT(*) AS count FROM record WHERE ${scope}`),
    entries: database.prepare(
      `SELECT key, value FROM record WHERE ${keyed} AND key >= ? AND key < ? ORDER BY +position`,
    ),
    page: database.prepare(
      `SELECT key, value FROM record WHERE ${scope} AND CAST(key AS INTEGER) > ?
       ORDER BY CAST(key AS INTEGER) LIMIT ?`,
    ),
  };
}
