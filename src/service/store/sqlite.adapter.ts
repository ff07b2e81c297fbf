import { closeSync, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Dialect, SqliteStatement } from 'kysely';
import Libsql from 'libsql';
import { OssError } from '../../contract/errors.ts';
import { groupedCommits } from './grouped-commits.ts';

/** The options of libsql that its types, taken over from better-sqlite3, leave out. */
interface LibsqlOptions extends Libsql.Options {
  readonly encryptionCipher: 'aes256cbc';
  readonly encryptionKey: string;
}

/** A statement as Kysely wants it: bytes come back as Uint8Array, as they do from PostgreSQL. */
function adaptStatement(statement: Libsql.Statement): SqliteStatement {
  return {
    get reader() {
      return statement.reader;
    },
    all: (parameters) => statement.all([...parameters]).map(withBytes),
    run: (parameters) => statement.run([...parameters]),
    *iterate(parameters) {
      for (const row of statement.iterate([...parameters])) yield withBytes(row);
    },
  };
}

const withBytes = (row: unknown): unknown =>
  Object.fromEntries(
    Object.entries(row as Record<string, unknown>).map(([column, value]) => [
      column,
      value instanceof ArrayBuffer ? new Uint8Array(value) : value,
    ]),
  );

/**
 * Opens the encrypted file for this process alone (WAL with an exclusive lock, so that a kill leaves no
 * lock behind) and durably: what is answered has reached the disk.
 * @throws OssError OSS_DATA_IN_USE while another process has it open, OSS_CONFIG_INVALID if the key is another one.
 */
export function openSqlite(path: string, keyHex: string): Dialect {
  const options: LibsqlOptions = { encryptionCipher: 'aes256cbc', encryptionKey: keyHex, timeout: 500 };
  try {
    const database = new Libsql(path, options);
    const run = (text: string) => database.prepare(text).all();
    const [mode] = run('PRAGMA journal_mode = WAL') as { readonly journal_mode?: string }[];
    const log = mode?.journal_mode === 'wal' ? writeAheadLog(`${path}-wal`) : undefined;
    // The lock can be given back only if the first access was made without it (sqlite.org/wal.html §8).
    run('SELECT count(*) FROM sqlite_master');
    run('PRAGMA locking_mode = EXCLUSIVE');
    // NORMAL differs from FULL only in that a commit does not flush the log by itself (sqlite.org/pragma.html): it
    // would hold up every other call. `flush` does it meanwhile.
    run(`PRAGMA synchronous = ${log === undefined ? 'FULL' : 'NORMAL'}`);
    run('PRAGMA foreign_keys = ON');
    // What is erased is overwritten, not only let go of.
    run('PRAGMA secure_delete = ON');
    run('SELECT count(*) FROM sqlite_master');
    return dialectOver(database, run, log);
  } catch (cause) {
    if ((cause as { code?: string }).code === 'SQLITE_BUSY')
      throw new OssError('OSS_DATA_IN_USE', { reason: path, folder: path }, { cause });
    throw new OssError('OSS_CONFIG_INVALID', { reason: openFailure(cause, path) }, { cause });
  }
}

/** More texts than the service has; one that holds a value of its own is not worth keeping. */
const MAX_PREPARED = 256;

/** Statements by their text, each prepared when it comes for the second time. */
function preparedOnce(database: Libsql.Database) {
  const known = new Map<string, SqliteStatement | undefined>();
  return {
    prepare(text: string): SqliteStatement {
      const kept = known.get(text);
      if (kept !== undefined) return kept;
      const statement = adaptStatement(database.prepare(text));
      if (known.has(text) || known.size < MAX_PREPARED)
        known.set(text, known.has(text) ? statement : undefined);
      return statement;
    },
    forget: () => known.clear(),
  };
}

const flushed = promisify(fdatasync);

/** Carries no locks of its own, so that it may be opened and closed beside the database (sqlite.org/wal.html §2.2). */
function writeAheadLog(path: string) {
  let file: number | undefined;
  return {
    /** The first commit has made it. */
    async flush(): Promise<void> {
      file ??= openSync(path, 'r+');
      await flushed(file);
    },
    close(): void {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}

const dialectOver = (
  database: Libsql.Database,
  run: (text: string) => unknown,
  log: ReturnType<typeof writeAheadLog> | undefined,
): Dialect => {
  const statements = preparedOnce(database);
  return groupedCommits({
    prepare: statements.prepare,
    get inTransaction() {
      return database.inTransaction;
    },
    flush: async () => log?.flush(),
    close() {
      statements.forget();
      log?.close();
      // libsql keeps the file open until its statements are collected, yet the locks must go at once, those
      // on the WAL too: it is written back and removed. The next start makes a new one.
      run('PRAGMA locking_mode = NORMAL');
      run('PRAGMA journal_mode = DELETE');
      database.close();
    },
  });
};

function openFailure(cause: unknown, path: string): string {
  const code = (cause as { code?: string }).code ?? '';
  if (code === 'SQLITE_NOTADB') return 'database: it was encrypted with another master secret';
  return `database: ${path} cannot be opened (${code})`;
}
