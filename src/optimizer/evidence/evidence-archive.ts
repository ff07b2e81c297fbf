import { fewAtATime } from '../../base/few-at-a-time.ts';
import { type OssError, toOssError } from '../../contract/errors.ts';
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

  /**
   * Every record that can be read, oldest first.
   * @param onUnreadable told of each record that is damaged; without it the first one ends the listing
   * @throws OssError OSS_EVIDENCE_DAMAGED, OSS_TOO_MANY_FILES: a record that could not be opened is not a missing one
   */
  async list(onUnreadable?: (sequence: number, error: OssError) => void): Promise<SealedRecord[]> {
    const sequences = await this.#store.sequences();
    const read = await fewAtATime(sequences, (sequence) =>
      this.#store.read(sequence).catch((thrown: unknown) => {
        const error = toOssError(thrown);
        if (error.code !== 'OSS_EVIDENCE_DAMAGED' || onUnreadable === undefined) throw error;
        onUnreadable(sequence, error);
        return undefined;
      }),
    );
    return read.filter((record) => record !== undefined);
  }

  async check(): Promise<EvidenceCheck> {
    return checkEvidence(this.#store, await this.#journalled());
  }

  async #journalled(): Promise<JournalledSeal[]> {
    const seals: JournalledSeal[] = [];
    for (const id of await this.#vault.list()) {
      for (const { event } of await readJournal(this.#vault.journalPath(id)).catch(nothingWhereDamaged)) {
        if (event.type === 'sealed') seals.push({ sequence: event.sequence, hash: event.hash });
      }
    }
    return seals;
  }
}

/** What a journal that cannot be read remembers is not known; one that could not be opened has to be. */
function nothingWhereDamaged(thrown: unknown): [] {
  const error = toOssError(thrown);
  if (error.code === 'OSS_TRANSACTION_NOT_FOUND' || error.code.startsWith('OSS_JOURNAL_')) return [];
  throw error;
}
