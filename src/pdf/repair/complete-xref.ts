/** A cross-reference that names every object and continues none before it (ISO 32000-2 §7.5.4, §7.5.8). */
import type { RandomBytes } from '../read/encryption/object-cipher.ts';
import { writeFileIdentifier } from '../syntax/file-identifier.ts';
import { entryOf, type PdfDictionary } from '../syntax/values.ts';
import { type Syntax, writeArray, writeDictionary, writeRaw } from '../syntax/writer.ts';
import type { ObjectTable } from './object-table.ts';

/** A classic table has ten digits for an offset. */
const MAX_TABLE_OFFSET = 9_999_999_999;
/** Bytes of an entry of the stream: type, offset or container, generation or index. */
const WIDTHS = [1, 6, 4] as const;
const ENTRY = WIDTHS[0] + WIDTHS[1] + WIDTHS[2];
const KEPT = ['Root', 'Info', 'Encrypt'] as const;

export interface CompleteXrefOptions {
  /** Size of the file that the cross-reference follows. */
  readonly size: number;
  /** Its last byte, to know whether a line end must come first. */
  readonly lastByte: number | undefined;
  readonly randomBytes: RandomBytes;
}

/** A stream where objects stand in object streams, which a table cannot name, otherwise a table. */
export function writeCompleteXref(
  { table, trailer }: { readonly table: ObjectTable; readonly trailer: PdfDictionary },
  { size, lastByte, randomBytes }: CompleteXrefOptions,
): Uint8Array {
  const lineEnd = lastByte === 10 || lastByte === 13 ? '' : '\n';
  const offset = size + lineEnd.length;
  const entries = trailerEntries(trailer, randomBytes);
  const section =
    table.hasCompressed || offset > MAX_TABLE_OFFSET
      ? xrefStream(table, entries, offset)
      : xrefTable(table, entries);
  return Buffer.concat([Buffer.from(lineEnd), section, Buffer.from(`startxref\n${offset}\n%%EOF\n`)]);
}

function trailerEntries(trailer: PdfDictionary, randomBytes: RandomBytes): [string, Syntax][] {
  const entries: [string, Syntax][] = [];
  for (const key of KEPT) {
    const item = trailer.entries.get(key);
    if (item) entries.push([key, writeRaw(item)]);
  }
  const id = entryOf(trailer, 'ID');
  const permanent = id.kind === 'array' ? id.items[0] : undefined;
  const first = permanent?.value.kind === 'string' ? writeRaw(permanent) : undefined;
  return [...entries, ['ID', writeFileIdentifier(first, trailer.entries.has('Encrypt'), randomBytes)]];
}

function xrefTable(table: ObjectTable, entries: readonly [string, Syntax][]): Buffer {
  const chunks = [Buffer.from('xref\n0 1\n0000000000 65535 f \n')];
  for (const { first, count } of table.runs()) {
    let text = `${first} ${count}\n`;
    for (let number = first; number < first + count; number += 1) {
      const entry = table.get(number);
      if (entry.kind !== 'offset') continue;
      text += `${String(entry.offset).padStart(10, '0')} ${String(entry.generation).padStart(5, '0')} n \n`;
    }
    chunks.push(Buffer.from(text));
  }
  const trailer = writeDictionary([...entries, ['Size', String(table.size)]]);
  return Buffer.concat([...chunks, Buffer.from(`trailer\n${trailer}\n`, 'latin1')]);
}

/** The stream lists itself. */
function xrefStream(table: ObjectTable, entries: readonly [string, Syntax][], offset: number): Buffer {
  const self = table.size;
  table.set(self, { kind: 'offset', offset, generation: 0 });
  const index: Syntax[] = ['0', '1'];
  const rows = [row(0, 0, 65_535)];
  for (const { first, count } of table.runs()) {
    index.push(String(first), String(count));
    for (let number = first; number < first + count; number += 1) {
      const entry = table.get(number);
      if (entry.kind === 'offset') rows.push(row(1, entry.offset, entry.generation));
      if (entry.kind === 'compressed') rows.push(row(2, entry.container, entry.index));
    }
  }
  const data = Buffer.concat(rows);
  const dictionary = writeDictionary([
    ['Type', '/XRef'],
    ['W', writeArray(WIDTHS.map(String))],
    ['Index', writeArray(index)],
    ['Length', String(data.length)],
    ...entries,
    ['Size', String(self + 1)],
  ]);
  return Buffer.concat([
    Buffer.from(`${self} 0 obj\n${dictionary}\nstream\n`, 'latin1'),
    data,
    Buffer.from('\nendstream\nendobj\n'),
  ]);
}

function row(type: number, place: number, detail: number): Buffer {
  const bytes = Buffer.alloc(ENTRY);
  bytes.writeUInt8(type, 0);
  bytes.writeUIntBE(place, WIDTHS[0], WIDTHS[1]);
  bytes.writeUInt32BE(detail, WIDTHS[0] + WIDTHS[1]);
  return bytes;
}
