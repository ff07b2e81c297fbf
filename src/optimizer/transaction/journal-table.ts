import type Libsql from 'libsql';
import type { DerivedShape } from '../derived/derived-file.ts';

/** The tables of `index.db`. */
export const SHAPE: DerivedShape = {
  version: 1,
  durable: true,
  schema: `
    CREATE TABLE journal (
      id TEXT PRIMARY KEY, ended INTEGER, size INTEGER, modified REAL, looked INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID;
    CREATE INDEX journal_open ON journal (id) WHERE ended IS NULL;
    CREATE INDEX journal_by_end ON journal (ended) WHERE ended IS NOT NULL;
    CREATE INDEX journal_by_look ON journal (looked) WHERE ended IS NOT NULL;
    CREATE TABLE folder (name TEXT PRIMARY KEY, stamp TEXT NOT NULL) WITHOUT ROWID;
  `,
};

/** Nulls while it is open. */
export interface Row {
  readonly id: string;
  readonly ended: number | null;
  readonly size: number | null;
  readonly modified: number | null;
}

export type Statements = ReturnType<typeof statementsOf>;

/** Every question and change that the index has for its tables. */
export const statementsOf = (database: Libsql.Database) => ({
  put: database.prepare(
    `INSERT INTO journal (id, ended, size, modified) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET ended = excluded.ended, size = excluded.size, modified = excluded.modified`,
  ),
  get: database.prepare('SELECT ended, size, modified FROM journal WHERE id = ?'),
  reopen: database.prepare('UPDATE journal SET ended = NULL WHERE id = ? AND ended IS NOT NULL'),
  remove: database.prepare('DELETE FROM journal WHERE id = ?'),
  open: database.prepare('SELECT id FROM journal WHERE ended IS NULL'),
  all: database.prepare('SELECT id, ended, size, modified FROM journal'),
  ids: database.prepare('SELECT id FROM journal'),
  before: database.prepare('SELECT id FROM journal WHERE ended < ? ORDER BY ended'),
  latest: database.prepare('SELECT id FROM journal WHERE ended IS NOT NULL ORDER BY ended DESC LIMIT ?'),
  toLookAt: database.prepare(
    'SELECT id, ended, size, modified FROM journal WHERE ended IS NOT NULL ORDER BY looked LIMIT ?',
  ),
  looked: database.prepare('UPDATE journal SET looked = ? WHERE id = ?'),
  stamped: database.prepare("SELECT stamp FROM folder WHERE name = 'transactions'"),
  stamp: database.prepare(
    "INSERT INTO folder (name, stamp) VALUES ('transactions', ?) ON CONFLICT (name) DO UPDATE SET stamp = excluded.stamp",
  ),
});
