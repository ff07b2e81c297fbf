import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { identitySchema } from '../../src/contract/model/identity.ts';
import type { SignatureLevel, Transaction } from '../../src/contract/model/transaction.ts';
import type { VerificationReport } from '../../src/contract/model/verification.ts';
import {
  type DocumentWork,
  type NewDocument,
  Optimizer,
  openSigningService,
  type SigningService,
} from '../../src/optimizer/index.ts';
import { SANDBOX_OFFICER } from '../../src/service/config/sandbox-defaults.ts';

const SIGNATURE_FONT = join(import.meta.dirname, '../../resources/fonts/NotoSans-Regular.ttf');

let signers = 0;

/** Somebody who has not signed before: the service limits how many codes one person gets. */
export function newSigner() {
  signers++;
  return identitySchema.parse({
    givenName: 'Ada',
    surname1: 'Lovelace',
    surname2: 'Byron',
    idDocument: { type: 'IDC', country: 'ES', number: `${10_000_000 + signers}X` },
    email: `ada${signers}@example.com`,
    mobilePhone: `+34600${String(100_000 + signers)}`,
    language: 'en',
  });
}

export interface StationOptions {
  readonly serviceUrl: string;
  /** PEM of the trust anchor. */
  readonly anchor: string;
  /** Vault and output folder are made in it. */
  readonly directory: string;
  readonly timeout?: number;
  readonly now?: () => Date;
  readonly documentWork?: DocumentWork;
  /** Time-stamp authorities for long-term levels; default: that of the service. */
  readonly timestampUrls?: readonly string[];
  readonly onSetAside?: (name: string) => void;
  /** What stands in place of its client of the service. */
  readonly inPlaceOf?: (service: SigningService) => SigningService;
}

/** A workstation as the clerk has it: an Optimizer, its service client, and the folder for signed files. */
export class Station {
  readonly optimizer: Optimizer;
  readonly service: SigningService;
  readonly output: string;

  private constructor(optimizer: Optimizer, service: SigningService, output: string) {
    this.optimizer = optimizer;
    this.service = service;
    this.output = output;
  }

  static async open(options: StationOptions): Promise<Station> {
    const { serviceUrl, anchor, directory, timeout, now, timestampUrls, documentWork, onSetAside } = options;
    const { inPlaceOf = (own) => own } = options;
    const output = join(directory, 'signed');
    await mkdir(output, { recursive: true });
    const { username, password, pin } = SANDBOX_OFFICER;
    const service = openSigningService({
      kind: 'oneshot',
      baseUrl: serviceUrl,
      credentials: { username, password, pin },
      ...(timeout === undefined ? {} : { timeout }),
      ...(now === undefined ? {} : { now }),
    });
    const optimizer = await Optimizer.open({
      dataDirectory: join(directory, 'station'),
      service: inPlaceOf(service),
      anchors: anchor,
      signatureFontPath: SIGNATURE_FONT,
      ...(timestampUrls === undefined ? {} : { timestampUrls }),
      ...(now === undefined ? {} : { now }),
      ...(documentWork === undefined ? {} : { documentWork }),
      ...(onSetAside === undefined ? {} : { onSetAside }),
    });
    return new Station(optimizer, service, output);
  }

  /** From picked files to the moment before the code is asked for. */
  async review(documents: readonly NewDocument[], level: SignatureLevel = 'B-T'): Promise<Transaction> {
    const { id } = await this.optimizer.create({
      identity: newSigner(),
      documents,
      profile: 'single-use-p256',
      registrationAuthority: SANDBOX_OFFICER.registrationAuthority,
      level,
      deliverTo: this.output,
    });
    await this.optimizer.register(id);
    await this.optimizer.prepare(id);
    return this.optimizer.confirmReview(id);
  }

  /** Asks for a code and reads it from the simulated SMS: the code comes last in its text. */
  async receiveCode({ id, registration }: Transaction): Promise<string> {
    await this.optimizer.sendCode(id);
    const messages = await this.service.sandboxInbox?.messages(registration?.requestId ?? '');
    const code = /(\d{4,10})\D*$/.exec(messages?.at(-1)?.text ?? '')?.[1];
    if (code === undefined) throw new Error('no code in the simulated SMS');
    return code;
  }

  /** One transaction from end to end. */
  async signAll(documents: readonly NewDocument[], level?: SignatureLevel): Promise<VerificationReport[]> {
    const transaction = await this.review(documents, level);
    const code = await this.receiveCode(transaction);
    await this.optimizer.sign(transaction.id, { type: 'otp', code });
    return this.optimizer.deliver(transaction.id);
  }

  /** Names in the folder for signed files: nothing may be there before a signature is complete. */
  delivered(): Promise<string[]> {
    return readdir(this.output);
  }

  async close(): Promise<void> {
    await this.optimizer.close();
    await this.service.close();
  }
}
