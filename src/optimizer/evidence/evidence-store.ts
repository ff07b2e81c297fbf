import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { z } from 'zod';
import { canonicalJson, type JsonObject } from '../../base/canonical-json.ts';
import {
  listIfPresent,
  readTextIfPresent,
  removePartials,
  writeFileDurably,
} from '../../base/durable-file.ts';
import { CHAIN_START, hashChain } from '../../base/hash-chain.ts';
import { SerialQueue } from '../../base/keyed-queue.ts';
import { OssError } from '../../contract/errors.ts';
import {
  type EvidenceContent,
  type EvidenceRecord,
  evidenceRecordSchema,
  type SealedRecord,
  sealedRecordSchema,
  subjectOf,
} from '../../contract/model/evidence.ts';
import { fieldsOf } from '../../contract/refused-fields.ts';
import { EvidenceIndex } from './evidence-index.ts';

/** The newest record: what the next one follows. Kept apart, so that a chain whose end was cut off is noticed. */
const headSchema = evidenceRecordSchema
  .pick({ station: true })
  .extend({ sequence: z.number().int().nonnegative(), hash: sealedRecordSchema.shape.hash });
export type EvidenceHead = z.infer<typeof headSchema>;

const FILE = /^(\d{10})\.json$/;

/** The hash of a record goes over its canonical JSON. */
const CHAIN = hashChain<EvidenceRecord>({
  text: (record) => canonicalJson(record as unknown as JsonObject),
  sequence: ({ sequence }) => sequence,
  previous: ({ previousHash }) => previousHash,
});
export const hashOfRecord = (record: EvidenceRecord): string => CHAIN.hashOf(record);

/**
 * The evidence of a station: one file a record, hash-chained, never changed.
 *
 *     evidence/head.json            station, sequence and hash of the newest record
 *              0000000001.json      canonical JSON of the record and its hash
 *              index.db             what lists say of the records (evidence-index.ts)
 *
 * A record is written before the head. A crash between the two leaves one record more than the head says: it is
 * taken in when its turn comes again.
 */
export class EvidenceStore {
  readonly #directory: string;
  readonly #appends = new SerialQueue();
  #isTidy = false;
  /**
   * Of records that were looked at because the index does not have them: what they are about, where that can be read.
   */
  readonly #unnoted = new Map<number, string | undefined>();
  readonly index: EvidenceIndex;

