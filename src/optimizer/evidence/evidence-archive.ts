import { fewAtATime } from '../../base/few-at-a-time.ts';
import { type OssError, toOssError } from '../../contract/errors.ts';
import { type SealedRecord, subjectOf } from '../../contract/model/evidence.ts';
import { readJournal } from '../journal/journal.ts';
import { Vault } from '../vault/vault.ts';
import { checkEvidence, type EvidenceCheck, type JournalledSeal } from './check-evidence.ts';
import { type EvidenceSummary, summaryOf } from './evidence-index.ts';
import { EvidenceStore } from './evidence-store.ts';

/** Damaged, or taken away; one that could not be opened is neither. */
const UNREADABLE: readonly string[] = ['OSS_EVIDENCE_DAMAGED', 'OSS_EVIDENCE_NOT_FOUND'];

/** Told of each record that is damaged, or known and no longer there. */
type OnUnreadable = (sequence: number, error: OssError) => void;

/** The evidence of a station for those who only read it, also while the station runs. */
export class EvidenceArchive {
  readonly #store: EvidenceStore;
  readonly #vault: Vault;

  /** @param onSetAside told the name of a damaged index, which is made again from the records */
  constructor(dataDirectory: string, onSetAside?: (name: string) => void) {
    this.#store = new EvidenceStore(dataDirectory, onSetAside);
    this.#vault = new Vault(dataDirectory);
  }

  /**
   * Every record that can be read, oldest first.
   * @param onUnreadable told of each record that is damaged; without it the first one ends the listing
   * @throws OssError OSS_EVIDENCE_DAMAGED, OSS_TOO_MANY_FILES: a record that could not be opened is not a missing one
   */
  async list(onUnreadable?: OnUnreadable): Promise<SealedRecord[]> {
    return this.#read(await this.#store.sequences(), onUnreadable);
  }

  /** What a list says of every record, oldest first: read is only what is new, or not as it was. As `list` otherwise. */
  async summaries(onUnreadable?: OnUnreadable): Promise<EvidenceSummary[]> {
    const { index } = this.#store;
    const sequences = await this.#store.sequences();
    const noted = await index.summaries(sequences, (sequence) => this.#store.pathOf(sequence));
    const { summaries, others: gone } = noted;
    const unknown = sequences.filter((sequence) => !summaries.has(sequence));
    await this.#read(gone, onUnreadable);
    for (const sealed of await this.#take(unknown, onUnreadable)) {
      summaries.set(sealed.record.sequence, summaryOf(sealed));
    }
    return sequences.flatMap((sequence) => summaries.get(sequence) ?? []);
  }

  /**
   * The records of one transaction or case, oldest first; of the others only what is new. Those of a case begin with
   * its own, and those of its signers' transactions follow. As `list` otherwise.
   */
  async about(subject: string, onUnreadable?: OnUnreadable): Promise<SealedRecord[]> {
    const own = await this.#about(subject, onUnreadable);
    const content = own[0]?.record.content;
    if (content?.kind !== 'case') return own;
    const all = [...own];
    for (const { transaction } of content.signers.flatMap(({ records }) => records))
      all.push(...(await this.#about(transaction, onUnreadable)));
    return all;
  }

  async #about(subject: string, onUnreadable?: OnUnreadable): Promise<SealedRecord[]> {
    const { index } = this.#store;
    const noted = await index.noted();
    const unknown = (await this.#store.sequences()).filter((sequence) => !noted.has(sequence));
    const taken = await this.#take(unknown, onUnreadable);
    const isAbout = ({ record }: SealedRecord): boolean => subjectOf(record.content) === subject;
    const known = (await index.about(subject)).filter((sequence) => noted.has(sequence));
    const records = [...(await this.#read(known, onUnreadable)), ...taken].filter(isAbout);
    return records.sort((a, b) => a.record.sequence - b.record.sequence);
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  /** Reads records and notes what lists say of them. */
  async #take(sequences: readonly number[], onUnreadable?: OnUnreadable): Promise<SealedRecord[]> {
    const records = await this.#read(sequences, onUnreadable);
    await this.#store.index.note(
      records.map((sealed) => ({ sealed, path: this.#store.pathOf(sealed.record.sequence) })),
    );
    return records;
  }

  async #read(sequences: readonly number[], onUnreadable?: OnUnreadable): Promise<SealedRecord[]> {
    const read = await fewAtATime(sequences, (sequence) =>
      this.#store.read(sequence).catch((thrown: unknown) => {
        const error = toOssError(thrown);
        if (!UNREADABLE.includes(error.code) || onUnreadable === undefined) throw error;
        onUnreadable(sequence, error);
        return undefined;
      }),
    );
    return read.filter((record) => record !== undefined);
  }

  /** Reads every record and every journal: that is what it is for. @param logKey as `checkEvidence` */
  async check(logKey?: string): Promise<EvidenceCheck> {
    return checkEvidence(this.#store, await this.#journalled(), logKey);
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
