import { createHash } from 'node:crypto';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { OssError } from '../../contract/errors.ts';
import type { Transaction } from '../../contract/model/transaction.ts';
import { type JournalEntry, journalEntrySchema, type TransactionEvent } from './events.ts';
import { reduce } from './reduce.ts';

/**
 * The journal of one transaction: one line an event, each with a checksum and flushed to the disk before
 * the caller goes on. A line torn by a crash is the last one and is dropped: its effect had not begun.
 */
export class Journal {
  readonly #file: FileHandle;
  readonly #now: () => Date;
  readonly #entries: JournalEntry[];
  #transaction: Transaction | undefined;

  private constructor(file: FileHandle, now: () => Date, entries: JournalEntry[]) {
    this.#file = file;
    this.#now = now;
    this.#entries = entries;
    this.#transaction = entries.reduce<Transaction | undefined>(reduce, undefined);
  }

  /** Starts the journal of a new transaction. @throws OssError OSS_FILE_WRITE_FAILED */
  static async create(path: string, now: () => Date): Promise<Journal> {
    return new Journal(await open(path, 'ax', 0o600), now, []);
  }

  /** Opens an existing journal and folds it. @throws OssError OSS_JOURNAL_DAMAGED, OSS_TRANSACTION_NOT_FOUND */
  static async open(path: string, now: () => Date): Promise<Journal> {
    const file = await open(path, 'r+').catch((cause: unknown) => {
      throw new OssError('OSS_TRANSACTION_NOT_FOUND', {}, { cause });
    });
    try {
      const { entries, validBytes, size } = parseJournal(await file.readFile());
      if (validBytes < size) await file.truncate(validBytes);
      return new Journal(file, now, entries);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  get transaction(): Transaction {
    if (!this.#transaction) throw new OssError('OSS_JOURNAL_DAMAGED');
    return this.#transaction;
  }

  /** Everything that happened, oldest first. */
  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  /** Checks the event against the state machine, writes it, flushes it, then shows the new record. */
  async append(event: TransactionEvent): Promise<Transaction> {
    const entry: JournalEntry = { at: this.#now().toISOString(), event };
    const next = reduce(this.#transaction, entry);
    const { size } = await this.#file.stat();
    const line = formatLine(entry);
    await this.#file.write(line, 0, line.length, size);
    await this.#file.datasync();
    this.#entries.push(entry);
    this.#transaction = next;
    return next;
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** What a journal says, without owning it: another process may be writing. @throws OssError OSS_JOURNAL_DAMAGED */
export async function readJournal(path: string): Promise<readonly JournalEntry[]> {
  return parseJournal(await readFile(path)).entries;
}

const checksum = (json: string): string => createHash('sha256').update(json).digest('hex').slice(0, 16);

function formatLine(entry: JournalEntry): Buffer {
  const json = JSON.stringify(entry);
  return Buffer.from(`${checksum(json)} ${json}\n`);
}

function parseJournal(bytes: Buffer): { entries: JournalEntry[]; validBytes: number; size: number } {
  const entries: JournalEntry[] = [];
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(0x0a, start);
    const entry = end === -1 ? undefined : parseLine(bytes.toString('utf8', start, end));
    if (!entry) {
      const isLast = end === -1 || end === bytes.length - 1;
      if (!isLast || entries.length === 0) throw new OssError('OSS_JOURNAL_DAMAGED');
      break;
    }
    entries.push(entry);
    start = end + 1;
  }
  if (entries.length === 0) throw new OssError('OSS_JOURNAL_DAMAGED');
  return { entries, validBytes: start, size: bytes.length };
}

function parseLine(line: string): JournalEntry | undefined {
  const json = line.slice(17);
  if (line.charAt(16) !== ' ' || checksum(json) !== line.slice(0, 16)) return undefined;
  const parsed = journalEntrySchema.safeParse(JSON.parse(json));
  return parsed.success ? parsed.data : undefined;
}
