/** Cross-reference streams (ISO 32000-2 §7.5.8). The decoded bytes are kept as they are and read in place. */
import { OssError } from '../../contract/errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { decodeStreamData } from '../syntax/filters.ts';
import { entryOf, integerOf, type PdfDictionary } from '../syntax/values.ts';
import { readObjectAt } from './indirect-object.ts';
import { type NumberRange, NumberRanges } from './number-ranges.ts';
import type { XrefEntry, XrefSection } from './xref-section.ts';

const MAX_FIELD_WIDTH = 8;

interface Range extends NumberRange {
  /** Index of the first entry of the range in the stream. */
  readonly position: number;
}
type Widths = readonly [number, number, number];

const damaged = (reason: string): OssError => new OssError('OSS_PDF_XREF_DAMAGED', { reason });

class XrefStream implements XrefSection {
  readonly kind = 'stream';
  readonly offset: number;
  readonly end: number;
  readonly trailer: PdfDictionary;
  readonly #ranges: NumberRanges<Range>;
  readonly #widths: Widths;
  readonly #data: Uint8Array;

  constructor(offset: number, end: number, trailer: PdfDictionary, data: Uint8Array) {
    this.offset = offset;
    this.end = end;
    this.trailer = trailer;
    this.#data = data;
    this.#widths = fieldWidths(trailer);
    const ranges = indexRanges(trailer);
    this.#ranges = new NumberRanges(ranges);
    const entries = ranges.reduce((sum, { count }) => sum + count, 0);
    if (entries * this.#entryLength > data.length) throw damaged('the stream is shorter than its index');
  }

  get ranges(): readonly NumberRange[] {
    return this.#ranges.sorted;
  }

  get #entryLength(): number {
    return this.#widths[0] + this.#widths[1] + this.#widths[2];
  }

  async lookup(number: number): Promise<XrefEntry | undefined> {
    const range = this.#ranges.find(number);
    if (!range) return undefined;
    const [typeWidth, width2, width3] = this.#widths;
    const start = (range.position + number - range.first) * this.#entryLength;
    const type = typeWidth === 0 ? 1 : this.#integer(start, typeWidth);
    const field2 = this.#integer(start + typeWidth, width2);
    const field3 = this.#integer(start + typeWidth + width2, width3);
    if (type === 1) return { kind: 'offset', offset: field2, generation: field3 };
    if (type === 2) return { kind: 'compressed', container: field2, index: field3 };
    // An unknown type is a reference to the null object (table 18), as a free entry is.
    return { kind: 'free' };
  }

  #integer(start: number, width: number): number {
    let value = 0;
    for (let i = start; i < start + width; i += 1) value = value * 256 + (this.#data[i] ?? 0);
    return value;
  }
}

function integers(dictionary: PdfDictionary, key: string): number[] | undefined {
  const array = entryOf(dictionary, key);
  if (array.kind !== 'array') return undefined;
  return array.items.map(({ value }) => {
    const integer = integerOf(value);
    if (integer === undefined || integer < 0) throw damaged(`/${key} of the stream`);
    return integer;
  });
}

function fieldWidths(trailer: PdfDictionary): Widths {
  const [first, second, third] = integers(trailer, 'W') ?? [];
  if (first === undefined || second === undefined || third === undefined || second === 0) {
    throw damaged('/W of the stream');
  }
  if (Math.max(first, second, third) > MAX_FIELD_WIDTH) throw damaged('/W of the stream');
  return [first, second, third];
}

function indexRanges(trailer: PdfDictionary): Range[] {
  const size = integerOf(entryOf(trailer, 'Size'));
  const index = integers(trailer, 'Index') ?? [0, size ?? 0];
  if (size === undefined || index.length % 2 !== 0) throw damaged('/Index of the stream');
  const ranges: Range[] = [];
  let position = 0;
  for (let i = 0; i < index.length; i += 2) {
    const count = index[i + 1] ?? 0;
    ranges.push({ first: index[i] ?? 0, count, position });
    position += count;
  }
  return ranges;
}

/** @throws OSS_PDF_XREF_DAMAGED where no cross-reference stream begins at `offset`. */
export async function readXrefStream(source: ByteSource, offset: number): Promise<XrefSection> {
  const { value } = (await readObjectAt(source, offset)).item;
  if (value.kind !== 'stream') throw damaged('no cross-reference where it should be');
  const type = entryOf(value.dictionary, 'Type');
  const length = integerOf(entryOf(value.dictionary, 'Length'));
  if (type.kind !== 'name' || type.value !== 'XRef' || length === undefined || length < 0) {
    throw damaged('no cross-reference stream where it should be');
  }
  const end = value.dataOffset + length;
  if (end > source.size) throw damaged('the stream is longer than the file');
  const data = await source.read(value.dataOffset, length);
  return new XrefStream(offset, end, value.dictionary, decodeStreamData(value.dictionary, data));
}
