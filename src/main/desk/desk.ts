import { mkdir } from 'node:fs/promises';
import { OssError, toOssError } from '../../contract/errors.ts';
import type { CeremonyView } from '../../contract/ipc/ceremony.ts';
import type { WorkProgress } from '../../contract/ipc/progress.ts';
import type { Interruption, ShownDocument, TransactionView } from '../../contract/ipc/transactions.ts';
import type { Delivery } from '../../contract/model/delivery.ts';
import { pagesIncomplete } from '../../contract/model/document-notes.ts';
import type { SealedRecord } from '../../contract/model/evidence.ts';
import type { IdPictureSide } from '../../contract/model/id-picture.ts';
import type { Identity } from '../../contract/model/identity.ts';
import type { LevelChoice } from '../../contract/model/signature-level.ts';
import {
  FINAL_STATES,
  type ImportedDocument,
  type SignatureOptions,
  type Transaction,
} from '../../contract/model/transaction.ts';
import type { DocumentWork, NewDocument, Optimizer } from '../../optimizer/index.ts';
import type { DocumentGrants } from '../documents/grants.ts';
import type { Connection } from '../service/connection.ts';
import type { SignerWindow } from '../windows/signer-window.ts';
import { Ceremony, type CeremonyDocument } from './ceremony.ts';
import { toWorkProgress } from './progress.ts';
import { shownDocuments } from './shown-documents.ts';
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

/** A picture of the identification, for the registration authority alone. */
export interface NewIdPicture {
  readonly side: IdPictureSide;
  read(): Promise<Uint8Array>;
}

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

  constructor(options: DeskOptions) {
    this.#options = options;
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

  /** Imports, registers and prepares; what fails on the way is cancelled, so that nothing half-made remains. */
  async create(
    identity: Identity,
    documents: readonly NewDocument[],
    pictures: readonly NewIdPicture[] = [],
  ): Promise<TransactionView> {
    const { optimizer, service, profile, registrationAuthority } = await this.#options.connect();
    const work = this.#work();
    const [deliverTo, level] = [this.#options.deliverTo(), this.#options.level()];
    await mkdir(deliverTo, { recursive: true });
    const { id } = await optimizer.create(
      {
        identity,
        documents,
        profile,
        registrationAuthority,
        organisation: this.#options.organisation(),
        deliverTo,
        ...(level === 'automatic' ? {} : { level }),
      },
      work,
    );
    const stopped = new Promise<never>((_, reject) => {
      this.#stop = () => reject(new OssError('OSS_STOPPED'));
    });
    try {
      this.#options.onProgress({ step: 'registering', document: 1, documents: documents.length });
      const begun = async () => {
        const { takesPictures = false, addIdPicture } = service.registration;
        const taken = takesPictures
          ? await Promise.all(pictures.map(async ({ side, read }) => ({ side, picture: await read() })))
          : [];
        const { registration } = await optimizer.register(id, taken);
        for (const { side, read } of takesPictures || !addIdPicture ? [] : pictures)
          await service.registration.addIdPicture?.(registration?.requestId ?? '', side, await read());
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
    const documents: CeremonyDocument[] = [
      ...(contract
        ? [
            {
              id: window.grants.grant(contract),
              kind: 'contract' as const,
              name: '',
              bytes: contract.bytes,
              pages: contract.pages,
            },
          ]
        : []),
      ...readable.documents.map((file, index): CeremonyDocument => {
        const { name = '', pages = 1, notes = [], options } = transaction.documents[index] ?? {};
        return {
          id: window.grants.grant(file),
          kind: 'document',
          name,
          bytes: file.bytes,
          pages,
          incomplete: pagesIncomplete(notes),
          ...(options?.visible && {
            signature: { page: options.visible.page, rectangle: options.visible.rectangle },
          }),
        };
      }),
    ];
    const ceremony = new Ceremony({
      optimizer,
      transaction,
      documents,
      pagesShownBefore,
      organisation: this.#options.organisation(),
      sandbox: info.mode === 'sandbox',
      sharedScreen: window.sharedScreen,
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

  /** Grants the clerk's window the documents of a transaction: to be signed, or signed. */
  async documents(id: string, grants: DocumentGrants): Promise<ShownDocument[]> {
    const { optimizer } = await this.#options.connect();
    return shownDocuments(optimizer, id, grants);
  }

  async simulatedSms(id: string): Promise<{ to: string; text: string }[]> {
    const { optimizer, service } = await this.#options.connect();
    const { registration } = await optimizer.get(id);
    if (!registration) return [];
    const messages = (await service.sandboxInbox?.messages(registration.requestId)) ?? [];
    return messages.map(({ to, text }) => ({ to, text }));
  }

  /** What became of the newest code. A service that does not say knows nothing of it. */
  async codeDelivery(id: string): Promise<Delivery> {
    const { optimizer, service } = await this.#options.connect();
    const { registration } = await optimizer.get(id);
    if (!registration || !service.delivery) return { state: 'none' };
    return service.delivery(registration.requestId);
  }

  /** Where the signed files are. */
  async resultPaths(id: string): Promise<readonly string[]> {
    const { optimizer } = await this.#options.connect();
    return (await optimizer.get(id)).delivered ?? [];
  }

  /** @throws OssError OSS_EVIDENCE_* */
  async evidence(id: string): Promise<SealedRecord[]> {
    const { optimizer } = await this.#options.connect();
    return optimizer.evidence(id);
  }

  /** @throws OssError OSS_FILE_NOT_FOUND */
  async resultPath(id: string, index: number): Promise<string> {
    const path = (await this.resultPaths(id))[index];
    if (path === undefined) throw new OssError('OSS_FILE_NOT_FOUND');
    return path;
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
