import { statSync } from 'node:fs';
import { join } from 'node:path';
import type Libsql from 'libsql';
import { atomically } from '../../base/sqlite-transaction.ts';
import {
  type CASE_OUTCOMES,
  type EVIDENCE_OUTCOMES,
  type SealedRecord,
  subjectOf,
} from '../../contract/model/evidence.ts';
import {
  closeDerivedFile,
  type DerivedShape,
  isDamage,
  openDerivedFile,
  setAside,
} from '../derived/derived-file.ts';

const SHAPE: DerivedShape = {
  version: 1,
  // What a power cut takes back is read from the records again.
  durable: false,
  schema: `
    CREATE TABLE record (
      sequence INTEGER PRIMARY KEY, about TEXT NOT NULL, summary TEXT NOT NULL,
      size INTEGER NOT NULL, modified REAL NOT NULL, changed REAL NOT NULL
    );
    CREATE INDEX record_by_transaction ON record (about);
  `,
};

/** What a list says of a record. */
export interface EvidenceSummary {
  readonly sequence: number;
  readonly sealedAt: string;
  readonly hash: string;
  /** Id of the transaction or of the case. */
  readonly transaction: string;
  readonly kind: SealedRecord['record']['content']['kind'];
  readonly outcome?: (typeof EVIDENCE_OUTCOMES | typeof CASE_OUTCOMES)[number];
  readonly signer?: string;
  readonly documents?: readonly string[];
  readonly events?: readonly string[];
}

export function summaryOf({ record, hash }: SealedRecord): EvidenceSummary {
  const { sequence, sealedAt, content } = record;
  const { kind } = content;
  const common = { sequence, sealedAt, hash, transaction: subjectOf(content), kind };
  if (content.kind === 'addendum') return { ...common, events: content.events.map(({ type }) => type) };
  const documents = content.documents.map(({ name }) => name);
  const signer =
    content.kind === 'case' ? content.signers.map(({ name }) => name).join(', ') : content.signer.name;
  return { ...common, outcome: content.outcome, signer, documents };
}

/**
 * What a list says of each record, so that nobody has to read all of them to make one, or to find those of a transaction:
 *
 *     evidence/index.db
 *
 * Derived: a row counts only while its record has the size and the times that it had. Several processes may have it
 * open; whatever is not in it is read from the records.
 */
export class EvidenceIndex {
  readonly #directory: string;
  readonly #onSetAside: (name: string) => void;
  #opened: Promise<Opened | undefined> | undefined;

  /** @param directory of the records */
  constructor(directory: string, onSetAside: (name: string) => void = () => undefined) {
    this.#directory = directory;
    this.#onSetAside = onSetAside;
  }

