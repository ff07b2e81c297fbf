import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OssError } from '../contract/errors.ts';
import type { Authorisation } from '../contract/model/authorisation.ts';
import type { CeremonyAct, SealedRecord } from '../contract/model/evidence.ts';
import type { OtpSent } from '../contract/model/otp-sent.ts';
import type { ImportedHash, SignatureOptions, Transaction } from '../contract/model/transaction.ts';
import { FINAL_STATES } from '../contract/model/transaction.ts';
import type { VerificationReport } from '../contract/model/verification.ts';
import { type Certificate, certificatesFromPem } from '../pki/index.ts';
import { openTypefaces } from '../typography/open-typefaces.ts';
import type { Typefaces } from '../typography/typefaces.ts';
import { CaseStore } from './case/case-store.ts';
import { type BeginOptions, Cases } from './case/cases.ts';
import type { NewCaseSigner } from './case/create-case.ts';
import { removeEndedCases } from './case/remove-ended-cases.ts';
import { placeSeal, sealAsSigner, sealTurn } from './case/seal-turn.ts';
import { type PagesShown, pagesShownIn } from './evidence/content.ts';
import { EvidenceStore } from './evidence/evidence-store.ts';
import { sealedSequences } from './evidence/seal.ts';
import { positionsToSign } from './journal/refused.ts';
import { slotOf } from './journal/slots.ts';
import type { ListOptions, OptimizerOptions, ReadableDocument, VerifyWork } from './optimizer-options.ts';
import { assertPrintable } from './preflight/printable-names.ts';
import type { WorkOptions } from './progress.ts';
import type { DrawnVersions, DrawVersionsInput } from './second-eye/index.ts';
import { type Sources, sourcesFor } from './sources/http-sources.adapter.ts';
import { cancelTransaction } from './transaction/cancel.ts';
import { createTransaction, type NewDocument, type NewTransaction } from './transaction/create.ts';
import { deliverTransaction } from './transaction/deliver.ts';
import { addDocument, addHash, agreeToContents, removeSlot } from './transaction/gather.ts';
import { listTransactions } from './transaction/list-transactions.ts';
import { awaitsLog, completeLog } from './transaction/note-log.ts';
import { prepareTransaction } from './transaction/prepare.ts';
import type { ResumeOptions } from './transaction/recover.ts';
import { refuseDocuments } from './transaction/refuse-documents.ts';
import { type RegistrationPictures, registerTransaction } from './transaction/register.ts';
import { removeEnded } from './transaction/remove-ended.ts';
import { resumeOpen } from './transaction/resume-open.ts';
import { sendCode } from './transaction/send-code.ts';
import { signContents, signTransaction } from './transaction/sign.ts';
import { TransactionIndex } from './transaction/transaction-index.ts';
import { TransactionSteps } from './transaction/transaction-steps.ts';
import { trustedListsIn } from './trusted-lists/lists-folder.ts';
import { type DirectoryLock, lockDirectory } from './vault/lock.ts';
import { Vault } from './vault/vault.ts';
import { verifyDocument } from './verify-document.ts';
import { type DocumentWork, workInPlace } from './work/document-work.ts';

/** What an Optimizer has to itself. */
interface Owned {
  readonly lock: DirectoryLock;
  readonly vault: Vault;
  readonly index: TransactionIndex;
}

/** What a clerk looks through; the evidence tells of all of them. */
const LISTED_ENDED = 200;

/**
 * The Optimizer: transactions from picked files to delivered files. Knows documents, hashes and envelopes,
 * never a private key; runs the same in the station, the REST server and the command line.
 */
export class Optimizer {
  readonly #vault: Vault;
  readonly #evidence: EvidenceStore;
  readonly #index: TransactionIndex;
  readonly #anchors: readonly Certificate[];
  /** Folder of the trusted lists, if there is one. */
  readonly #trustedLists: string;
  readonly #sources: Sources;
  readonly #lock: DirectoryLock;
  readonly #documentWork: DocumentWork;
  readonly #now: () => Date;
  readonly #typefaces: Typefaces;
  readonly #steps: TransactionSteps;
  readonly #caseStore: CaseStore;
  /** Several signers of the same documents, each with a transaction of their own. */
  readonly cases: Cases;