  /** @param onSetAside told the name of a damaged index, which is made again from the records */
  constructor(dataDirectory: string, onSetAside?: (name: string) => void) {
    this.#directory = join(dataDirectory, 'evidence');
    this.index = new EvidenceIndex(this.#directory, onSetAside);
  }

  /**
   * Seals content as the next record. Done again after a crash, it finds the record that it had written.
   * @throws OssError OSS_EVIDENCE_NOT_WRITTEN, OSS_EVIDENCE_DAMAGED where the end of the chain cannot be read
   */
  append(content: EvidenceContent, entries: number, now: () => Date): Promise<SealedRecord> {
    return this.#appends.run(() =>
      this.#append(content, entries, now).catch((cause: unknown) => {
        throw cause instanceof OssError ? cause : new OssError('OSS_EVIDENCE_NOT_WRITTEN', {}, { cause });
      }),
    );
  }

  /** @throws OssError OSS_EVIDENCE_DAMAGED for a record that cannot be read, OSS_EVIDENCE_NOT_FOUND for none */
  async read(sequence: number): Promise<SealedRecord> {
    const sealed = await this.#readIfThere(sequence);
    if (!sealed) throw new OssError('OSS_EVIDENCE_NOT_FOUND', { record: sequence });
    return sealed;
  }

  /** Undefined where no record has been written. @throws OssError OSS_EVIDENCE_DAMAGED */
  async head(): Promise<EvidenceHead | undefined> {
    const text = await readTextIfPresent(join(this.#directory, 'head.json'));
    if (text === undefined) return undefined;
    const parsed = headSchema.safeParse(jsonOf(text));
    if (!parsed.success) throw new OssError('OSS_EVIDENCE_DAMAGED', { reason: 'head.json' });
    return parsed.data;
  }

  /** Numbers of the records that are there, in order. */
  async sequences(): Promise<number[]> {
    const names = await listIfPresent(this.#directory);
    const numbers = names.map((name) => Number(FILE.exec(name)?.[1] ?? 0));
    return numbers.filter((sequence) => sequence > 0).sort((a, b) => a - b);
  }

  close(): Promise<void> {
    return this.index.close();
  }

  async #append(content: EvidenceContent, entries: number, now: () => Date): Promise<SealedRecord> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    // Who appends owns the folder.
    if (!this.#isTidy) await removePartials(this.#directory);
    this.#isTidy = true;
    const head = await this.#currentHead();
    const written = await this.#findWritten(content, entries, head.sequence);
    if (written) return written;
    const sequence = head.sequence + 1;
    const record: EvidenceRecord = {
      format: 'one-shot-evidence-1',
      station: head.station,
      sequence,
      previousHash: head.hash,
      sealedAt: now().toISOString(),
      entries,
      content,
    };
    const sealed: SealedRecord = { record, hash: hashOfRecord(record) };
    const path = this.pathOf(sequence);
    const text = canonicalJson(sealed as unknown as JsonObject);
    // A record that nobody could read again would be in the chain for good.
    const { error } = sealedRecordSchema.safeParse(JSON.parse(text));
    if (error) throw new OssError('OSS_EVIDENCE_NOT_WRITTEN', { fields: fieldsOf(error) });
    await writeFileDurably(path, `${text}\n`);
    await this.#moveHead(head.station, sealed);
    await this.index.note([{ sealed, path }]);
    return sealed;
  }

  /** Takes in the one record that was written when the station was killed before it could move the head. */
  async #currentHead(): Promise<EvidenceHead> {
    const head = (await this.head()) ?? (await this.#begin());
    const next = await this.#readIfThere(head.sequence + 1);
    if (next?.record.previousHash !== head.hash) return head;
    await this.#moveHead(head.station, next);
    await this.index.note([{ sealed: next, path: this.pathOf(next.record.sequence) }]);
    return { station: head.station, sequence: next.record.sequence, hash: next.hash };
  }

  /**
   * The record of this content, if it was written and only its journal does not know. By the index, and by every record
   * that a full disk kept out of it: neither times nor places in the chain say where it is, once a clock was set.
   */
  async #findWritten(
    content: EvidenceContent,
    entries: number,
    last: number,
  ): Promise<SealedRecord | undefined> {
    const subject = subjectOf(content);
    const found = (sequence: number) => this.#readIfThere(sequence).catch(() => undefined); // damage is for `check` to name
    const isOurs = ({ record }: SealedRecord): boolean =>
      subjectOf(record.content) === subject && record.entries === entries;
    for (const sequence of await this.index.about(subject)) {
      const sealed = await found(sequence);
      if (sealed && isOurs(sealed)) return sealed;
    }
    let ours: SealedRecord | undefined;
    for (const sequence of await this.index.missing(last)) {
      if (this.#unnoted.has(sequence) && this.#unnoted.get(sequence) !== subject) continue;
      const sealed = await found(sequence);
      this.#unnoted.set(sequence, sealed && subjectOf(sealed.record.content));
      if (!sealed) continue;
      await this.index.note([{ sealed, path: this.pathOf(sequence) }]);
      if (isOurs(sealed)) ours = sealed;
    }
    return ours;
  }

  /** Of a new chain, written before its first record. Records without a head: somebody took it away. They stay as they are, and the next one follows the last. */
  async #begin(): Promise<EvidenceHead> {
    const last = (await this.sequences()).at(-1);
    if (last === undefined) {
      const head = { station: randomBytes(16).toString('hex'), sequence: 0, hash: CHAIN_START };
      await this.#writeHead(head);
      return head;
    }
    const { record, hash } = await this.read(last);
    return { station: record.station, sequence: record.sequence, hash };
  }

  #moveHead(station: string, { record: { sequence }, hash }: SealedRecord): Promise<void> {
    return this.#writeHead({ station, sequence, hash });
  }

  #writeHead(head: EvidenceHead): Promise<void> {
    return writeFileDurably(join(this.#directory, 'head.json'), `${canonicalJson(head)}\n`);
  }

  async #readIfThere(sequence: number): Promise<SealedRecord | undefined> {
    const text = await readTextIfPresent(this.pathOf(sequence));
    if (text === undefined) return undefined;
    const parsed = sealedRecordSchema.safeParse(jsonOf(text));
    if (!parsed.success) throw new OssError('OSS_EVIDENCE_DAMAGED', { record: sequence });
    return parsed.data;
  }

  pathOf(sequence: number): string {
    // Without `join`: a list asks for each of ten thousand.
    return `${this.#directory}${sep}${String(sequence).padStart(10, '0')}.json`;
  }
}

/** Undefined for what is no JSON: no schema takes it. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
