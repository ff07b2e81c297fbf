import type { SealedRecord } from '../../contract/model/evidence.ts';
import { readJournal } from '../transaction/journal.ts';
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

  /** Every record that can be read, oldest first. @throws OssError OSS_EVIDENCE_DAMAGED */
  async list(): Promise<SealedRecord[]> {
    const records: SealedRecord[] = [];
    for (const sequence of await this.#store.sequences()) records.push(await this.#store.read(sequence));
    return records;
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
