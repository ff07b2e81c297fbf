/** A PDF opened for reading: objects are read when they are asked for and only a bounded number is kept. */
import { OssError } from '../../contract/errors.ts';
import { type ByteSource, prefixOf } from '../byte-source.ts';
import { decodeStreamData, MAX_INFLATED } from '../syntax/filters.ts';
import {
  dictionaryOf,
  entryOf,
  integerOf,
  NULL,
  nameOf,
  type PdfDictionary,
  type PdfItem,
  type PdfReference,
  type PdfStream,
  type PdfValue,
  rawBytes,
  referenceKey,
} from '../syntax/values.ts';
import { BoundedCache } from './bounded-cache.ts';
import { decryptStrings } from './decrypt-value.ts';
import { type Encryption, openStandardEncryption } from './encryption/standard-handler.ts';
import { readHeaderVersion, readStartXref } from './frame.ts';
import type { FileObject } from './indirect-object.ts';
import type { ObjectReader } from './object-reader.ts';
import { ObjectStream } from './object-stream.ts';
import { PageTree, type PdfPage } from './page-tree.ts';
import { SharedObjects } from './shared-objects.ts';
import { type FoundEntry, readXrefChain, type XrefChain } from './xref-chain.ts';

const CACHED_OBJECT_BYTES = 4 * 1024 * 1024;
const CACHED_STREAM_BYTES = 16 * 1024 * 1024;
const MAX_INDIRECTION = 16;

/** An indirect object with what an update needs to know about where it came from. */
export interface LoadedObject {
  readonly reference: PdfReference;
  readonly value: PdfValue;
  readonly item: PdfItem;
  /** Stood in an object stream, so that its strings are not encrypted on their own (§7.5.7). */
  readonly isCompressed: boolean;
}

export class PdfDocument implements ObjectReader {
  readonly source: ByteSource;
  /** Of the header; the catalog may name a later one. */
  readonly headerVersion: string;
  readonly startXref: number;
  readonly xref: XrefChain;
  readonly #objects = new BoundedCache<string, LoadedObject>(CACHED_OBJECT_BYTES);
  readonly #objectStreams = new BoundedCache<number, ObjectStream>(CACHED_STREAM_BYTES);
  readonly #password: string;
  readonly #shared: SharedObjects;
  readonly #openStreams = new Set<number>();
  #encryption: Encryption | undefined;
  #revision: { readonly end: number; readonly document: Promise<PdfDocument> } | undefined;
  #catalog: { reference: PdfReference; dictionary: PdfDictionary } | undefined;

  private constructor(
    source: ByteSource,
    frame: { readonly headerVersion: string; readonly startXref: number },
    xref: XrefChain,
    password: string,
    shared = new SharedObjects(source),
  ) {
    this.source = source;
    this.headerVersion = frame.headerVersion;
    this.startXref = frame.startXref;
    this.xref = xref;
    this.#password = password;
    this.#shared = shared;
  }