  private constructor(options: OptimizerOptions, { lock, vault, index }: Owned) {
    const { dataDirectory, service, serviceOf, timestampUrls = [], now = () => new Date() } = options;
    this.#vault = vault;
    this.#index = index;
    this.#evidence = new EvidenceStore(dataDirectory, options.onSetAside);
    this.#anchors = anchorsIn(options.anchors);
    this.#trustedLists = join(dataDirectory, 'trusted-lists');
    this.#sources = sourcesFor(this.#anchors, timestampUrls);
    this.#lock = lock;
    this.#documentWork = options.documentWork ?? workInPlace;
    this.#now = now;
    this.#typefaces = openTypefaces(options.signatureFontPath);
    this.#steps = new TransactionSteps({
      vault: this.#vault,
      evidence: this.#evidence,
      index,
      service,
      serviceOf,
      anchors: this.#anchors,
      sources: this.#sources,
      timestampUrls,
      signatureFont: options.signatureFontPath,
      documentWork: this.#documentWork,
      now,
      remembersEnded: options.remembersEnded ?? true,
    });
    this.#caseStore = new CaseStore(dataDirectory);
    this.cases = new Cases(this.#caseStore, { evidence: this.#evidence, transactions: this, now });
    this.onChange(({ case: id, state }) => {
      // What fails here is told to who looks at the case next: it is tried again then.
      if (id !== undefined && FINAL_STATES.includes(state)) void this.cases.get(id).catch(() => undefined);
    });
  }

  /** @throws OssError OSS_DATA_IN_USE while another process owns the data directory, OSS_FOLDER_UNUSABLE, OSS_ANCHOR_NEEDED */
  static async open(options: OptimizerOptions): Promise<Optimizer> {
    const lock = options.lock ?? (await lockDirectory(options.dataDirectory));
    try {
      const vault = new Vault(options.dataDirectory);
      const index = await TransactionIndex.open(options.dataDirectory, vault, options.onSetAside);
      try {
        return new Optimizer(options, { lock, vault, index });
      } catch (error) {
        await index.close();
        throw error;
      }
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  create(input: NewTransaction, work: WorkOptions = {}): Promise<Transaction> {
    return this.#steps.begin(async (memory) => {
      await assertPrintable(input, this.#typefaces);
      const [vault, index, documentWork, now] = [this.#vault, this.#index, this.#documentWork, this.#now];
      const context = { vault, index, documentWork, memory, now };
      return createTransaction(context, input, work);
    });
  }

  /**
   * Tells of every transaction that is new or has changed, no matter who changed it.
   * @returns what ends the subscription
   */
  onChange(listener: (transaction: Transaction) => void): () => void {
    return this.#steps.onChange(listener);
  }

  /** For transactions that were registered before their documents were known. @returns the slot of the document */
  async addDocument(id: string, document: NewDocument, work: WorkOptions = {}): Promise<number> {
    return this.#steps.result(id, 'addDocument', (context) => addDocument(context, document, work));
  }

  /** A digest without its content: signed into a detached CMS. @returns its slot */
  addHash(id: string, hash: Omit<ImportedHash, 'slot'>): Promise<number> {
    return this.#steps.result(id, 'addDocument', (context) => addHash(context, hash));
  }

  /** Takes the document or hash of a slot out of the transaction. */
  removeSlot(id: string, slot: number): Promise<Transaction> {
    return this.#steps.run(id, 'removeDocument', (context) => removeSlot(context, slot));
  }

  /** The signer agreed in another application; a code is then bound to the contents of the documents. */
  agreeToContents(id: string): Promise<Transaction> {
    return this.#steps.run(id, 'review', agreeToContents);
  }

  /** @param pictures of the identification, for a provider that takes them with the registration */
  register(id: string, pictures: RegistrationPictures = []): Promise<Transaction> {
    return this.#steps.run(id, 'register', (context) => registerTransaction(context, pictures));
  }

  prepare(id: string, work: WorkOptions = {}): Promise<Transaction> {
    return this.#steps.run(id, 'prepare', (context) => prepareTransaction(context, work));
  }

  /** The signer has seen contract and documents, and agrees. */
  confirmReview(id: string): Promise<Transaction> {
    return this.#steps.run(id, 'review', async ({ journal }) => {
      await journal.append({ type: 'reviewed' });
    });
  }

  /**
   * The signer agrees to all documents but these, which are not signed. Said again, what is said last stands.
   * @param positions among all documents of the transaction, counted from 0
   * @throws OssError OSS_REQUEST_INVALID where nothing would be left to sign; OSS_TRANSACTION_STATE
   */
  refuseDocuments(id: string, positions: readonly number[]): Promise<Transaction> {
    return this.#steps.run(id, 'refuse', (context) => refuseDocuments(context, positions));
  }

  /** Writes down what a person did at the signer's screen, for the evidence; it changes no state. */
  recordAct(id: string, act: CeremonyAct): Promise<Transaction> {
    return this.#steps.run(id, 'act', async ({ journal }) => {
      await journal.append({ type: 'act', act });
    });
  }

  /** The pages that were on the signer's screen, as last written down for each document. */
  async pagesShown(id: string): Promise<PagesShown[]> {
    const { transaction, entries } = await this.#steps.journal(id);
    const positions = positionsToSign(transaction);
    return pagesShownIn(entries).flatMap(({ document, shown }): PagesShown[] => {
      if (document === 'contract') return [{ document, shown }];
      const index = positions.indexOf(document);
      return index < 0 ? [] : [{ document: index, shown }];
    });
  }

  /** Where each signature will be seen, by position of the document; they have to be prepared after it. */
  place(id: string, options: readonly SignatureOptions[]): Promise<Transaction> {
    return this.#steps.run(id, 'place', async ({ journal }) => {
      await journal.append({ type: 'placed', options: [...options] });
    });
  }

  sendCode(id: string, work: WorkOptions = {}): Promise<OtpSent> {
    return this.#steps.result(id, 'sendCode', (context) => sendCode(context, work));
  }

  sign(id: string, authorisation: Authorisation, work: WorkOptions = {}): Promise<Transaction> {
    return this.#steps.run(id, 'sign', (context) => signTransaction(context, authorisation, work));
  }

  /**
   * Signs what the signer agreed to in another application; the look of each signature comes only now.
   * @param options by position of the document
   */
  signContents(
    id: string,
    authorisation: Authorisation,
    options: readonly SignatureOptions[],
    work: WorkOptions = {},
  ): Promise<Transaction> {
    return this.#steps.run(id, 'sign', (context) => signContents(context, authorisation, options, work));
  }

  /**
   * A seal of the service as a signer of a case, with the organisation that it names.
   * @param id without it the only one that the officer may use
   * @throws OssError OSS_SEAL_NOT_OFFERED, OSS_CREDENTIALS_INVALID, OSS_SERVICE_*
   */
  sealSigner(id?: string, officer?: string): Promise<NewCaseSigner & { readonly seal: string }> {
    return this.#steps.serviceFor(officer).then(({ seals }) => sealAsSigner(seals, id));
  }

  /** A seal signs in a case, when it is its turn. @param signer by position @throws OssError as `sealTurn` */
  sealCase(caseId: string, signer: number, options?: BeginOptions): Promise<Transaction> {
    return sealTurn(this, this.cases, { caseId, signer }, options);
  }

  /** The transaction of a seal, from where it stands to the delivered files. @throws OssError of the step that failed */
  placeSeal(id: string, work?: WorkOptions): Promise<Transaction> {
    return placeSeal(this, id, [], work);
  }

  /** Verifies every signed file and delivers it; never over an existing file. */
  async deliver(id: string, work: WorkOptions = {}): Promise<VerificationReport[]> {
    return this.#steps.result(id, 'deliver', (context) => deliverTransaction(context, work));
  }

  cancel(id: string): Promise<Transaction> {
    return this.#steps.run(id, 'cancel', cancelTransaction);
  }

  get(id: string): Promise<Transaction> {
    return this.#steps.get(id);
  }

  /** Whether anything of this transaction is there, open or ended. */
  has(id: string): Promise<boolean> {
    return this.#vault.has(id);
  }

  /**
   * Those that are open, and those that ended last, in no order. One whose record cannot be read keeps no other from
   * being listed: `resume` names it.
   * @param options.ended how many that have ended
   */
  async list({ ended = LISTED_ENDED }: ListOptions = {}): Promise<Transaction[]> {
    return listTransactions({ index: this.#index, get: (id) => this.get(id) }, ended);
  }

  /**
   * After a restart: finishes what had reached the signature and ends what has expired. What cannot be settled
   * now (service away, folder gone) stays as it is, for the next `resume`; what failed twice by itself is set aside.
   * `onStanding` is told why. None of them keeps another from going on.
   * @returns the transactions that were open, as they are now
   */
  async resume(work: ResumeOptions = {}): Promise<Transaction[]> {
    const parts = { vault: this.#vault, index: this.#index, steps: this.#steps };
    const recovered = await resumeOpen(parts, work);
    await this.cases.resume(work.onStanding ?? (() => undefined));
    return recovered;
  }

  /**
   * The sealed records of a transaction that has ended, oldest first; what was not sealed yet is sealed now, and what
   * the transparency log did not prove yet is asked for again.
   * @throws OssError OSS_EVIDENCE_NOT_FOUND before it has ended, OSS_EVIDENCE_NOT_WRITTEN, OSS_EVIDENCE_DAMAGED
   */
  async evidence(id: string): Promise<SealedRecord[]> {
    const journal = await this.#steps.journal(id);
    if (awaitsLog(journal)) await this.#steps.run(id, 'log', completeLog);
    await this.#steps.seal(id);
    const sequences = sealedSequences(await this.#steps.journal(id));
    if (sequences.length === 0) throw new OssError('OSS_EVIDENCE_NOT_FOUND');
    return Promise.all(sequences.map((sequence) => this.#evidence.read(sequence)));
  }

  /**
   * Verifies any file against the anchors of this station and the trusted lists in its `trusted-lists`.
   * @throws OssError as verifyFile
   */
  async verify(path: string, options: VerifyWork = {}): Promise<VerificationReport> {
    const { password, name, signedFile, ...running } = options;
    const access = {
      ...(password !== undefined && { password }),
      ...(name !== undefined && { name }),
      ...(signedFile !== undefined && { signedFile }),
    };
    const anchors = this.#anchors.map(({ der }) => der);
    const trustedLists = await trustedListsIn(this.#trustedLists);
    const trust = { anchors, ...(trustedLists && { trustedLists }) };
    return verifyDocument(this.#documentWork, { path, ...trust, at: this.#now(), ...access }, running);
  }

  /** A page of a verified file as a signature covers it, and as it is now. @throws OssError OSS_WORK_* */
  drawVersions(input: DrawVersionsInput): Promise<DrawnVersions> {
    return this.#documentWork.run('drawVersions', input);
  }

  /** Writes what a container signs into a folder. @returns the paths @throws OssError OSS_FILE_*, OSS_WORK_*, OSS_REQUEST_INVALID */
  unpack(path: string, folder: string): Promise<readonly string[]> {
    return this.#documentWork.run('unpack', { path, folder });
  }

  /** The service contract of a registered transaction, as received. */
  async contract(id: string): Promise<Uint8Array> {
    return readFile(this.#vault.contractPath(id)).catch((cause: unknown) => {
      throw new OssError('OSS_TRANSACTION_STATE', { reason: 'not registered yet' }, { cause });
    });
  }

  /**
   * The service contract, where the provider has one, and the documents as they were imported: the very bytes that are
   * hashed, without the prepared signature behind them.
   */
  async readable(
    id: string,
  ): Promise<{ readonly contract?: ReadableDocument; readonly documents: readonly ReadableDocument[] }> {
    const { documents, registration } = await this.get(id);
    const hasContract = registration === undefined || registration.contractSha256 !== undefined;
    return {
      ...(hasContract && {
        contract: { path: this.#vault.contractPath(id), bytes: (await this.contract(id)).length },
      }),
      documents: documents.map((document, index) => {
        const slot = slotOf(document, index);
        const password = this.#steps.passwordOf(id, slot);
        const path = this.#vault.documentPath(id, slot);
        return { path, bytes: document.bytes, ...(password === undefined ? {} : { password }) };
      }),
    };
  }

  /**
   * Removes the journal of a transaction that has ended, and with it what it says of the signer. The evidence is
   * sealed first, and stays. Nothing happens where it is removed already.
   * @throws OssError OSS_TRANSACTION_STATE before it has ended, OSS_EVIDENCE_NOT_WRITTEN
   */
  async remove(id: string): Promise<void> {
    if (!(await this.has(id))) return;
    const { state } = await this.#steps.seal(id);
    if (!FINAL_STATES.includes(state)) throw new OssError('OSS_TRANSACTION_STATE', { reason: state });
    await this.#steps.forget(id);
    await this.#vault.remove(id);
    await this.#index.remove([id]);
  }

  /** Removes what is left of transactions that ended before this moment. @returns how many */
  async removeEnded(endedBefore: Date): Promise<number> {
    await removeEndedCases(this.#caseStore, endedBefore);
    return removeEnded({ vault: this.#vault, index: this.#index }, endedBefore, (id) =>
      this.#steps.forget(id),
    );
  }

  /**
   * The password with which a document was imported; forgotten when this process ends.
   * @param index position of the document
   */
  async passwordOf(id: string, index: number): Promise<string | undefined> {
    const document = (await this.get(id)).documents[index];
    return document && this.#steps.passwordOf(id, slotOf(document, index));
  }

  async close(): Promise<void> {
    await this.#steps.close();
    await this.cases.settled();
    await this.#index.close();
    await this.#evidence.close();
    await this.#sources.close();
    await this.#lock.release();
  }
}

/** @throws OssError OSS_ANCHOR_NEEDED where there is none that can be read */
function anchorsIn(pem: string): Certificate[] {
  try {
    return certificatesFromPem(pem);
  } catch (cause) {
    throw new OssError('OSS_ANCHOR_NEEDED', {}, { cause });
  }
}
