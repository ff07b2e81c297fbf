/**
 * Classic cross-reference tables (ISO 32000-2 §7.5.4). Entries have a fixed length, so a table of any size is
 * never loaded: an entry is read when it is asked for.
 */
import { OssError } from '../../contract/errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { isDigit } from '../syntax/characters.ts';
import type { PdfDictionary } from '../syntax/values.ts';
import { type NumberRange, NumberRanges } from './number-ranges.ts';
import { parseAt } from './window.ts';
import type { XrefEntry, XrefSection } from './xref-section.ts';

const MAX_SUBSECTIONS = 100_000;
/** Kept of each table: those of updates are small, and asked for again by every version of the file. */
const MAX_KNOWN = 256;
const ENTRY_TEXT = 18; // nnnnnnnnnn ggggg n
const [SPACE, FREE, IN_USE] = [0x20, 0x66, 0x6e];

interface Subsection extends NumberRange {
  /** Offset of the first entry. */
  readonly offset: number;
  /** Bytes from one entry to the next: 20, but tables with a one-byte end-of-line exist. */
  readonly stride: number;
}

const damaged = (reason: string): OssError => new OssError('OSS_PDF_XREF_DAMAGED', { reason });

class XrefTable implements XrefSection {
  readonly kind = 'table';
  readonly offset: number;
  readonly end: number;
  readonly trailer: PdfDictionary;
  readonly #subsections: NumberRanges<Subsection>;
  readonly #source: ByteSource;
  readonly #known = new Map<number, XrefEntry>();

  constructor(
    source: ByteSource,
    { offset, end }: { readonly offset: number; readonly end: number },
    trailer: PdfDictionary,
    subsections: readonly Subsection[],
  ) {
    this.#source = source;
    this.offset = offset;
    this.end = end;
    this.trailer = trailer;
    this.#subsections = new NumberRanges(subsections);
  }

  get ranges(): readonly NumberRange[] {
    return this.#subsections.sorted;
  }

  async lookup(number: number): Promise<XrefEntry | undefined> {
    const range = this.#subsections.find(number);
    if (!range) return undefined;
    const known = this.#known.get(number);
    if (known) return known;
    const entry = await this.#read(range, number);
    if (this.#known.size < MAX_KNOWN) this.#known.set(number, entry);
    return entry;
  }

  async #read(range: Subsection, number: number): Promise<XrefEntry> {
    const position = range.offset + (number - range.first) * range.stride;
    return readEntry(await this.#source.read(position, ENTRY_TEXT));
  }
}

/** @throws OSS_PDF_XREF_DAMAGED where the bytes are no entry. */
function readEntry(text: Uint8Array): XrefEntry {
  const offset = readDigits(text, 0, 10);
  const generation = readDigits(text, 11, 16);
  const type = text[17];
  const isEntry = text[10] === SPACE && text[16] === SPACE && (type === FREE || type === IN_USE);
  if (!isEntry || offset === undefined || generation === undefined)
    throw damaged('an entry of the table is malformed');
  return type === FREE ? { kind: 'free' } : { kind: 'offset', offset, generation };
}

/** The number whose digits fill [start, end). */
function readDigits(text: Uint8Array, start: number, end: number): number | undefined {
  let value = 0;
  for (let position = start; position < end; position += 1) {
    const code = text[position] ?? 0;
    if (!isDigit(code)) return undefined;
    value = value * 10 + code - 0x30;
  }
  return value;
}

/** Reads the frame of the table at `offset`: its subsections and its trailer. */
export async function readXrefTable(source: ByteSource, offset: number): Promise<XrefSection> {
  const subsections: Subsection[] = [];
  let position = await parseAt(source, offset, (parser) => {
    if (!parser.takeKeyword('xref')) throw damaged('no table where it should be');
    return offset + parser.position;
  });
  for (;;) {
    const next = await readSubsectionHeader(source, position);
    if ('trailer' in next) return new XrefTable(source, { offset, end: next.end }, next.trailer, subsections);
    if (subsections.length >= MAX_SUBSECTIONS) throw new OssError('OSS_PDF_LIMIT', { reason: 'subsections' });
    if (next.count > 0) {
      const stride = await entryStride(source, next.offset, next.count);
      position = next.offset + next.count * stride;
      if (position > source.size) throw damaged('the table is longer than the file');
      subsections.push({ ...next, stride });
    } else {
      position = next.offset;
    }
  }
}

type Header = { first: number; count: number; offset: number } | { trailer: PdfDictionary; end: number };

function readSubsectionHeader(source: ByteSource, position: number): Promise<Header> {
  return parseAt(source, position, (parser): Header => {
    const first = parser.takeUnsigned();
    const count = parser.takeUnsigned();
    if (first !== undefined && count !== undefined) {
      parser.skipSpace();
      return { first, count, offset: position + parser.position };
    }
    if (first !== undefined || !parser.takeKeyword('trailer')) throw damaged('no trailer after the table');
    const { value } = parser.parseItem();
    if (value.kind !== 'dictionary') throw damaged('the trailer is not a dictionary');
    return { trailer: value, end: position + parser.position };
  });
}

async function entryStride(source: ByteSource, offset: number, count: number): Promise<number> {
  const text = await source.read(offset, 2 * ENTRY_TEXT + 2);
  readEntry(text);
  if (count === 1) return ENTRY_TEXT;
  for (let stride = ENTRY_TEXT; stride <= ENTRY_TEXT + 2; stride += 1) {
    if (isDigit(text[stride] ?? 0)) return stride;
  }
  throw damaged('an entry of the table is malformed');
}
