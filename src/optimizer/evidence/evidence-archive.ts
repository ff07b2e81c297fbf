import type { SealedRecord } from '../../contract/model/evidence.ts';
import { readJournal } from '../journal/journal.ts';
import { Vault } from '../vault/vault.ts';
import { checkEvidence, type EvidenceCheck, type JournalledSeal } from './check-evidence.ts';
import { EvidenceStore } from './evidence-store.ts';

/** The evidence of a station for those who only read it, also while the station runs. */
export class EvidenceArchive {
  readonly #store: EvidenceStore;
  readonly #vault: Vault;

  constructor(dataDirectory: string) {
    this.#store = new EvidenceStore(dataDirectory);
    this.#vault = new Vault(dataDirectory);
  }

  /** Every record that can be read, oldest first; what is missing or unreadable is for `check` to name. */
  async list(): Promise<SealedRecord[]> {
    const sequences = await this.#store.sequences();
    const read = await Promise.allSettled(sequences.map((sequence) => this.#store.read(sequence)));
    return read.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  }

  async check(): Promise<EvidenceCheck> {
    return checkEvidence(this.#store, await this.#journalled());
  }

  async #journalled(): Promise<JournalledSeal[]> {
    const seals: JournalledSeal[] = [];
    for (const id of await this.#vault.list()) {
      for (const { event } of await readJournal(this.#vault.journalPath(id)).catch(() => [])) {
        if (event.type === 'sealed') seals.push({ sequence: event.sequence, hash: event.hash });
      }
    }
    return seals;
  }
}
