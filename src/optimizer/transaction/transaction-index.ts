import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type Libsql from 'libsql';
import { fewAtATime } from '../../base/few-at-a-time.ts';
import { atomically } from '../../base/sqlite-transaction.ts';
import {
  closeDerivedFile,
  isDamage,
  openDerivedFile,
  removeDerivedFile,
  setAside,
} from '../derived/derived-file.ts';
import type { Vault } from '../vault/vault.ts';
import { type Row, SHAPE, type Statements, statementsOf } from './journal-table.ts';
import { isSame, judge, type Settled, stampOf, statOf } from './settled-journal.ts';

/** Ended ones whose journals each start looks at, in turn, so that one that somebody changed is found in time. */
const LOOKED_AT = 200;

/**
 * Which transactions are open, and when the others ended, so that nobody has to read all journals to find out:
 *
 *     index.db    an id each, and of those that have ended when, and the size and time of the journal; nothing of the
 *                 signer, nothing that the journals do not say
 *
 * Derived, and never trusted over a journal. A row is there before the folder of its transaction; it says `ended` only
 * after the journal does, and no more before the journal goes on: wherever the process is killed, a journal that needs
 * somebody counts as open. Folders that came or went without it (another version, a backup) change the time of their
 * parent, and names are compared then.
 */
export class TransactionIndex {
  readonly #path: string;
  readonly #vault: Vault;
  readonly #onSetAside: (name: string) => void;
  /** Open, or not yet sealed and cleared up. */
  readonly #open = new Set<string>();
  #database: Libsql.Database;
  #statements: Statements;
  /** While the index is made again, everybody waits for it. */
  #ready: Promise<void> = Promise.resolve();

  private constructor(
    path: string,
    vault: Vault,
    database: Libsql.Database,
    onSetAside: (name: string) => void,
  ) {
    this.#path = path;
    this.#vault = vault;
    this.#onSetAside = onSetAside;
    this.#database = database;
    this.#statements = statementsOf(database);
  }

  /**
   * Only for who owns the directory.
   * @param onSetAside told the name of a damaged index, which is made again from the journals
   */
  static async open(
    dataDirectory: string,
    vault: Vault,
    onSetAside: (name: string) => void = () => undefined,
  ): Promise<TransactionIndex> {
    const path = join(dataDirectory, 'index.db');
    // That of earlier versions, which make it again.
    await rm(join(dataDirectory, 'transactions.index'), { force: true });
    const { database } = await openDerivedFile(path, SHAPE, onSetAside);
    const index = await TransactionIndex.#over(path, vault, database, onSetAside);
    await index.#safely(() => index.#bringUpToDate());
    return index;
  }

