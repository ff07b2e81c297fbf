import { createHash } from 'node:crypto';
import { open, readFile, truncate } from 'node:fs/promises';
import { writeWhole } from '../../base/durable-file.ts';
import { OssError, toOssError, writeFailure } from '../../contract/errors.ts';
import type { Transaction } from '../../contract/model/transaction.ts';
import { fieldsOf } from '../../contract/refused-fields.ts';
import { type JournalEntry, journalEntrySchema, type TransactionEvent } from './events.ts';
import { reduce } from './reduce.ts';
import { readEntry } from './stored/read-entry.ts';

/** Writes, and where the disk is full once more, after what was reserved for it was given back. */
type MakingRoom = (write: () => Promise<void>) => Promise<void>;
const noneToMake: MakingRoom = (write) => write();

/**
 * The journal of one transaction: one line an event, each with a checksum and flushed to the disk before
 * the caller goes on. A line torn by a crash is the last one and is dropped: its effect had not begun. A whole line
 * that this version does not know (one from a newer version) is never dropped: the record is refused as it is.
 * The file is open only while a line is written: however many transactions are under way, none holds one.
 */
export class Journal {
  readonly #path: string;
  readonly #now: () => Date;
  readonly #makingRoom: MakingRoom;
  readonly #entries: JournalEntry[];
  /** Where the last whole line ends: what lies behind it is of a line that could not be written. */
  #end: number;
  #transaction: Transaction | undefined;

  private constructor(
    path: string,
    now: () => Date,
    entries: JournalEntry[],
    end: number,
    makingRoom: MakingRoom,
  ) {
    this.#makingRoom = makingRoom;
    this.#path = path;
    this.#now = now;
    this.#entries = entries;
    this.#end = end;
    this.#transaction = fold(entries);
  }

  /** Starts the journal of a new transaction. @throws OssError OSS_FILE_WRITE_FAILED */
  static async create(path: string, now: () => Date, makingRoom = noneToMake): Promise<Journal> {
    const file = await open(path, 'wx', 0o600);
    await file.close();
    return new Journal(path, now, [], 0, makingRoom);
  }

  /**
   * Opens an existing journal and folds it.
   * @throws OssError OSS_JOURNAL_DAMAGED, OSS_JOURNAL_UNKNOWN, OSS_TRANSACTION_NOT_FOUND only where there is none
   */
  static async open(path: string, now: () => Date, makingRoom = noneToMake): Promise<Journal> {
    const { entries, validBytes, size } = parseJournal(await readFile(path).catch(refuseMissing));
    const journal = new Journal(path, now, entries, validBytes, makingRoom);
    if (validBytes < size) await truncate(path, validBytes);
    return journal;
  }

  get transaction(): Transaction {
    if (!this.#transaction) throw new OssError('OSS_JOURNAL_DAMAGED');
    return this.#transaction;
  }

  /** Everything that happened, oldest first. */
  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  /**
   * Checks the event against the state machine, writes it, flushes it, then shows the new record. A line that could
   * not be written whole is cut off again: nothing happened then. Only what can be read again is written.
   * @throws OssError OSS_TRANSACTION_STATE, OSS_REQUEST_INVALID naming the fields, OSS_DISK_FULL, OSS_FILE_WRITE_FAILED
   */
  async append(event: TransactionEvent): Promise<Transaction> {
    const json = JSON.stringify({ at: this.#now().toISOString(), event });
    const entry = writableEntry(json);
    const next = reduce(this.#transaction, entry);
    const line = formatLine(json);
    await this.#makingRoom(() => this.#write(line));
    this.#end += line.length;
    this.#entries.push(entry);
    this.#transaction = next;
    return next;
  }

  async #write(line: Buffer): Promise<void> {
    const file = await open(this.#path, 'r+').catch((cause: unknown) => {
      throw writeFailure(cause);
    });
    try {
      await writeWhole(file, line, this.#end);
      await file.datasync();
    } catch (cause) {
      await file.truncate(this.#end).catch(() => undefined);
      throw writeFailure(cause);
    } finally {
      await file.close();
    }
  }
}

/** What a journal says, without owning it: another process may be writing. @throws OssError as `Journal.open` */
export async function readJournal(path: string): Promise<readonly JournalEntry[]> {
  return parseJournal(await readFile(path).catch(refuseMissing)).entries;
}

const checksum = (json: string): string => createHash('sha256').update(json).digest('hex').slice(0, 16);

const formatLine = (json: string): Buffer => Buffer.from(`${checksum(json)} ${json}\n`);

/**
 * The entry as every later reader will have it.
 * @throws OssError OSS_REQUEST_INVALID: the caller gave something that no reader would take
 */
function writableEntry(json: string): JournalEntry {
  const value: unknown = JSON.parse(json);
  const { success, error } = journalEntrySchema.safeParse(value);
  if (!success) throw new OssError('OSS_REQUEST_INVALID', { fields: fieldsOf(error) });
  const read = readEntry(value);
  if ('entry' in read) return read.entry;
  throw new OssError('OSS_REQUEST_INVALID', { reason: read.unknown });
}

function refuseMissing(cause: NodeJS.ErrnoException): never {
  if (cause.code === 'ENOENT') throw new OssError('OSS_TRANSACTION_NOT_FOUND', {}, { cause });
  throw toOssError(cause);
}

/** Every line was allowed when it was written: one that is not now follows the rules of another version. */
function fold(entries: readonly JournalEntry[]): Transaction | undefined {
  let transaction: Transaction | undefined;
  for (const [index, entry] of entries.entries()) {
    try {
      transaction = reduce(transaction, entry);
    } catch (cause) {
      throw unknownLine(index + 1, `${entry.event.type} is not possible there`, cause);
    }
  }
  return transaction;
}

const unknownLine = (line: number, why: string, cause?: unknown): OssError =>
  new OssError('OSS_JOURNAL_UNKNOWN', { reason: `line ${line}: ${why}` }, { cause });

function parseJournal(bytes: Buffer): { entries: JournalEntry[]; validBytes: number; size: number } {
  const entries: JournalEntry[] = [];
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(0x0a, start);
    const json = end === -1 ? undefined : checkedJson(bytes.toString('utf8', start, end));
    if (json === undefined) {
      const isLast = end === -1 || end === bytes.length - 1;
      if (!isLast || entries.length === 0) throw new OssError('OSS_JOURNAL_DAMAGED');
      break;
    }
    entries.push(parseEntry(json, entries.length + 1));
    start = end + 1;
  }
  if (entries.length === 0) throw new OssError('OSS_JOURNAL_DAMAGED');
  return { entries, validBytes: start, size: bytes.length };
}

/** Undefined for a line that is not as it was written. */
function checkedJson(line: string): string | undefined {
  const json = line.slice(17);
  return line.charAt(16) === ' ' && checksum(json) === line.slice(0, 16) ? json : undefined;
}

/** @throws OssError OSS_JOURNAL_UNKNOWN for a line that was written like that, by another version */
function parseEntry(json: string, line: number): JournalEntry {
  const read = readEntry(jsonOf(json));
  if ('entry' in read) return read.entry;
  throw unknownLine(line, read.unknown);
}

/** Undefined for what is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
