import { OssError, toOssError } from '../../contract/errors.ts';
import type { CeremonyView } from '../../contract/ipc/ceremony.ts';
import type { WorkProgress } from '../../contract/ipc/progress.ts';
import type { Follow, SignerStep } from '../../contract/ipc/transactions.ts';
import type { Channel } from '../../contract/model/channel.ts';
import type { CeremonyAct } from '../../contract/model/evidence.ts';
import type { Language } from '../../contract/model/language.ts';
import { type PageRanges, rangesOf } from '../../contract/model/page-ranges.ts';
import type { Transaction } from '../../contract/model/transaction.ts';
import type { Optimizer } from '../../optimizer/index.ts';
import type { CeremonyDocument } from './ceremony-documents.ts';
import { viewOfCeremony } from './ceremony-view.ts';
import { CodeRequest } from './code-request.ts';
import { consentGiven } from './consent.ts';
import { toWorkProgress } from './progress.ts';
import { Reading } from './reading.ts';

/** The steps of the Optimizer that a signer's acts lead to. */
export type SigningSteps = Pick<
  Optimizer,
  'recordAct' | 'refuseDocuments' | 'confirmReview' | 'sendCode' | 'sign' | 'deliver' | 'cancel' | 'get'
>;

export interface CeremonyOptions {
  readonly optimizer: SigningSteps;
  readonly transaction: Transaction;
  readonly documents: readonly CeremonyDocument[];
  /** What the journal knows of an earlier hand-over of the same transaction. */
  readonly pagesShownBefore: readonly {
    readonly document: number | 'contract';
    readonly shown: PageRanges;
  }[];
  readonly organisation: string;
  /** How the code reaches the signer. */
  readonly channel: Channel;
  readonly sandbox: boolean;
  readonly sharedScreen: boolean;
  /** Codes come in messages that do not show the reference: there is nothing to compare. */
  readonly withoutReference?: boolean;
  readonly now?: () => Date;
  onChange(): void;
  onProgress(progress: WorkProgress): void;
}

/**
 * One person at the signer's window, from welcome to done. Steps follow one another here, in the main
 * process: a window that skips a page or a tick is refused.
 */
export class Ceremony {
  readonly #options: CeremonyOptions;
  readonly #reading: Reading;
  #transaction: Transaction;
  #step: SignerStep;
  #language: Language;
  #wrongNumber = false;
  /** Ids of the documents that the signer did not agree to. */
  #refused: readonly string[] = [];
  /** Documents of which pages were shown that the journal does not know yet. */
  readonly #unrecorded = new Set<number>();
  #triesLeft: number | undefined;
  #called = false;
  readonly #code: CodeRequest;

  constructor(options: CeremonyOptions) {
    this.#options = options;
    this.#transaction = options.transaction;
    this.#language = options.transaction.identity.language;
    this.#reading = new Reading(options.documents);
    this.#code = new CodeRequest({
      send: () => options.optimizer.sendCode(this.transactionId, { onProgress: this.#report }),
      now: options.now ?? (() => new Date()),
      onConfirmed: async () => {
        await this.#refresh();
        this.#changed();
      },
    });
    for (const { document, shown } of options.pagesShownBefore) {
      this.#reading.restore(document === 'contract' ? 0 : document + this.#contracts, shown);
    }
    // Handed over again after a code was sent: what was read and agreed to stands.
    this.#step = ['otpSent', 'signing'].includes(options.transaction.state) ? 'code' : 'welcome';
  }

  get transactionId(): string {
    return this.#transaction.id;
  }

  get isSigning(): boolean {
    return this.#step === 'signing';
  }

  view(): CeremonyView {
    return viewOfCeremony({
      ...this.#options,
      transaction: this.#transaction,
      reading: this.#reading,
      step: this.#step,
      language: this.#language,
      refused: this.#refused,
      wrongNumber: this.#wrongNumber,
      called: this.#called,
      triesLeft: this.#triesLeft,
      unconfirmedUntil: this.#code.unconfirmedUntil,
    });
  }

