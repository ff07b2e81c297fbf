import type { Hash } from 'node:crypto';
import type { ServiceInfo } from '../../contract/service-api/info.ts';
import type { Certificate, CertificateCache } from '../../pki/index.ts';
import type { SignatureService } from '../remote/port.ts';
import type { Sources } from '../sources/http-sources.adapter.ts';
import type { Vault } from '../vault/vault.ts';
import type { DocumentWork } from '../work/document-work.ts';
import type { Journal } from './journal.ts';

/** What the steps of a transaction work with: every effect comes through here. */
export interface StepContext {
  readonly vault: Vault;
  readonly journal: Journal;
  readonly service: SignatureService;
  /** Pinned roots; what the service says about itself never adds to them. */
  readonly anchors: readonly Certificate[];
  readonly certificates: CertificateCache;
  /** Time stamps and validation data for long-term levels. */
  readonly sources: Sources;
  /** Time-stamp authorities of the settings, asked in this order. */
  readonly timestampUrls: readonly string[];
  readonly now: () => Date;
  readonly newKey: () => string;
  /** Path of the typeface of visible signatures. */
  readonly signatureFont: string;
  /** Whatever looks into a document. */
  readonly documentWork: DocumentWork;
  readonly memory: TransactionMemory;
}

/** What a transaction knows only while its process lives; everything here can be made again. */
export interface TransactionMemory {
  /** State of SHA-256 after the original bytes, by slot. */
  readonly prefixHashes: Map<number, Hash>;
  /** Passwords that open documents: asked for again after a restart, never written. */
  readonly passwords: Map<number, string>;
  info?: ServiceInfo;
  /** Milliseconds by which the clock of the service is ahead of ours. */
  clockOffset?: number;
}

export const newMemory = (): TransactionMemory => ({ prefixHashes: new Map(), passwords: new Map() });

/** The service's description of itself, asked once a transaction, and the difference of the clocks. */
export async function serviceInfo(context: StepContext): Promise<ServiceInfo> {
  const { memory, service, now } = context;
  if (!memory.info) {
    memory.info = await service.info();
    memory.clockOffset = Date.parse(memory.info.time) - now().getTime();
  }
  return memory.info;
}
