/** Objects of one incremental update (ISO 32000-2 §7.5.6): new ones, and new versions of old ones. */
import { OssError } from '../../contract/errors.ts';
import type { LoadedObject, PdfDocument } from '../read/document.ts';
import type { RandomBytes } from '../read/encryption/object-cipher.ts';
import { encodeTextString } from '../syntax/text-string.ts';
import type { PdfArray, PdfDictionary, PdfItem, PdfReference } from '../syntax/values.ts';
import { type Syntax, writeArray, writeDictionary, writeRaw, writeString } from '../syntax/writer.ts';

/** The largest object number of ISO 32000-2 annex C that every reader accepts. */
const MAX_OBJECT_NUMBER = 8_388_607;

export interface RevisionObject {
  readonly reference: PdfReference;
  readonly body: Buffer;
}

export class Revision {
  readonly document: PdfDocument;
  readonly randomBytes: RandomBytes;
  readonly #objects = new Map<number, RevisionObject>();
  #nextNumber: number;

  constructor(document: PdfDocument, randomBytes: RandomBytes) {
    this.document = document;
    this.randomBytes = randomBytes;
    this.#nextNumber = document.xref.nextObjectNumber;
  }

  /** A number that no revision of the document ever used. */
  allocate(): PdfReference {
    const number = this.#nextNumber;
    if (number > MAX_OBJECT_NUMBER) throw new OssError('OSS_PDF_LIMIT', { reason: 'object numbers' });
    this.#nextNumber += 1;
    return { kind: 'reference', number, generation: 0 };
  }

  /** By object number. */
  get objects(): readonly RevisionObject[] {
    return [...this.#objects.values()].sort((a, b) => a.reference.number - b.reference.number);
  }

  get size(): number {
    return this.#nextNumber;
  }

  put(reference: PdfReference, syntax: Syntax): void {
    this.#put(reference, Buffer.from(syntax, 'latin1'));
  }

  /**
   * Each object gets one new version. Where a hostile file makes one object two things at once (the catalog its own
   * form), the second version would undo the first.
   */
  #put(reference: PdfReference, body: Buffer): void {
    if (this.#objects.has(reference.number))
      throw new OssError('OSS_PDF_MALFORMED', { reason: 'one object is two things at once' });
    this.#objects.set(reference.number, { reference, body });
  }

  /** Stream data are encrypted where the document is (§7.6.3). */
  putStream(reference: PdfReference, entries: ReadonlyMap<string, Syntax>, data: Uint8Array): void {
    const cipher = this.document.encryption?.cipher;
    const stored = cipher ? cipher.encryptStream(reference, data, this.randomBytes) : data;
    const dictionary = writeDictionary([...entries, ['Length', String(stored.length)]]);
    const head = Buffer.from(`${dictionary}\nstream\n`, 'latin1');
    this.#put(reference, Buffer.concat([head, stored, Buffer.from('\nendstream', 'latin1')]));
  }

  /** A string inside the object `owner`, encrypted where the document is. */
  string(owner: PdfReference, bytes: Uint8Array): Syntax {
    const cipher = this.document.encryption?.cipher;
    return writeString(cipher ? cipher.encryptString(owner, bytes, this.randomBytes) : bytes);
  }

  textString(owner: PdfReference, text: string): Syntax {
    return this.string(owner, encodeTextString(text));
  }

  /**
   * The same value in the new version of its object: the same bytes, unless its strings were protected by an
   * encrypted object stream and must be encrypted on their own from now on.
   */
  copy(owner: LoadedObject, item: PdfItem): Syntax {
    if (!owner.isCompressed || !this.document.encryption) return writeRaw(item);
    return this.#reencrypted(owner.reference, item);
  }

  #reencrypted(owner: PdfReference, item: PdfItem): Syntax {
    const { value } = item;
    switch (value.kind) {
      case 'string':
        return this.string(owner, value.bytes);
      case 'array':
        return writeArray(value.items.map((one) => this.#reencrypted(owner, one)));
      case 'dictionary':
        return writeDictionary([...value.entries].map(([key, one]) => [key, this.#reencrypted(owner, one)]));
      default:
        return writeRaw(item);
    }
  }

  /** A dictionary of `owner` with some entries replaced or added. */
  edited(owner: LoadedObject, dictionary: PdfDictionary, changes: ReadonlyMap<string, Syntax>): Syntax {
    const entries = new Map<string, Syntax>();
    for (const [key, item] of dictionary.entries)
      entries.set(key, changes.get(key) ?? this.copy(owner, item));
    for (const [key, syntax] of changes) entries.set(key, syntax);
    return writeDictionary(entries);
  }

  /** An array of `owner` with more elements at its end. */
  extended(owner: LoadedObject, array: PdfArray, additions: readonly Syntax[]): Syntax {
    return writeArray([...array.items.map((item) => this.copy(owner, item)), ...additions]);
  }
}