  follow(): Follow {
    return {
      step: this.#step,
      pagesShown: this.#reading.shown,
      pages: this.#reading.total,
      wrongNumber: this.#wrongNumber,
      called: this.#called,
      codeUnconfirmed: this.#code.unconfirmedUntil !== undefined,
      sharedScreen: this.#options.sharedScreen,
      ...(this.#triesLeft !== undefined && { triesLeft: this.#triesLeft }),
    };
  }

  setLanguage(language: Language): CeremonyView {
    this.#language = language;
    return this.#changed();
  }

  async begin(): Promise<CeremonyView> {
    this.#expect('welcome');
    await this.#record({ type: 'begun', language: this.#language });
    return this.#goTo('reading');
  }

  /** A document is written down when its last page was shown; what is left of others when the screen goes back. */
  async pageShown(id: string, page: number): Promise<CeremonyView> {
    this.#expect('reading', 'agreement');
    const document = this.#options.documents.findIndex((one) => one.id === id);
    const before = this.#reading.isWhole(document);
    this.#reading.show(document, page);
    if (!before && this.#reading.isWhole(document)) await this.#recordPages(document);
    else this.#unrecorded.add(document);
    return this.#changed();
  }

  /** A page that the window could not draw: it does not count, and its document cannot be agreed to. */
  async pageNotDrawn(id: string, page: number): Promise<CeremonyView> {
    this.#expect('reading', 'agreement');
    const index = this.#options.documents.findIndex((one) => one.id === id);
    if (this.#reading.cannotShow(index, page)) {
      const pages = rangesOf(this.#reading.pagesIncomplete(index));
      await this.#record({ type: 'pagesNotDrawn', document: this.#inEvidence(index), pages });
    }
    return this.#changed();
  }

  finishReading(): CeremonyView {
    this.#expect('reading');
    if (!this.#reading.isComplete) throw new OssError('OSS_TRANSACTION_STATE', { reason: 'pages are left' });
    return this.#goTo('agreement');
  }

  readAgain(): CeremonyView {
    this.#expect('agreement');
    return this.#goTo('reading');
  }

  /**
   * The contract and at least one document have their tick; what has none is refused and not signed.
   * @param agreed ids of documents, each of which was shown whole
   * @throws OssError OSS_REQUEST_INVALID for anything else; OSS_OTP_*, OSS_SERVICE_*
   */
  async agree(agreed: readonly string[]): Promise<CeremonyView> {
    this.#expect('agreement');
    const all = this.#toSign;
    const isContractRead = this.#contracts === 0 || this.#reading.isWhole(0);
    if (agreed.length === 0 || !isContractRead || !agreed.every((id) => this.#mayAgreeTo(id)))
      throw new OssError('OSS_REQUEST_INVALID', { fields: ['documents'] });
    await this.#record({
      type: 'consented',
      ...consentGiven(this.#language, all, agreed, this.#contracts > 0),
    });
    const refused = all.flatMap(({ id }, position) => (agreed.includes(id) ? [] : [position]));
    await this.#options.optimizer.refuseDocuments(this.transactionId, refused);
    this.#refused = refused.map((position) => all[position]?.id ?? '');
    await this.#options.optimizer.confirmReview(this.transactionId);
    await this.#sendCode();
    return this.#goTo('code');
  }

  /** Nobody waits any longer for the code that is being asked for. */
  stopWaiting(): void {
    this.#code.stopWaiting();
  }

  callClerk(): CeremonyView {
    this.#called = true;
    return this.#changed();
  }

  /** The clerk has seen to the signer. */
  takeCall(): void {
    this.#called = false;
    this.#changed();
  }

  async resendCode(): Promise<CeremonyView> {
    this.#expect('code');
    await this.#sendCode();
    return this.#changed();
  }

  async reportWrongNumber(): Promise<CeremonyView> {
    this.#expect('code', 'agreement');
    if (!this.#wrongNumber) await this.#record({ type: 'phoneDisputed' });
    this.#wrongNumber = true;
    return this.#changed();
  }

  /** Signs and delivers. A refused code leaves the signer at the code, with the tries that are left. */
  async sign(code: string): Promise<CeremonyView> {
    this.#expect('code');
    const { optimizer } = this.#options;
    const work = { onProgress: this.#report };
    this.#goTo('signing');
    try {
      await optimizer.sign(this.transactionId, { type: 'otp', code }, work);
    } catch (thrown) {
      const error = toOssError(thrown);
      const { triesLeft } = error.details;
      if (typeof triesLeft === 'number') this.#triesLeft = triesLeft;
      await this.#refresh();
      this.#goTo('code');
      throw error;
    }
    // Signed: a folder that cannot be written is the clerk's business, not the signer's.
    await optimizer.deliver(this.transactionId, work).catch(() => undefined);
    await this.#refresh();
    return this.#goTo('done');
  }

  async decline(): Promise<CeremonyView> {
    this.#expect('welcome', 'reading', 'agreement', 'code');
    await this.#recordRest();
    await this.#record({ type: 'declined' });
    await this.#options.optimizer.cancel(this.transactionId);
    await this.#refresh();
    return this.#goTo('declined');
  }

  /** The screen goes back to the clerk, wherever the signer is. */
  async end(): Promise<void> {
    await this.#recordRest();
    await this.#record({ type: 'takenBack' });
  }

  async #record(act: CeremonyAct): Promise<void> {
    await this.#options.optimizer.recordAct(this.transactionId, act);
  }

  async #recordPages(index: number): Promise<void> {
    const { pages } = this.#options.documents[index] ?? {};
    if (pages === undefined) return;
    this.#unrecorded.delete(index);
    const document = this.#inEvidence(index);
    await this.#record({ type: 'pagesShown', document, shown: this.#reading.rangesShown(index), pages });
  }

  async #recordRest(): Promise<void> {
    for (const document of [...this.#unrecorded].sort()) {
      if (!this.#reading.isWhole(document)) await this.#recordPages(document);
    }
    this.#unrecorded.clear();
  }

  /** Some providers have no contract; where there is one, it comes first on the screen. */
  get #contracts(): number {
    return this.#options.documents.filter(({ kind }) => kind === 'contract').length;
  }

  /** Documents are counted without the contract. */
  #inEvidence(index: number): number | 'contract' {
    return index < this.#contracts ? 'contract' : index - this.#contracts;
  }

  get #toSign(): readonly CeremonyDocument[] {
    return this.#options.documents.filter(({ kind }) => kind === 'document');
  }

  #mayAgreeTo(id: string): boolean {
    const index = this.#options.documents.findIndex((one) => one.id === id);
    return index >= this.#contracts && this.#reading.isWhole(index);
  }

  async #sendCode(): Promise<void> {
    await this.#code.ask();
    this.#triesLeft = undefined;
    await this.#refresh();
  }

  readonly #report = (progress: Parameters<typeof toWorkProgress>[0]): void =>
    this.#options.onProgress(toWorkProgress(progress));

  async #refresh(): Promise<void> {
    this.#transaction = await this.#options.optimizer.get(this.transactionId);
  }

  #expect(...steps: SignerStep[]): void {
    if (!steps.includes(this.#step)) throw new OssError('OSS_TRANSACTION_STATE', { step: this.#step });
  }

  #goTo(step: SignerStep): CeremonyView {
    this.#step = step;
    return this.#changed();
  }

  #changed(): CeremonyView {
    this.#options.onChange();
    return this.view();
  }
}