  static async #over(
    path: string,
    vault: Vault,
    database: Libsql.Database,
    onSetAside: (name: string) => void,
  ): Promise<TransactionIndex> {
    try {
      return new TransactionIndex(path, vault, database, onSetAside);
    } catch (error) {
      // Tables of somebody else.
      database.close();
      if (!isDamage(error)) throw error;
      await setAside(path, onSetAside);
      const again = await openDerivedFile(path, SHAPE, onSetAside);
      return new TransactionIndex(path, vault, again.database, onSetAside);
    }
  }

  /** Whether it had ended once, so that a journal of no line has lost what it said. */
  hadEnded(id: string): Promise<boolean> {
    return this.#safely(() => {
      const known = this.#statements.get.get([id]) as { readonly size: number | null } | undefined;
      return (known?.size ?? null) !== null;
    });
  }

  /** Those that are open, or whose end is not sealed and cleared up yet. */
  unsettled(): string[] {
    return [...this.#open].sort();
  }

  /** Looks for folders that came or went without this index since it was opened. */
  async refresh(): Promise<void> {
    await this.#safely(async () => {
      if (this.#stamped() === stampOf(this.#vault)) return;
      await this.#compareNames();
      this.#takeOpen();
    });
  }

  /** Those that ended before this moment, in ms, as far as is known here. */
  settledBefore(moment: number): Promise<string[]> {
    return this.#safely(() =>
      (this.#statements.before.all([moment]) as { id: string }[]).map(({ id }) => id),
    );
  }

  /** At most `count` that have ended, the one that ended last first. */
  latest(count: number): Promise<string[]> {
    return this.#safely(() => (this.#statements.latest.all([count]) as { id: string }[]).map(({ id }) => id));
  }

  /** Before the folder of a new transaction is made. */
  async begin(id: string): Promise<void> {
    await this.#safely(() => this.#put({ id, ended: null, size: null, modified: null }));
    this.#open.add(id);
  }

  /** It has ended, is sealed and cleared up, and its journal takes no line any more. */
  async settle(id: string, ended: number): Promise<void> {
    const status = statOf(this.#vault, id);
    if (!status) return;
    await this.#safely(() => {
      const known = this.#statements.get.get([id]) as Settled | undefined;
      if (known?.ended === ended && isSame(known, status)) return;
      this.#atomically(() => {
        this.#put({ id, ended, ...status });
        this.#stamp();
      });
    });
    this.#open.delete(id);
  }

  /** Before its journal goes on, where it had ended. */
  async reopen(id: string): Promise<void> {
    if (this.#open.has(id)) return;
    const { changes } = await this.#safely(() => this.#statements.reopen.run([id]));
    if (changes > 0) this.#open.add(id);
  }

  /** Their folders are gone. */
  async remove(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.#safely(() =>
      this.#atomically(() => {
        for (const id of ids) this.#statements.remove.run([id]);
        this.#stamp();
      }),
    );
    for (const id of ids) this.#open.delete(id);
  }

  async close(): Promise<void> {
    await this.#ready;
    closeDerivedFile(this.#database);
  }

  /** What came or went without the index, and some of what it holds, in turn. */
  async #bringUpToDate(): Promise<void> {
    const stamped = this.#stamped();
    const now = stampOf(this.#vault);
    if (stamped !== now) await this.#compareNames();
    // Another folder than the one that was noted: a copy, a backup. Each journal may be an older one.
    const isCopy = stamped !== undefined && stamped.split(':')[0] !== now.split(':')[0];
    this.#lookAt(isCopy ? Number.MAX_SAFE_INTEGER : LOOKED_AT);
    this.#takeOpen();
  }

  #takeOpen(): void {
    for (const { id } of this.#statements.open.all([]) as { id: string }[]) this.#open.add(id);
  }

  async #compareNames(): Promise<void> {
    // Before the names are read: what comes meanwhile is looked for the next time.
    const stamp = stampOf(this.#vault);
    const there = new Set(await this.#vault.list());
    const known = new Set((this.#statements.ids.all([]) as { id: string }[]).map(({ id }) => id));
    const strangers = [...there].filter((id) => !known.has(id));
    const judged = await fewAtATime(strangers, async (id) => ({
      id,
      settled: this.#open.has(id) ? undefined : await judge(this.#vault, id),
    }));
    this.#atomically(() => {
      for (const { id, settled } of judged) {
        this.#put({ id, ended: null, size: null, modified: null, ...settled });
      }
      // Not one whose folder this process is about to make.
      for (const id of known) if (!there.has(id) && !this.#open.has(id)) this.#statements.remove.run([id]);
      this.#statements.stamp.run([stamp]);
    });
  }

  #put({ id, ended, size, modified }: Row): void {
    this.#statements.put.run([id, ended, size, modified]);
  }

  #lookAt(count: number): void {
    const looked = Date.now();
    this.#atomically(() => {
      const rows = this.#statements.toLookAt.all([count]) as (Settled & { id: string })[];
      for (const row of rows) {
        if (this.#isAsNoted(row)) this.#statements.looked.run([looked, row.id]);
        else this.#statements.reopen.run([row.id]);
      }
    });
  }

  #isAsNoted(row: Settled & { readonly id: string }): boolean {
    const status = statOf(this.#vault, row.id);
    return status !== undefined && isSame(row, status);
  }

  #stamped(): string | undefined {
    return (this.#statements.stamped.get([]) as { stamp: string } | undefined)?.stamp;
  }

  /** Every folder that this process made has its row already. */
  #stamp(): void {
    this.#statements.stamp.run([stampOf(this.#vault)]);
  }

  #atomically(change: () => void): void {
    atomically(this.#database, change);
  }

  /** A file that proves damaged is made again from the journals; one that takes no change goes, for the next start. */
  async #safely<T>(work: () => T | Promise<T>): Promise<T> {
    await this.#ready;
    try {
      return await work();
    } catch (error) {
      this.#ready = this.#ready.then(() => this.#replace(isDamage(error)));
      await this.#ready;
      return work();
    }
  }

  async #replace(isDamaged: boolean): Promise<void> {
    // On a full disk memory takes what the file does not, and a file can still be removed.
    const rows = isDamaged ? [] : (this.#statements.all.all([]) as Row[]);
    this.#database.close();
    if (isDamaged) await setAside(this.#path, this.#onSetAside);
    else await removeDerivedFile(this.#path);
    const { database } = await openDerivedFile(isDamaged ? this.#path : ':memory:', SHAPE, this.#onSetAside);
    this.#database = database;
    this.#statements = statementsOf(database);
    this.#atomically(() => {
      for (const row of rows) this.#put(row);
    });
    await this.#compareNames();
    this.#takeOpen();
  }
}