  /** Of these records: what was noted of those that are as they were then; and which others were noted. */
  async summaries(sequences: readonly number[], pathOf: (sequence: number) => string): Promise<Noted> {
    const asked = new Set(sequences);
    const none = (): Noted => ({ summaries: new Map(), others: [] });
    const found = await this.#use(({ all }) => {
      const { summaries, others } = none();
      // One row after the other: a list of ten years need not be in memory twice.
      for (const row of all.iterate([]) as IterableIterator<Row>) {
        if (!asked.has(row.sequence)) others.push(row.sequence);
        else if (isSame(row, statOf(pathOf(row.sequence)))) {
          const summary = parse(row);
          if (summary) summaries.set(row.sequence, summary);
        }
      }
      return { summaries, others };
    });
    return found ?? none();
  }

  /** Numbers of all records that were noted. */
  async noted(): Promise<ReadonlySet<number>> {
    const rows = (await this.#use(({ sequences }) => sequences.all([]) as Row[])) ?? [];
    return new Set(rows.map(({ sequence }) => sequence));
  }

  /** Those of the numbers 1 to `last` that were not noted; all of them where the file gives nothing now. */
  async missing(last: number): Promise<number[]> {
    const noted = await this.#use(({ count, sequences }) => {
      const isComplete = (count.get([last]) as { count: number }).count === last;
      return isComplete ? 'all' : new Set((sequences.all([]) as Row[]).map(({ sequence }) => sequence));
    });
    if (noted === 'all') return [];
    const numbers = Array.from({ length: last }, (_, index) => index + 1);
    return numbers.filter((sequence) => noted?.has(sequence) !== true);
  }

  /** Numbers of the records that were noted about a transaction, in order. */
  async about(transaction: string): Promise<number[]> {
    const rows = (await this.#use(({ about }) => about.all([transaction]) as Row[])) ?? [];
    return rows.map(({ sequence }) => sequence);
  }

  /** What cannot be noted is read again the next time. */
  async note(records: readonly { readonly sealed: SealedRecord; readonly path: string }[]): Promise<void> {
    if (records.length === 0) return;
    await this.#use(({ put }, database) => {
      atomically(database, () => {
        for (const { sealed, path } of records) {
          const status = statOf(path);
          const summary = summaryOf(sealed);
          if (!status) continue;
          const { size, modified, changed } = status;
          put.run([summary.sequence, summary.transaction, JSON.stringify(summary), size, modified, changed]);
        }
      });
    });
  }

  async close(): Promise<void> {
    const opened = await this.#opened;
    if (opened) closeDerivedFile(opened.database);
    this.#opened = undefined;
  }

  /** Undefined where the file takes or gives nothing now; one that is damaged is made again. */
  async #use<T>(
    work: (statements: Statements, database: Libsql.Database) => T,
    isAgain = false,
  ): Promise<T | undefined> {
    try {
      this.#opened ??= this.#open();
      const opened = await this.#opened;
      return opened && work(opened.statements, opened.database);
    } catch (error) {
      if (!isDamage(error) || isAgain) return undefined;
      const opened = await this.#opened?.catch(() => undefined);
      opened?.database.close();
      this.#opened = undefined;
      await setAside(this.#path, this.#onSetAside);
      return this.#use(work, true);
    }
  }

  async #open(): Promise<Opened> {
    const { database } = await openDerivedFile(this.#path, SHAPE, this.#onSetAside);
    return { database, statements: statementsOf(database) };
  }

  get #path(): string {
    return join(this.#directory, 'index.db');
  }
}

interface Noted {
  readonly summaries: Map<number, EvidenceSummary>;
  readonly others: number[];
}

interface Opened {
  readonly database: Libsql.Database;
  readonly statements: Statements;
}

interface Status {
  readonly size: number;
  readonly modified: number;
  readonly changed: number;
}

interface Row extends Status {
  readonly sequence: number;
  readonly summary: string;
}

type Statements = ReturnType<typeof statementsOf>;

const statementsOf = (database: Libsql.Database) => ({
  all: database.prepare('SELECT sequence, summary, size, modified, changed FROM record ORDER BY sequence'),
  sequences: database.prepare('SELECT sequence FROM record'),
  count: database.prepare('SELECT COUNT(*) AS count FROM record WHERE sequence <= ?'),
  about: database.prepare('SELECT sequence FROM record WHERE about = ? ORDER BY sequence'),
  put: database.prepare(
    'INSERT OR REPLACE INTO record (sequence, about, summary, size, modified, changed) VALUES (?, ?, ?, ?, ?, ?)',
  ),
});

/** Written here and derived: a look at its shape is enough, where a schema would cost as much as all else of a list. */
function parse({ sequence, summary }: Row): EvidenceSummary | undefined {
  try {
    const said = JSON.parse(summary) as EvidenceSummary;
    return said.sequence === sequence && hasShape(said) ? said : undefined;
  } catch {
    return undefined;
  }
}

const hasShape = ({ sealedAt, hash, transaction, kind, documents, events }: EvidenceSummary): boolean =>
  [sealedAt, hash, transaction, kind].every((text) => typeof text === 'string') &&
  [documents, events].every((names) => names === undefined || Array.isArray(names));

/** Undefined for a record that cannot be looked at: reading it says why. */
function statOf(path: string): Status | undefined {
  try {
    const { size, mtimeMs, ctimeMs } = statSync(path);
    return { size, modified: mtimeMs, changed: ctimeMs };
  } catch {
    return undefined;
  }
}

const isSame = (a: Status, b: Status | undefined): boolean =>
  a.size === b?.size && a.modified === b.modified && a.changed === b.changed;
