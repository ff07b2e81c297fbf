import { dirname, join } from 'node:path';
import { KeyedQueue } from '../../base/keyed-queue.ts';
import { OssError, toOssError } from '../../contract/errors.ts';
import {
  type CaseEvent,
  type CaseRecord,
  outcomeOf,
  possibleSigners,
  signerState,
} from '../../contract/model/case.ts';
import type { SealedRecord } from '../../contract/model/evidence.ts';
import type { Transaction } from '../../contract/model/transaction.ts';
import type { EvidenceStore } from '../evidence/evidence-store.ts';
import type { WorkOptions } from '../progress.ts';
import type { NewTransaction } from '../transaction/create.ts';
import { deliverFile } from '../vault/deliver-file.ts';
import { assertWritableFolder } from '../vault/folder.ts';
import { hashFile } from '../vault/hash-file.ts';
import { newTransactionId } from '../vault/transaction-id.ts';
import { caseEvidence } from './case-evidence.ts';
import type { CaseStore } from './case-store.ts';
import { createCase, type NewCase } from './create-case.ts';
import { optionsFor, signedRevisions } from './revisions.ts';
import { type SettledTransactions, settleAttempts } from './settle-attempts.ts';

/** What a case asks of the transactions below it: they do not know that it is there. */
export interface CaseTransactions extends SettledTransactions {
  create(input: NewTransaction, work?: WorkOptions): Promise<Transaction>;
  cancel(id: string): Promise<Transaction>;
}

export interface BeginOptions extends WorkOptions {
  /** Open protected documents, by position in the case; kept in memory only, hence asked for again the next day. */
  readonly passwords?: ReadonlyMap<number, string>;
}

/** In these states nothing was signed yet, so that it can be given up. */
const CAN_BE_CANCELLED: readonly string[] = ['created', 'registered', 'prepared', 'reviewed', 'otpSent'];

/**
 * The cases of a station: several signers, one transaction each, one chain of revisions. What happens is written down
 * before it has an effect, so that a process that was killed goes on where it was.
 */
export class Cases {
  readonly #store: CaseStore;
  readonly #evidence: EvidenceStore;
  readonly #transactions: CaseTransactions;
  readonly #now: () => Date;
  readonly #queue = new KeyedQueue();
  readonly #listeners = new Set<(record: CaseRecord) => void>();

  constructor(
    store: CaseStore,
    {
      evidence,
      transactions,
      now,
    }: {
      readonly evidence: EvidenceStore;
      readonly transactions: CaseTransactions;
      readonly now: () => Date;
    },
  ) {
    this.#store = store;
    this.#evidence = evidence;
    this.#transactions = transactions;
    this.#now = now;
  }

