import { randomInt } from 'node:crypto';
import Libsql from 'libsql';
import type { ZodType } from 'zod';
import { atomically } from '../../base/sqlite-transaction.ts';
import { writeFailure } from '../../contract/errors.ts';
import { CallbackQueue } from './callback-queue.ts';
import type { CallbackRecord, FailedCallbackRecord } from './callback-records.ts';
import { Collection, type Scope } from './collection.ts';
import { EVERYBODY, OPTIMIZER, settingsKey } from './owners.ts';
import { RequestIndex } from './request-index.ts';

/** The shapes that the file has had: 1 knows owners and random numbers, and has overwritten what was deleted before. */
const VERSION = 1;

/**
 * Numbers of requests have ten digits and fit into 32 bits, which is what clients store them in. Those of earlier
 * versions were smaller, so that none is given twice.
 */
const NUMBERS = Object.freeze({ min: 1_000_000_000, max: 2 ** 31 });

/**
 * What the API must remember: one SQLite file in the data directory. A change has reached the disk when the
 * call returns (`synchronous = FULL`), so whatever was answered survives a kill. Statements are short and
 * local, which is why they are synchronous. What is removed is overwritten (`secure_delete`), and `scrub`
 * takes it out of the write-ahead log as well.
 */
export class RecordStore {
  readonly #database: Libsql.Database;
  readonly #count: Libsql.Statement;
  readonly #take: Libsql.Statement;
  /** Something was removed, and may still stand in the write-ahead log. */
  #hasRemoved = false;
  readonly #damaged = new Set<string>();
  #tellDamage: (name: string) => void = () => undefined;

  /** @throws OssError OSS_FILE_WRITE_FAILED */
  constructor(path: string) {
    try {
      this.#database = new Libsql(path);
      this.#database.exec(`
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA secure_delete = ON;
        CREATE TABLE IF NOT EXISTS record (
          collection TEXT NOT NULL, key TEXT NOT NULL, position INTEGER NOT NULL, value TEXT NOT NULL,
          PRIMARY KEY (collection, key)
        ) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS record_by_position ON record (collection, position);
        CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
      `);
      this.#migrate();
      this.#database.exec('CREATE INDEX IF NOT EXISTS record_of_owner ON record (owner)');
      this.#count = this.#database.prepare(
        `INSERT INTO counter (name, value) VALUES (?, 1)
         ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value`,
      );
      this.#take = this.#database.prepare('INSERT OR IGNORE INTO number (value) VALUES (?)');
    } catch (cause) {
      throw writeFailure(cause, { reason: 'the records of the API' });
    }
  }

  collection<T>(name: string, schema: ZodType<T>, scope: Scope): Collection<T> {
    return new Collection(this, this.#database, name, schema, scope);
  }

  callbackQueue(
    ...collections: [Collection<CallbackRecord>, Collection<FailedCallbackRecord>]
  ): CallbackQueue {
    return new CallbackQueue(...collections, this.#database);
  }

  requestIndex<T>(requests: Collection<T>): RequestIndex<T> {
    return new RequestIndex(requests, this.#database);
  }

  /** The next place in the order in which records were put. */
  nextPosition(): number {
    return (this.#count.get(['position']) as { value: number }).value;
  }

  /**
   * A number that was never given before, not even to what is removed by now, and says nothing about the others:
   * neither how many there are nor which comes next.
   */
  newNumber(): number {
    for (;;) {
      const number = randomInt(NUMBERS.min, NUMBERS.max);
      if (this.#take.run([number]).changes > 0) return number;
    }
  }

  /** All of the changes, or none of them; within another such change it is part of that one. */
  atomically<T>(change: () => T): T {
    if (this.#database.inTransaction) return change();
    return atomically(this.#database, change);
  }

  /** @param listener told once of each record that cannot be read, and of those that were found before */
  onDamage(listener: (name: string) => void): void {
    this.#tellDamage = listener;
    for (const name of this.#damaged) listener(name);
  }

  noteDamage(collection: string, key: string): void {
    const name = `${collection} ${key}`;
    if (this.#damaged.has(name)) return;
    this.#damaged.add(name);
    this.#tellDamage(name);
  }

  /** Personal data was removed or replaced: `scrub` has something to do. */
  noteRemoval(): void {
    this.#hasRemoved = true;
  }

  /**
   * What was removed leaves the write-ahead log too; nothing happens where nothing was.
   * @throws OssError OSS_FILE_WRITE_FAILED, OSS_DISK_FULL
   */
  scrub(): void {
    if (!this.#hasRemoved) return;
    this.#execute('PRAGMA wal_checkpoint(TRUNCATE)');
    this.#hasRemoved = false;
  }

  /**
   * Writes the whole file again without free pages and gaps. It takes as long as the file is large.
   * @throws OssError OSS_FILE_WRITE_FAILED, OSS_DISK_FULL
   */
  #compact(): void {
    this.#execute('VACUUM');
    this.#hasRemoved = true;
    this.scrub();
  }

  /** Gives what one owner has to another, who keeps settings of their own. */
  handOver(from: string, to: string): void {
    this.#database
      .prepare(
        `UPDATE OR IGNORE record SET owner = ?, key = iif(collection = 'settings', ?, key) WHERE owner = ?`,
      )
      .run([to, settingsKey(to), from]);
  }

  close(): void {
    this.#database.close();
  }

  #execute(statement: string): void {
    try {
      this.#database.exec(statement);
    } catch (cause) {
      throw writeFailure(cause, { reason: 'the records of the API' });
    }
  }

  #migrate(): void {
    const { user_version: version } = this.#database.prepare('PRAGMA user_version').get([]) as {
      user_version: number;
    };
    if (version >= VERSION) return;
    atomically(this.#database, () => {
      this.#database.exec(`
        ALTER TABLE record ADD COLUMN owner TEXT NOT NULL DEFAULT '';
        CREATE INDEX record_by_owner ON record (collection, owner, position);
        CREATE INDEX record_by_number ON record (collection, owner, CAST(key AS INTEGER));
        CREATE TABLE number (value INTEGER PRIMARY KEY);
        UPDATE record SET owner = '${OPTIMIZER}' WHERE collection = 'callback';
        UPDATE record SET key = '${settingsKey(EVERYBODY)}' WHERE collection = 'settings';
        PRAGMA user_version = ${VERSION};
      `);
    });
    // Free pages of earlier versions still hold what was deleted then.
    this.#compact();
  }
}
