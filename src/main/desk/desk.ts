import { mkdir } from 'node:fs/promises';
import { OssError, toOssError } from '../../contract/errors.ts';
import type { CeremonyView } from '../../contract/ipc/ceremony.ts';
import type { WorkProgress } from '../../contract/ipc/progress.ts';
import type { Interruption, TransactionView } from '../../contract/ipc/transactions.ts';
import type { Identity } from '../../contract/model/identity.ts';
import type { LevelChoice } from '../../contract/model/signature-level.ts';
import {
  FINAL_STATES,
  type ImportedDocument,
  type SignatureOptions,
  type Transaction,
} from '../../contract/model/transaction.ts';
import type { DocumentWork, NewDocument, Optimizer, WorkOptions } from '../../optimizer/index.ts';
import type { Connection } from '../service/connection.ts';
import type { SignerWindow } from '../windows/signer-window.ts';
import { Ceremony } from './ceremony.ts';
import { grantCeremonyDocuments } from './ceremony-documents.ts';
import { isMeant } from './find-transactions.ts';
import { toWorkProgress } from './progress.ts';
import { type NewIdPicture, registerWithPictures } from './register-with-pictures.ts';
import { TransactionPapers } from './transaction-papers.ts';
import { viewOf } from './transaction-view.ts';

export interface DeskOptions {
  connect(): Promise<Connection>;
  readonly work: DocumentWork;
  openSignerWindow(): SignerWindow;
  /** The signer's window has gone, and another customer may come. */
  onReleased(): void;
  /** Folder for the signed files. */
  deliverTo(): string;
  organisation(): string;
  level(): LevelChoice;
  /** Where the signatures of documents that an application sent are to be seen. */
  place(documents: readonly ImportedDocument[], identity: Identity): Promise<SignatureOptions[]>;
  onTransaction(view: TransactionView): void;
  onProgress(progress: WorkProgress): void;
  onInterrupted(interruption: Interruption): void;
  onCeremony(view: CeremonyView, window: SignerWindow): void;
  onCeremonyProgress(progress: WorkProgress, window: SignerWindow): void;
}

/** Ended ones that a search looks at, the newest first: a year of a busy desk. */
const MOST_SEARCHED = 5000;
const MOST_FOUND = 100;

interface HandOver {
  readonly ceremony: Ceremony;
  readonly window: SignerWindow;
}

