import type Libsql from 'libsql';
import { z } from 'zod';
import { atomically } from '../../base/sqlite-transaction.ts';
import { protectionSchema } from '../../contract/model/verification.ts';
import { closeDerivedFile, openDerivedFile } from '../derived/derived-file.ts';

const LEDGER = {
  version: 1,
  // What a power cut takes back is read from the files again.
  durable: false,
  schema: `
    CREATE TABLE file (
      path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified REAL NOT NULL, seen INTEGER NOT NULL,
      verdict TEXT NOT NULL, level TEXT, until TEXT, ends TEXT, name TEXT, trouble TEXT, tried TEXT
    ) WITHOUT ROWID;
    CREATE INDEX file_by_end ON file (until, path) WHERE until IS NOT NULL;
    CREATE INDEX file_by_scan ON file (seen);
  `,
} as const;

/** `missing`: it was there, and is not any more. */
export const ARCHIVE_VERDICTS = ['valid', 'undecided', 'invalid', 'unsigned', 'unread', 'missing'] as const;

const entrySchema = z.object({
  /** From the folder of the archive, with `/`. */
  path: z.string(),
  size: z.number(),
  /** Milliseconds, of the file system. */
  modified: z.number(),
  verdict: z.enum(ARCHIVE_VERDICTS),
  /** The lowest of its signatures. */
  level: z.string().nullable(),
  /** When its protection ends: kept for one that was valid once. */
  until: z.iso.datetime().nullable(),
  ends: protectionSchema.shape.by.nullable(),
  /** Of the certificate that ends. */
  name: z.string().nullable(),
  /** Why it could not be renewed, or read. */
  trouble: z.string().nullable(),
  /** When it was tried the last time. */
  tried: z.iso.datetime().nullable(),
});
export type LedgerEntry = z.infer<typeof entrySchema>;

/** How many files of each verdict, how many of the valid ones end, and how many are in trouble. */
export interface LedgerSummary {
  readonly verdicts: Readonly<Partial<Record<LedgerEntry['verdict'], number>>>;
  readonly troubles: number;
  /** The next end among valid files. */
  readonly nextEnd: string | undefined;
}

const PAGE = 200;
const ENTRY = 'path, size, modified, verdict, level, until, ends, name, trouble, tried';

/**
 * When the protection of each file of an archive ends. Memory does not grow with it: it is written in batches and read
 * row by row. Everything but `trouble` can be found out from the files again.
 */
export class Ledger {
  readonly #database: Libsql.Database;
  readonly #write: Libsql.Statement;
  readonly #find: Libsql.Statement;
  readonly #touch: Libsql.Statement;

  private constructor(database: Libsql.Database) {
    this.#database = database;
    this.#write = database.prepare(
      `INSERT OR REPLACE INTO file (${ENTRY}, seen) VALUES (${ENTRY.replace(/\w+/gu, ':$&')}, :seen)`,
    );
    this.#find = database.prepare(`SELECT ${ENTRY} FROM file WHERE path = ?`);
    this.#touch = database.prepare('UPDATE file SET seen = ? WHERE path = ?');
  }

  /** @param onSetAside told the name of a damaged ledger, which is then made again from the files */
  static async open(path: string, onSetAside: (name: string) => void): Promise<Ledger> {
    return new Ledger((await openDerivedFile(path, LEDGER, onSetAside)).database);
  }

  find(path: string): LedgerEntry | undefined {
    const row = this.#find.get([path]);
    return row === undefined ? undefined : entrySchema.safeParse(row).data;
  }

  /** The number of the scan that begins now. */
  beginScan(): number {
    const { last } = this.#database.prepare('SELECT max(seen) AS last FROM file').get([]) as {
      last: number | null;
    };
    return (last ?? 0) + 1;
  }

  /** Entries that are new or have changed, and paths of those that are as they were. */
  record(scan: number, entries: readonly LedgerEntry[], unchanged: readonly string[] = []): void {
    atomically(this.#database, () => {
      for (const entry of entries) this.#write.run({ ...entry, seen: scan });
      for (const path of unchanged) this.#touch.run([scan, path]);
    });
  }

  /** Whatever this scan did not see is not there any more. @returns how many files that are */
  endScan(scan: number): number {
    const found = this.#database
      .prepare(
        "UPDATE file SET verdict = 'missing', seen = :scan WHERE seen < :scan AND verdict <> 'missing'",
      )
      .run({ scan });
    this.#database.prepare('UPDATE file SET seen = :scan WHERE seen < :scan').run({ scan });
    return found.changes;
  }

  /** Files whose protection ends before then, the most urgent first. They may be recorded meanwhile. */
  *endingBefore(time: Date): Generator<LedgerEntry> {
    const next = this.#database.prepare(
      `SELECT ${ENTRY} FROM file WHERE until IS NOT NULL AND verdict <> 'missing'
       AND until < :time AND (until, path) > (:until, :path) ORDER BY until, path LIMIT ${PAGE}`,
    );
    let last = { until: '', path: '' };
    for (;;) {
      const rows = next
        .all({ time: time.toISOString(), ...last })
        .flatMap((row) => entrySchema.safeParse(row).data ?? []);
      yield* rows;
      const end = rows.at(-1);
      if (rows.length < PAGE || end?.until == null) return;
      last = { until: end.until, path: end.path };
    }
  }

  /** All of it, in the order of the paths. */
  *entries(): Generator<LedgerEntry> {
    for (const row of this.#database.prepare(`SELECT ${ENTRY} FROM file ORDER BY path`).iterate([])) {
      const { data } = entrySchema.safeParse(row);
      if (data) yield data;
    }
  }

  summary(): LedgerSummary {
    const rows = this.#database
      .prepare('SELECT verdict, count(*) AS files, count(trouble) AS troubles FROM file GROUP BY verdict')
      .all([]) as { verdict: LedgerEntry['verdict']; files: number; troubles: number }[];
    const { end } = this.#database
      .prepare("SELECT min(until) AS end FROM file WHERE verdict = 'valid'")
      .get([]) as {
      end: string | null;
    };
    return {
      verdicts: Object.fromEntries(rows.map(({ verdict, files }) => [verdict, files])),
      troubles: rows.reduce((sum, { troubles }) => sum + troubles, 0),
      nextEnd: end ?? undefined,
    };
  }

  close(): void {
    closeDerivedFile(this.#database);
  }
}
