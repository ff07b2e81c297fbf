import { FINAL_STATES, type Transaction } from '../../contract/model/transaction.ts';

/** As JSON; pictures of visible signatures may stand in a transaction. */
const MAX_CHARACTERS = 16 * 1024 * 1024;

/**
 * Transactions that have ended, as long as they are asked for: applications ask for the state of one again and again,
 * and its journal would be read and folded each time. The one that nobody asked for longest goes first.
 */
export class RecentlyEnded {
  readonly #kept = new Map<string, { readonly transaction: Transaction; readonly size: number }>();
  #size = 0;

  get(id: string): Transaction | undefined {
    const entry = this.#kept.get(id);
    if (!entry) return undefined;
    this.#kept.delete(id);
    this.#kept.set(id, entry);
    return entry.transaction;
  }

  /** Keeps it as it is now, where it has ended. */
  note(transaction: Transaction): void {
    const { id, state } = transaction;
    this.forget(id);
    if (!FINAL_STATES.includes(state)) return;
    const size = JSON.stringify(transaction).length;
    this.#kept.set(id, { transaction, size });
    this.#size += size;
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= MAX_CHARACTERS) break;
      this.forget(oldest);
    }
  }

  forget(id: string): void {
    this.#size -= this.#kept.get(id)?.size ?? 0;
    this.#kept.delete(id);
  }
}