  /** See `openPdf`. */
  static async open(source: ByteSource, password: string, later?: PdfDocument): Promise<PdfDocument> {
    const headerVersion = await readHeaderVersion(source);
    const startXref = await readStartXref(source);
    const xref = await readXrefChain(source, startXref, later?.xref);
    const frame = { headerVersion, startXref };
    const document = new PdfDocument(source, frame, xref, password, later ? later.#shared : undefined);
    await document.#openEncryption();
    await document.#openCatalog();
    return document;
  }

  /**
   * A document whose cross-reference was made again (`src/pdf/repair`). `complete` runs when streams can be decrypted
   * and before anything is looked up: it adds what object streams hold.
   */
  static async openRebuilt(
    source: ByteSource,
    frame: { readonly headerVersion: string; readonly xref: XrefChain; readonly password: string },
    complete: (document: PdfDocument) => Promise<void>,
  ): Promise<PdfDocument> {
    const { headerVersion, xref, password } = frame;
    const document = new PdfDocument(source, { headerVersion, startXref: 0 }, xref, password);
    await document.#openEncryption();
    await complete(document);
    await document.#openCatalog();
    return document;
  }

  /** The document as it was when it ended at `end`: an incremental update leaves what was before as it is. */
  openRevision(end: number): Promise<PdfDocument> {
    // Asked for several times in a row, by whatever judges one signature.
    if (this.#revision?.end === end) return this.#revision.document;
    const document = PdfDocument.open(prefixOf(this.source, end), this.#password, this);
    document.catch(() => undefined);
    this.#revision = { end, document };
    return document;
  }

  /** The document as it was `newer` cross-reference sections ago, whatever the bytes behind that. */
  async openEarlier(newer: number): Promise<PdfDocument> {
    const xref = this.xref.without(newer);
    if (!xref) throw new OssError('OSS_PDF_MALFORMED', { reason: 'no such revision' });
    const frame = { headerVersion: this.headerVersion, startXref: xref.newest.offset };
    const earlier = new PdfDocument(this.source, frame, xref, this.#password, this.#shared);
    await earlier.#openEncryption();
    await earlier.#openCatalog();
    return earlier;
  }

  get size(): number {
    return this.source.size;
  }

  get xrefKind(): 'table' | 'stream' {
    return this.xref.newest.kind;
  }

  get isHybrid(): boolean {
    return this.xref.isHybrid;
  }

  get trailer(): PdfDictionary {
    return this.xref.newest.trailer;
  }

  get encryption(): Encryption | undefined {
    return this.#encryption;
  }

  get catalog(): { readonly reference: PdfReference; readonly dictionary: PdfDictionary } {
    if (!this.#catalog) throw new OssError('OSS_PDF_MALFORMED', { reason: 'no catalog' });
    return this.#catalog;
  }

  /** The later of the header's and the catalog's version (§7.5.2). */
  get version(): string {
    const inCatalog = nameOf(entryOf(this.catalog.dictionary, 'Version')) ?? '';
    return /^\d\.\d$/.test(inCatalog) && inCatalog > this.headerVersion ? inCatalog : this.headerVersion;
  }

  pageCount(): Promise<number> {
    return this.#pageTree().count();
  }

  /** `number` counts from 1. @throws OSS_PDF_PAGE_NOT_FOUND. */
  page(number: number): Promise<PdfPage> {
    return this.#pageTree().page(number);
  }

  #pageTree(): PageTree {
    const root = entryOf(this.catalog.dictionary, 'Pages');
    if (root.kind !== 'reference') throw new OssError('OSS_PDF_MALFORMED', { reason: 'no page tree' });
    return new PageTree(this, root);
  }

  /** The value of an indirect object; one that does not exist is null (§7.3.10). */
  async get(reference: PdfReference): Promise<PdfValue> {
    return (await this.load(reference))?.value ?? NULL;
  }

  /** The entry of a dictionary with references followed to the value. */
  lookup(dictionary: PdfDictionary, key: string): Promise<PdfValue> {
    return this.resolve(entryOf(dictionary, key));
  }

  resolve(value: PdfValue): Promise<PdfValue> {
    return value.kind === 'reference' ? this.#follow(value) : Promise.resolve(value);
  }

  async #follow(reference: PdfReference): Promise<PdfValue> {
    let current: PdfValue = reference;
    for (let hops = 0; current.kind === 'reference'; hops += 1) {
      if (hops >= MAX_INDIRECTION) throw new OssError('OSS_PDF_LIMIT', { reason: 'a chain of references' });
      current = await this.get(current);
    }
    return current;
  }

  async load(reference: PdfReference): Promise<LoadedObject | undefined> {
    const key = referenceKey(reference);
    const known = this.#objects.get(key);
    if (known) return known;
    const found = await this.xref.lookup(reference.number);
    if (!found || found.entry.kind === 'free') return undefined;
    const loaded = await this.#read(reference, found);
    if (loaded) this.#objects.set(key, loaded, rawBytes(loaded.item).length + 256);
    return loaded;
  }

  async #read(reference: PdfReference, { entry }: FoundEntry): Promise<LoadedObject | undefined> {
    if (entry.kind === 'compressed') {
      if (reference.generation !== 0) return undefined;
      const container = await this.objectStream(entry.container);
      const item = container.objectAt(entry.index, reference.number);
      return { reference, value: item.value, item, isCompressed: true };
    }
    if (entry.kind === 'free' || entry.generation !== reference.generation) return undefined;
    const { number, generation, item } = await this.objectAt(entry.offset);
    if (number !== reference.number || generation !== reference.generation) {
      throw new OssError('OSS_PDF_XREF_DAMAGED', { reason: 'an entry does not lead to its object' });
    }
    const cipher = this.#encryption?.cipher;
    const value = cipher ? decryptStrings(item.value, reference, cipher) : item.value;
    return { reference, value, item, isCompressed: false };
  }

  /**
   * What stands at an offset of the file, still encrypted.
   * @throws OSS_PDF_XREF_DAMAGED where no object begins there.
   */
  objectAt(offset: number): Promise<FileObject> {
    return this.#shared.read(this.source, offset);
  }

  /** @throws OSS_PDF_XREF_DAMAGED where the object is not an object stream. */
  async objectStream(number: number): Promise<ObjectStream> {
    const known = this.#objectStreams.get(number);
    if (known) return known;
    if (this.#openStreams.has(number)) throw new OssError('OSS_PDF_LIMIT', { reason: 'object streams loop' });
    this.#openStreams.add(number);
    try {
      const reference: PdfReference = { kind: 'reference', number, generation: 0 };
      const value = await this.get(reference);
      if (value.kind !== 'stream' || nameOf(entryOf(value.dictionary, 'Type')) !== 'ObjStm') {
        throw new OssError('OSS_PDF_XREF_DAMAGED', { reason: 'not an object stream' });
      }
      const stream = new ObjectStream(value.dictionary, await this.streamData(reference, value));
      this.#objectStreams.set(number, stream, stream.size);
      return stream;
    } finally {
      this.#openStreams.delete(number);
    }
  }

  /** The decrypted and decoded data of a structural stream. @throws OSS_PDF_MALFORMED and OSS_PDF_LIMIT. */
  async streamData(owner: PdfReference, stream: PdfStream): Promise<Uint8Array> {
    return decodeStreamData(stream.dictionary, await this.rawStreamData(owner, stream));
  }

  /** The decrypted data of a stream, still in its filters. @throws OSS_PDF_MALFORMED and OSS_PDF_LIMIT. */
  async rawStreamData(owner: PdfReference, stream: PdfStream): Promise<Uint8Array> {
    const length = integerOf(await this.lookup(stream.dictionary, 'Length'));
    if (length === undefined || length < 0 || stream.dataOffset + length > this.size) {
      throw new OssError('OSS_PDF_MALFORMED', { reason: 'stream length' });
    }
    if (length > MAX_INFLATED) throw new OssError('OSS_PDF_LIMIT', { reason: 'stream length' });
    const data = await this.source.read(stream.dataOffset, length);
    return this.#decryptedStream(owner, stream, data);
  }

  async #decryptedStream(owner: PdfReference, stream: PdfStream, data: Uint8Array): Promise<Uint8Array> {
    if (!this.#encryption) return data;
    const { cipher, encryptMetadata, version } = this.#encryption;
    const isMetadata = nameOf(entryOf(stream.dictionary, 'Type')) === 'Metadata';
    if (isMetadata && version >= 4 && !encryptMetadata) return data;
    return cipher.decryptStream(owner, data);
  }

  async #openEncryption(): Promise<void> {
    const dictionary = dictionaryOf(await this.lookup(this.trailer, 'Encrypt'));
    if (!dictionary) return;
    const id = await this.lookup(this.trailer, 'ID');
    const first = id.kind === 'array' ? id.items[0]?.value : undefined;
    const firstId = first?.kind === 'string' ? first.bytes : new Uint8Array(0);
    this.#encryption = openStandardEncryption(dictionary, firstId, this.#password);
    // Objects read until now are the encryption dictionary, whose strings are not encrypted.
  }

  async #openCatalog(): Promise<void> {
    const root = entryOf(this.trailer, 'Root');
    const dictionary = root.kind === 'reference' ? await this.get(root) : NULL;
    if (root.kind !== 'reference' || dictionary.kind !== 'dictionary') {
      throw new OssError('OSS_PDF_MALFORMED', { reason: 'no catalog' });
    }
    this.#catalog = { reference: root, dictionary };
  }
}

/**
 * Opens a document.
 * @throws OSS_PDF_EMPTY, _NOT_A_PDF, _HEADER_JUNK, _TRUNCATED, _XREF_DAMAGED, _MALFORMED, _LIMIT, _PASSWORD_NEEDED
 * and _ENCRYPTION_UNSUPPORTED.
 */
export function openPdf(source: ByteSource, options: { password?: string } = {}): Promise<PdfDocument> {
  return PdfDocument.open(source, options.password ?? '');
}