/** The clerk's desk: transactions on one side, the one signer who has the screen on the other. */
export class Desk {
  readonly #options: DeskOptions;
  #handOver: HandOver | undefined;
  /** The signer's window is gone, by no wish of anybody. */
  #hasCrashed = false;
  /** The transaction that is being handed over at this moment. */
  #coming: string | undefined;
  #stop: (() => void) | undefined;
  readonly papers: TransactionPapers;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.papers = new TransactionPapers(() => options.connect());
  }

  /** A signer has the screen. */
  get hasSigner(): boolean {
    return this.#handOver !== undefined || this.#coming !== undefined;
  }

  /** The signer who has the screen has this transaction on it. */
  signsNow(id: string): boolean {
    return id === this.#coming || id === this.#handOver?.ceremony.transactionId;
  }

  /** A transaction is new or has changed, by the desk or by an application. */
  changed(transaction: Transaction): void {
    this.#options.onTransaction(viewOf(transaction, this.#followOf(transaction.id)));
  }

  /** Newest first. */
  async list(): Promise<TransactionView[]> {
    const { optimizer } = await this.#options.connect();
    const transactions = await optimizer.list();
    return transactions
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
      .map((transaction) => viewOf(transaction, this.#followOf(transaction.id)));
  }

  /** Those that a clerk means, also long ago; newest first. */
  async find(words: string): Promise<TransactionView[]> {
    const { optimizer } = await this.#options.connect();
    const found = (await optimizer.list({ ended: MOST_SEARCHED })).filter((one) => isMeant(one, words));
    return found
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
      .slice(0, MOST_FOUND)
      .map((transaction) => viewOf(transaction, this.#followOf(transaction.id)));
  }

  /** Imports, registers and prepares; what fails on the way is cancelled, so that nothing half-made remains. */
  async create(
    identity: Identity,
    documents: readonly NewDocument[],
    pictures: readonly NewIdPicture[] = [],
  ): Promise<TransactionView> {
    const { profile, registrationAuthority } = await this.#options.connect();
    const [deliverTo, level] = [this.#options.deliverTo(), this.#options.level()];
    await mkdir(deliverTo, { recursive: true });
    const organisation = this.#options.organisation();
    const chosen = level === 'automatic' ? {} : { level };
    const input = { identity, documents, profile, registrationAuthority, organisation, deliverTo, ...chosen };
    return this.begin(documents.length, (optimizer, work) => optimizer.create(input, work), pictures);
  }

  /**
   * Registers and prepares what `make` imports; what fails on the way is cancelled.
   * @param documents how many
   */
  async begin(
    documents: number,
    make: (optimizer: Optimizer, work: WorkOptions) => Promise<Transaction>,
    pictures: readonly NewIdPicture[] = [],
  ): Promise<TransactionView> {
    const { optimizer, service } = await this.#options.connect();
    const work = this.#work();
    const { id } = await make(optimizer, work);
    const stopped = new Promise<never>((_, reject) => {
      this.#stop = () => reject(new OssError('OSS_STOPPED'));
    });
    try {
      this.#options.onProgress({ step: 'registering', document: 1, documents });
      const begun = async () => {
        await registerWithPictures(optimizer, service, id, pictures);
        return optimizer.prepare(id, work);
      };
      await Promise.race([begun(), stopped]);
    } catch (error) {
      const cancelled = optimizer.cancel(id);
      // Behind a call that hangs it would hang too: it follows when that call has ended.
      if (toOssError(error).code === 'OSS_STOPPED') void cancelled.catch(() => undefined);
      else await cancelled;
      throw error;
    } finally {
      this.#stop = undefined;
    }
    return this.#announce(optimizer, id);
  }

  /** Ends the waiting for a transaction that is being made. */
  stop(): void {
    this.#stop?.();
  }

  /** The signer who called has been seen to. */
  takeCall(id: string): void {
    if (this.#handOver?.ceremony.transactionId === id) this.#handOver.ceremony.takeCall();
  }

  async cancel(id: string): Promise<TransactionView> {
    const { optimizer } = await this.#options.connect();
    if (this.#handOver?.ceremony.transactionId === id) await this.takeBack();
    await optimizer.cancel(id);
    return this.#announce(optimizer, id);
  }

  /** The identity and the original files of a transaction that is to be made again; it is cancelled itself. */
  async startAgain(id: string): Promise<{ identity: Identity; paths: string[] }> {
    const { optimizer } = await this.#options.connect();
    const { state, identity, documents } = await optimizer.get(id);
    if (!FINAL_STATES.includes(state)) await this.cancel(id);
    return { identity, paths: documents.map(({ sourcePath }) => sourcePath) };
  }

  async deliver(id: string): Promise<TransactionView> {
    const { optimizer } = await this.#options.connect();
    await optimizer.deliver(id, this.#work());
    return this.#announce(optimizer, id);
  }

  /**
   * @throws OssError OSS_TRANSACTION_BUSY while another signer has the screen, OSS_TRANSACTION_STATE for what is
   *   completed in the application that began it
   */
  async handOver(id: string): Promise<TransactionView> {
    if (this.hasSigner) throw new OssError('OSS_TRANSACTION_BUSY');
    this.#coming = id;
    try {
      return await this.#open(id);
    } finally {
      this.#coming = undefined;
    }
  }

  async #open(id: string): Promise<TransactionView> {
    const { optimizer, info } = await this.#options.connect();
    const transaction = await this.#readyForSigner(optimizer, id);
    const readable = await optimizer.readable(id);
    const contract = readable.contract && {
      ...readable.contract,
      ...(await this.#options.work.run('glance', { path: readable.contract.path })),
    };
    const pagesShownBefore = await optimizer.pagesShown(id);
    const window = this.#options.openSignerWindow();
    const documents = grantCeremonyDocuments(window.grants, { ...readable, contract }, transaction);
    const ceremony = new Ceremony({
      optimizer,
      transaction,
      documents,
      pagesShownBefore,
      organisation: this.#options.organisation(),
      channel: info.profiles.find(({ id }) => id === transaction.profile)?.channel ?? 'sms',
      sandbox: info.mode === 'sandbox',
      sharedScreen: window.sharedScreen,
      withoutReference: info.otp.withoutReference ?? false,
      onChange: () => void this.#followed(),
      onProgress: (progress) => {
        this.#options.onProgress(progress);
        this.#options.onCeremonyProgress(progress, window);
      },
    });
    this.#handOver = { ceremony, window };
    window.onCrash(() => void this.#crashed(ceremony));
    await optimizer.recordAct(id, { type: 'handedOver', turnedScreen: window.sharedScreen });
    return this.#announce(optimizer, id);
  }

  /** What an application began becomes, at the latest now, what the desk's own transactions are from the start. */
  async #readyForSigner(optimizer: Optimizer, id: string): Promise<Transaction> {
    const transaction = await askedAgain(optimizer, id);
    const { application } = viewOf(transaction, undefined);
    if (!application) return transaction;
    const { state, documents, identity } = transaction;
    if (application.next !== 'desk') throw new OssError('OSS_TRANSACTION_STATE', { state });
    if (state !== 'registered') return transaction;
    await optimizer.place(id, await this.#options.place(documents, identity));
    return optimizer.prepare(id, this.#work());
  }

  /** The signer's window goes, with all it held; the transaction stays where it is. */
  async takeBack(): Promise<void> {
    const ceremony = this.#handOver?.ceremony;
    this.releaseSigner();
    if (!ceremony) return;
    this.#options.onReleased();
    await ceremony.end();
    const { optimizer } = await this.#options.connect();
    await this.#announce(optimizer, ceremony.transactionId);
  }

  /** Clears the signer's window because nobody can be at it; what is being signed at this moment goes on. */
  async interrupt(reason: Interruption['reason']): Promise<void> {
    const ceremony = this.#handOver?.ceremony;
    if (!ceremony || ceremony.isSigning) return;
    await this.takeBack();
    this.#options.onInterrupted({ id: ceremony.transactionId, reason });
  }

  /** What is being signed goes on; its end finds no window, and the clerk is told then. */
  async #crashed(ceremony: Ceremony): Promise<void> {
    if (this.#handOver?.ceremony !== ceremony) return;
    this.#hasCrashed = true;
    this.#handOver.window.release();
    await this.interrupt('crash');
  }

  /** The display on which the signer's window is, if it is their own. */
  get signersDisplay(): number | undefined {
    const window = this.#handOver?.window;
    return window?.sharedScreen ? undefined : window?.displayId;
  }

  /** @throws OssError OSS_FORBIDDEN for a window that is not the one that was opened for the signer */
  ceremonyOf(contentsId: number): Ceremony {
    const handOver = this.#handOver;
    if (handOver?.window.contentsId !== contentsId) throw new OssError('OSS_FORBIDDEN');
    return handOver.ceremony;
  }

  /** Closes the signer's window without a word to anybody: the station itself is closing. */
  releaseSigner(): void {
    this.#handOver?.window.release();
    this.#handOver = undefined;
    this.#hasCrashed = false;
  }

  async #followed(): Promise<void> {
    if (!this.#handOver) return;
    const { ceremony, window } = this.#handOver;
    this.#options.onCeremony(ceremony.view(), window);
    const { optimizer } = await this.#options.connect();
    await this.#announce(optimizer, ceremony.transactionId);
    if (this.#hasCrashed) await this.interrupt('crash');
  }

  async #announce(optimizer: Optimizer, id: string): Promise<TransactionView> {
    const view = viewOf(await optimizer.get(id), this.#followOf(id));
    this.#options.onTransaction(view);
    return view;
  }

  #followOf(id: string) {
    return this.#handOver?.ceremony.transactionId === id ? this.#handOver.ceremony.follow() : undefined;
  }

  #work() {
    return {
      onProgress: (progress: Parameters<typeof toWorkProgress>[0]) =>
        this.#options.onProgress(toWorkProgress(progress)),
    };
  }
}

/** Before a code was sent, a signer is asked for every document again, also for those that were refused. */
async function askedAgain(optimizer: Optimizer, id: string): Promise<Transaction> {
  const transaction = await optimizer.get(id);
  const isOpen = ['prepared', 'reviewed'].includes(transaction.state);
  return isOpen && transaction.refused?.length ? optimizer.refuseDocuments(id, []) : transaction;
}
