import type { Hash } from 'node:crypto';
import type { SigningServiceDescription } from '../../contract/model/signing-service.ts';
import type { Certificate, CertificateCache } from '../../pki/index.ts';
import type { Journal } from '../journal/journal.ts';
import type { SigningResponse, SigningService } from '../signing-service/port.ts';
import type { Sources } from '../sources/http-sources.adapter.ts';
import type { Vault } from '../vault/vault.ts';
import type { DocumentWork } from '../work/document-work.ts';

/** What the steps of a transaction work with: every effect comes through here. */
export interface StepContext {
  readonly vault: Vault;
  readonly journal: Journal;
  readonly service: SigningService;
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
  description?: SigningServiceDescription;
  /** What the service responded to `sign`, until it is in the files: it is held where a disk is full. */
  response?: SigningResponse | undefined;
  /** Milliseconds by which the clock of the service is ahead of ours. */
  clockOffset?: number;
}

export const newMemory = (): TransactionMemory => ({ prefixHashes: new Map(), passwords: new Map() });

/** Beyond this a code would be spent in vain: the service refuses claimed times that are further off. */
const MAX_DRIFT_MS = 60_000;
/** A response under way makes a second or two. */
const SAME_TIME_MS = 2000;

/**
 * Compares the clocks once more, before a code is sent: one that was set meanwhile is found out while it costs nothing.
 * The documents are prepared by the clock of the service, so that a clock that is merely wrong does no harm.
 * @returns whether what was prepared claims a time that is not true any more
 */
export async function compareClocks(context: StepContext): Promise<boolean> {
  const { memory } = context;
  const before = memory.clockOffset;
  delete memory.description;
  await describedService(context);
  return before !== undefined && Math.abs((memory.clockOffset ?? 0) - before) > MAX_DRIFT_MS;
}

/** The service's description of itself, asked once a transaction, and the difference of the clocks. */
export async function describedService(context: StepContext): Promise<SigningServiceDescription> {
  const { memory, service, now } = context;
  if (!memory.description) {
    memory.description = await service.describe();
    memory.clockOffset = Date.parse(memory.description.time) - now().getTime();
  }
  return memory.description;
}

/** The time of the service, as far as it is known: what it stamps and issues is true by its clock, not by ours. */
export const serviceTime = ({ now, memory }: StepContext): Date =>
  new Date(now().getTime() + (memory.clockOffset ?? 0));

/**
 * Asks the service again what time it is, because by what is known of its clock something is not valid.
 * @returns whether its clock stands otherwise than was known; false where it cannot be asked
 */
export async function hasOtherTime(context: StepContext): Promise<boolean> {
  const { memory } = context;
  const before = memory.clockOffset ?? 0;
  await compareClocks(context).catch(() => undefined);
  return Math.abs((memory.clockOffset ?? before) - before) > SAME_TIME_MS;
}
