import { randomBytes } from 'node:crypto';
import { KeyedQueue } from '../../base/keyed-queue.ts';
import { OssError } from '../../contract/errors.ts';
import { FINAL_STATES, type Transaction } from '../../contract/model/transaction.ts';
import { type Certificate, CertificateCache } from '../../pki/index.ts';
import type { EvidenceStore } from '../evidence/evidence-store.ts';
import { sealEvidence } from '../evidence/seal.ts';
import type { Journal } from '../journal/journal.ts';
import { absentService } from '../signing-service/absent-service.ts';
import type { SigningService } from '../signing-service/port.ts';
import { sealedBy } from '../signing-service/sealed-by.ts';
import type { Sources } from '../sources/http-sources.adapter.ts';
import type { Vault } from '../vault/vault.ts';
import type { DocumentWork } from '../work/document-work.ts';
import { newMemory, type StepContext, type TransactionMemory } from './context.ts';
import { noteFailure } from './note-failure.ts';
import { OpenJournals } from './open-journals.ts';
import { RecentlyEnded } from './recently-ended.ts';
import type { TransactionIndex } from './transaction-index.ts';

export interface StepsOptions {
  readonly vault: Vault;
  readonly evidence: EvidenceStore;
  readonly index: TransactionIndex;
  readonly service: SigningService;
  readonly serviceOf: ((officer: string) => Promise<SigningService>) | undefined;
  readonly anchors: readonly Certificate[];
  readonly sources: Sources;
  readonly timestampUrls: readonly string[];
  readonly signatureFont: string;
  readonly documentWork: DocumentWork;
  readonly now: () => Date;
  /** Whether those that have ended are kept in memory: where somebody asks for their state again and again. */
  readonly remembersEnded: boolean;
}

/**
 * Carries out the steps of transactions: those of one transaction one after the other, each with what it works
 * with, and whatever comes of a step is written down, sealed and announced.
 */
export class TransactionSteps {
  readonly #options: StepsOptions;
  readonly #certificates = new CertificateCache();
  readonly #journals: OpenJournals;
  readonly #memories = new Map<string, TransactionMemory>();
  readonly #ended: RecentlyEnded | undefined;
  readonly #queue = new KeyedQueue();
  readonly #listeners = new Set<(transaction: Transaction) => void>();

  constructor(options: StepsOptions) {
    this.#options = options;
    this.#journals = new OpenJournals(options.vault, options.now);
    this.#ended = options.remembersEnded ? new RecentlyEnded() : undefined;
  }

  get certificates(): CertificateCache {
    return this.#certificates;
  }

  /** Tells of every transaction that is new or has changed. @returns what ends the subscription */
  onChange(listener: (transaction: Transaction) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param create writes the journal, and what only this process may remember into the memory */
  async begin(create: (memory: TransactionMemory) => Promise<Journal>): Promise<Transaction> {
    const memory = newMemory();
    const journal = await create(memory);
    const { transaction } = journal;
    this.#journals.add(journal);
    this.#memories.set(transaction.id, memory);
    this.#announce(transaction);
    return transaction;
  }

  /** @param name under which a failure is written down */
  run(id: string, name: string, step: (context: StepContext) => Promise<void>): Promise<Transaction> {
    return this.#queue.run(id, async () => {
      await this.#options.index.reopen(id);
      const journal = await this.#journals.get(id);
      try {
        await step(await this.#context(id, journal));
      } catch (error) {
        await noteFailure(journal, name, error);
        throw error;
      } finally {
        try {
          await this.#conclude(journal);
        } finally {
          this.#announce(journal.transaction);
        }
      }
      return journal.transaction;
    });
  }

  /** Seals what has ended and was not sealed yet, and clears up after it. It needs neither the service nor the officer, who may be gone. */
  seal(id: string): Promise<Transaction> {
    return this.#queue.run(id, async () => {
      const journal = await this.#journals.get(id);
      await this.#conclude(journal);
      return journal.transaction;
    });
  }

  /** As `run`, for a step that answers more than the transaction. */
  async result<T>(id: string, name: string, step: (context: StepContext) => Promise<T>): Promise<T> {
    let result: { readonly value: T } | undefined;
    await this.run(id, name, async (context) => {
      result = { value: await step(context) };
    });
    if (result === undefined) throw new OssError('OSS_INTERNAL');
    return result.value;
  }

  journal(id: string): Promise<Journal> {
    return this.#journals.get(id);
  }

  async get(id: string): Promise<Transaction> {
    const ended = this.#ended?.get(id);
    if (ended) return ended;
    const journal = await this.#journals.get(id);
    // A step that just ended it may still be sealing its evidence.
    if (!this.#queue.isBusy(id)) {
      this.#ended?.note(journal.transaction);
      this.#releaseIfEnded(journal);
    }
    return journal.transaction;
  }

  /** The password with which a document was imported; forgotten when this process ends. */
  passwordOf(id: string, slot: number): string | undefined {
    return this.#memories.get(id)?.passwords.get(slot);
  }

  /** Lets go of a transaction whose records are removed. */
  async forget(id: string): Promise<void> {
    this.#journals.release(id);
    this.#ended?.forget(id);
    this.#memories.delete(id);
  }

  /** Waits for the steps that are under way. */
  async close(): Promise<void> {
    await this.#queue.settled();
  }

  /** What follows every step: after one that ended the transaction, its evidence, its documents, and what it holds. */
  async #conclude(journal: Journal): Promise<void> {
    const { vault, evidence, index, now } = this.#options;
    const { id, state } = journal.transaction;
    const hasEnded = FINAL_STATES.includes(state);
    // A kill may have come between the end and its clearing up. What is not cleared is tried again at the next start.
    const isCleared = hasEnded && (await vault.purgeDocuments(id).then(yes, no));
    await sealEvidence(evidence, journal, now);
    if (isCleared) await index.settle(id, Date.parse(journal.entries.at(-1)?.at ?? ''));
    this.#ended?.note(journal.transaction);
    if (hasEnded) this.#certificates.forgetPeople();
    this.#releaseIfEnded(journal);
  }

  #announce(transaction: Transaction): void {
    for (const listener of this.#listeners) listener(transaction);
  }

  async #context(id: string, journal: Journal): Promise<StepContext> {
    const { officer, seal } = journal.transaction;
    const { vault, anchors, sources, timestampUrls, signatureFont, documentWork, now } = this.#options;
    const memory = this.#memories.get(id) ?? newMemory();
    this.#memories.set(id, memory);
    return {
      vault,
      journal,
      service: sealedBy(seal, await this.serviceFor(officer)),
      anchors,
      certificates: this.#certificates,
      sources,
      timestampUrls,
      now,
      newKey: () => randomBytes(16).toString('hex'),
      signatureFont,
      documentWork,
      memory,
    };
  }

  /** The service as this officer may use it; without one that of the station. */
  async serviceFor(officer: string | undefined): Promise<SigningService> {
    const { service, serviceOf } = this.#options;
    if (officer === undefined || serviceOf === undefined) return service;
    return serviceOf(officer).catch(absentService);
  }

  #releaseIfEnded(journal: Journal): void {
    if (!this.#journals.releaseIfEnded(journal)) return;
    const { id } = journal.transaction;
    this.#memories.get(id)?.prefixHashes.clear();
    // A protected document is still looked at when it is signed.
    if (this.#memories.get(id)?.passwords.size === 0) this.#memories.delete(id);
  }
}

const yes = (): boolean => true;
const no = (): boolean => false;