  /** @throws OssError OSS_REQUEST_INVALID, OSS_FILE_NOT_FOUND, OSS_FOLDER_UNUSABLE */
  async create(input: NewCase): Promise<CaseRecord> {
    if (input.deliverTo !== undefined) await assertWritableFolder(input.deliverTo);
    const record = await createCase(this.#store, input, this.#now());
    this.#announce(record);
    return record;
  }

  /** As it is now: what its transactions have come to is noted first. @throws OssError OSS_CASE_NOT_FOUND */
  get(id: string): Promise<CaseRecord> {
    return this.#queue.run(id, () => this.#settled(id));
  }

  /** All that can be read, in no order. */
  async list(): Promise<CaseRecord[]> {
    const records: CaseRecord[] = [];
    for (const id of await this.#store.list()) {
      // One that cannot go on now, for want of a share or of the service, is shown as it was.
      const record = await this.get(id).catch(() => this.#store.read(id).catch(unlessUnreadable));
      if (record) records.push(record);
    }
    return records;
  }

  /** Tells of every case that is new or has changed. @returns what ends the subscription */
  onChange(listener: (record: CaseRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Makes the transaction of one signer over the documents as those before have signed them.
   * @param signer by position
   * @throws OssError OSS_CASE_STATE where it is not their turn, OSS_FILE_CHANGED, and as `createTransaction`
   */
  begin(id: string, signer: number, { passwords, ...work }: BeginOptions = {}): Promise<Transaction> {
    return this.#queue.run(id, async () => {
      const record = await this.#settled(id);
      const person = record.signers[signer];
      if (!person || !possibleSigners(record).includes(signer))
        throw new OssError('OSS_CASE_STATE', { signer: signer + 1 });
      const transaction = newTransactionId();
      const documents = [];
      for (const { document, options } of person.documents) {
        const password = passwords?.get(document);
        documents.push({
          path: await this.#current(record, document),
          name: record.documents[document]?.name ?? '',
          options: optionsFor(record, signer, document, options),
          ...(password === undefined ? {} : { password }),
        });
      }
      const begun = await this.#note(withAttempt(record, signer, transaction), {
        type: 'begun',
        signer,
        transaction,
      });
      const { registrationAuthority, level, organisation, officer } = record;
      try {
        return await this.#transactions.create(
          {
            id: transaction,
            case: id,
            identity: person.identity,
            ...(person.seal === undefined ? {} : { seal: person.seal }),
            documents,
            profile: person.profile ?? record.profile,
            registrationAuthority,
            deliverTo: this.#store.revisionsOf(id, transaction),
            ...(level === undefined ? {} : { level }),
            ...(organisation === undefined ? {} : { organisation }),
            ...(officer === undefined ? {} : { officer }),
          },
          work,
        );
      } catch (error) {
        await this.#note(withoutAttempt(begun, transaction), { type: 'abandoned', signer, transaction });
        throw error;
      }
    });
  }

  /**
   * Nobody signs any more: delivers what was signed, one file a document, and seals the evidence of the case. Done
   * again after a crash it goes on.
   * @throws OssError OSS_CASE_STATE while a signature is being made, OSS_FILE_CHANGED, OSS_FILE_WRITE_FAILED
   */
  close(id: string): Promise<CaseRecord> {
    return this.#queue.run(id, async () => {
      let record = await this.#settled(id);
      const open = record.signers.flatMap(({ attempts }) => attempts).find(({ outcome }) => !outcome);
      if (open) {
        const { state } = await this.#transactions.get(open.transaction);
        if (!CAN_BE_CANCELLED.includes(state)) throw new OssError('OSS_CASE_STATE', { state });
        await this.#transactions.cancel(open.transaction);
        record = await this.#settled(id);
      }
      return this.#close(record);
    });
  }

  /** Goes on with what a killed process left. @param onStanding told why one cannot go on */
  async resume(onStanding: (id: string, error: OssError) => void = () => undefined): Promise<void> {
    for (const id of await this.#store.list()) {
      await this.#queue
        .run(id, async () => {
          await this.#store.tidy(id);
          if ((await this.#store.read(id)) === undefined) return this.#store.remove(id);
          await this.#settled(id);
        })
        .catch((thrown: unknown) => onStanding(id, toOssError(thrown)));
    }
  }

  /**
   * The sealed record of a case that has ended, and those of its signers' transactions behind it.
   * @throws OssError OSS_EVIDENCE_NOT_FOUND before it has ended, OSS_EVIDENCE_DAMAGED
   */
  async evidence(id: string): Promise<SealedRecord[]> {
    const { closed, signers } = await this.get(id);
    if (!closed?.record) throw new OssError('OSS_EVIDENCE_NOT_FOUND');
    const linked = signers.flatMap(({ attempts }) =>
      attempts.flatMap(({ record }) => record?.sequence ?? []),
    );
    return Promise.all([closed.record.sequence, ...linked].map((sequence) => this.#evidence.read(sequence)));
  }

  /** Waits for what is under way. */
  settled(): Promise<void> {
    return this.#queue.settled();
  }

  /** The record with what its transactions came to; a case whose signers have all signed ends by itself. */
  async #settled(id: string): Promise<CaseRecord> {
    const stored = await this.#store.read(id).catch((thrown: unknown) => {
      throw toOssError(thrown);
    });
    if (!stored) throw new OssError('OSS_CASE_NOT_FOUND', { case: id });
    let record = stored;
    for (const change of await settleAttempts(record, this.#transactions, this.#evidence))
      record = await this.#note(change.apply(record), change.event);
    const isOver = record.signers.every((one) => signerState(one) === 'signed');
    if (isOver || (record.closed && !record.closed.record)) record = await this.#close(record);
    return record;
  }

  async #close(record: CaseRecord): Promise<CaseRecord> {
    if (record.closed?.record) return record;
    let closing = record;
    if (!closing.closed)
      closing = await this.#note(
        { ...closing, closed: { outcome: outcomeOf(closing) } },
        { type: 'closing' },
      );
    if (!closing.closed?.files) closing = await this.#deliver(closing);
    const { record: sealed, hash } = await this.#evidence.append(
      caseEvidence(closing),
      closing.events.length,
      this.#now,
    );
    const ended = {
      ...closing,
      closed: { outcome: outcomeOf(closing), ...closing.closed, record: { sequence: sealed.sequence, hash } },
    };
    await this.#store.write(ended);
    await this.#store.purgeDocuments(record.id);
    this.#announce(ended);
    return ended;
  }

  /** Never over a file, never twice: a hard link that is there already is the delivery itself. */
  async #deliver(record: CaseRecord): Promise<CaseRecord> {
    const files: (string | null)[] = [];
    for (const [index, { name, sourcePath }] of record.documents.entries()) {
      if (signedRevisions(record, index).length === 0) files.push(null);
      else {
        const folder = record.deliverTo ?? dirname(sourcePath);
        files.push(await deliverFile(await this.#current(record, index), folder, name));
      }
    }
    const closed = { outcome: outcomeOf(record), ...record.closed, files };
    return this.#note({ ...record, closed }, { type: 'delivered' });
  }

  /** @throws OssError OSS_FILE_CHANGED where it is not what was signed last */
  async #current(record: CaseRecord, document: number): Promise<string> {
    const last = signedRevisions(record, document).at(-1);
    if (!last) return this.#store.documentPath(record.id, document);
    const path = join(this.#store.revisionsOf(record.id, last.transaction), last.file);
    if ((await hashFile(path)) !== last.sha256) throw new OssError('OSS_FILE_CHANGED', { file: last.file });
    return path;
  }

  async #note(record: CaseRecord, event: Omit<CaseEvent, 'at'>): Promise<CaseRecord> {
    const next = { ...record, events: [...record.events, { at: this.#now().toISOString(), ...event }] };
    await this.#store.write(next);
    this.#announce(next);
    return next;
  }

  #announce(record: CaseRecord): void {
    for (const listener of this.#listeners) listener(record);
  }
}

const withAttempt = (record: CaseRecord, signer: number, transaction: string): CaseRecord => ({
  ...record,
  signers: record.signers.map((one, index) =>
    index === signer ? { ...one, attempts: [...one.attempts, { transaction }] } : one,
  ),
});

const withoutAttempt = (record: CaseRecord, transaction: string): CaseRecord => ({
  ...record,
  signers: record.signers.map((one) => ({
    ...one,
    attempts: one.attempts.filter((attempt) => attempt.transaction !== transaction),
  })),
});

function unlessUnreadable(thrown: unknown): undefined {
  const { code } = toOssError(thrown);
  if (code === 'OSS_RECORD_DAMAGED' || code === 'OSS_CASE_NOT_FOUND') return undefined;
  throw thrown;
}
