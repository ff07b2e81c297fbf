/** Finds the objects and trailers of a file without its cross-reference: one pass, front to back. */
import { OssError } from '../../contract/errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { type FileObject, readObjectAt } from '../read/indirect-object.ts';
import { parseAt } from '../read/window.ts';
import { isWhitespace, latin1 } from '../syntax/characters.ts';
import {
  entryOf,
  integerOf,
  type PdfDictionary,
  type PdfReference,
  type PdfStream,
} from '../syntax/values.ts';

const CHUNK = 64 * 1024;
/** Longest text that is searched for, and what may stand around it. */
const OVERLAP = 64;
/** White space between the parts, as much as producers write. */
const MARK = /(?<![0-9])[0-9]{1,10}[\0\t\n\f\r ]{1,16}[0-9]{1,5}[\0\t\n\f\r ]{1,16}obj|trailer/g;
const END_OF_STREAM = Buffer.from('endstream', 'latin1');
const TRAILER = 'trailer';

/** A stream whose length stands in another object: known only when that object is. */
export interface DeferredLength {
  readonly length: PdfReference;
  /** Bytes between the data and `endstream`, the line end before it included. */
  readonly distance: number;
}

export interface ScanVisitor {
  object(object: FileObject, offset: number): void;
  trailer(dictionary: PdfDictionary): void;
  deferredLength(deferred: DeferredLength): void;
}

const beyondRepair = (reason: string): OssError => new OssError('OSS_PDF_XREF_DAMAGED', { reason });

/**
 * Data of streams are passed over, so that nothing inside them is taken for an object.
 * @throws OSS_PDF_XREF_DAMAGED where more than the cross-reference is damaged, and OSS_PDF_MALFORMED and
 * OSS_PDF_LIMIT for an object that cannot be read: guessing would show something that nobody wrote.
 */
export async function scanObjects(source: ByteSource, visitor: ScanVisitor): Promise<void> {
  const marks = new MarkFinder(source);
  for (let mark = await marks.next(0); mark; ) {
    const end = mark.isTrailer
      ? await visitTrailer(source, mark.offset, visitor)
      : await visitObject(source, mark.offset, visitor);
    mark = await marks.next(end);
  }
}

interface Mark {
  readonly offset: number;
  readonly isTrailer: boolean;
}

/** Keeps the chunk in which it searches: objects are small and many. */
class MarkFinder {
  readonly #source: ByteSource;
  #start = 0;
  #text = '';

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** The first mark that begins at `from` or later; `from` never goes back. */
  async next(from: number): Promise<Mark | undefined> {
    for (let position = from; position < this.#source.size; ) {
      const isLast = await this.#cover(position);
      MARK.lastIndex = position - this.#start;
      const found = MARK.exec(this.#text);
      if (found) return { offset: this.#start + found.index, isTrailer: found[0] === TRAILER };
      if (isLast) return undefined;
      position = Math.max(position, this.#start + this.#text.length - OVERLAP) + 1;
    }
    return undefined;
  }

  /** Answers whether the chunk with `position` ends with the file. */
  async #cover(position: number): Promise<boolean> {
    const end = this.#start + this.#text.length;
    if (position < this.#start || position + OVERLAP > end) {
      if (end < this.#source.size || position < this.#start) {
        this.#text = latin1(await this.#source.read(position, CHUNK));
        this.#start = position;
      }
    }
    return this.#start + this.#text.length >= this.#source.size;
  }
}

function visitTrailer(source: ByteSource, offset: number, visitor: ScanVisitor): Promise<number> {
  const after = offset + TRAILER.length;
  return parseAt(source, after, (parser) => {
    parser.skipSpace();
    if (parser.byteAt(parser.position) !== 0x3c) return after;
    const { value, end } = parser.parseItem();
    if (value.kind === 'dictionary') visitor.trailer(value);
    return after + end;
  });
}

async function visitObject(source: ByteSource, offset: number, visitor: ScanVisitor): Promise<number> {
  const object = await readObjectAt(source, offset);
  const { value, end } = object.item;
  const after = value.kind === 'stream' ? await streamEnd(source, value, visitor) : offset + end;
  visitor.object(object, offset);
  return after;
}

/** The first byte after `endstream`. */
async function streamEnd(source: ByteSource, stream: PdfStream, visitor: ScanVisitor): Promise<number> {
  const length = entryOf(stream.dictionary, 'Length');
  const direct = integerOf(length);
  if (direct !== undefined) {
    const end = stream.dataOffset + direct;
    const text = direct >= 0 ? await source.read(end, OVERLAP) : new Uint8Array(0);
    const keyword = text.findIndex((byte) => !isWhitespace(byte));
    const found =
      keyword >= 0 && END_OF_STREAM.equals(text.subarray(keyword, keyword + END_OF_STREAM.length));
    if (!found) throw beyondRepair('the length of a stream is wrong too');
    return end + keyword + END_OF_STREAM.length;
  }
  if (length.kind !== 'reference') throw beyondRepair('a stream without a length');
  const end = await findEndOfStream(source, stream.dataOffset);
  visitor.deferredLength({ length, distance: end - stream.dataOffset });
  return end + END_OF_STREAM.length;
}

async function findEndOfStream(source: ByteSource, from: number): Promise<number> {
  for (let start = from; start < source.size; start += CHUNK - OVERLAP) {
    const chunk = await source.read(start, CHUNK);
    const at = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).indexOf(END_OF_STREAM);
    if (at >= 0) return start + at;
  }
  throw beyondRepair('a stream without an end');
}
