import { FINAL_STATES } from '../../contract/model/transaction.ts';
import { Journal } from '../journal/journal.ts';
import type { Vault } from '../vault/vault.ts';

/** The journals of open transactions: one object each, however many ask for it at once. */
export class OpenJournals {
  readonly #vault: Vault;
  readonly #now: () => Date;
  readonly #journals = new Map<string, Promise<Journal>>();

  constructor(vault: Vault, now: () => Date) {
    this.#vault = vault;
    this.#now = now;
  }

  add(journal: Journal): void {
    this.#journals.set(journal.transaction.id, Promise.resolve(journal));
  }

  /** @throws OssError OSS_TRANSACTION_NOT_FOUND, OSS_JOURNAL_DAMAGED */
  get(id: string): Promise<Journal> {
    const known = this.#journals.get(id);
    if (known) return known;
    const journal = Journal.open(this.#vault.journalPath(id), this.#now, (write) =>
      this.#vault.makingRoom(id, write),
    );
    this.#journals.set(id, journal);
    journal.catch(() => this.#journals.delete(id));
    return journal;
  }

  /**
   * A transaction that has ended takes no event any more: its record is not kept.
   * @returns whether it has ended
   */
  releaseIfEnded(journal: Journal): boolean {
    const { id, state } = journal.transaction;
    if (!FINAL_STATES.includes(state)) return false;
    this.release(id);
    return true;
  }

  release(id: string): void {
    this.#journals.delete(id);
  }
}
