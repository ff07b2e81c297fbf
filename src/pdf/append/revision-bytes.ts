/** The bytes of an incremental update, with a cross-reference section of the document's own kind. */
import type { XrefSection } from '../read/xref-section.ts';
import { writeFileIdentifier } from '../syntax/file-identifier.ts';
import { entryOf, integerOf, type PdfReference } from '../syntax/values.ts';
import { type Syntax, writeArray, writeDictionary, writeHexString, writeRaw } from '../syntax/writer.ts';
import type { Revision } from './revision.ts';

/** A classic table has ten digits for an offset (ISO 32000-2 §7.5.4). */
const MAX_TABLE_OFFSET = 9_999_999_999;
/** Written again, or meaningful for one cross-reference section only (table 15, table 17). */
const NOT_CARRIED_OVER = new Set([
  ...['Size', 'Prev', 'ID', 'XRefStm'],
  ...['Type', 'W', 'Index', 'Length', 'Filter', 'DecodeParms', 'F', 'FFilter', 'FDecodeParms', 'DL'],
]);

export interface RevisionBytes {
  readonly bytes: Buffer;
  /** Offset of the body of each object (after `n g obj` and its line end) in the finished file. */
  readonly bodyOffsets: ReadonlyMap<number, number>;
}

interface Placed {
  readonly reference: PdfReference;
  readonly offset: number;
}

/** `lastByte`: the last byte of the original, to know whether the update must begin with a line end. */
export function revisionBytes(revision: Revision, lastByte: number | undefined): RevisionBytes {
  const original = revision.document.size;
  const chunks: Buffer[] = lastByte === 10 || lastByte === 13 ? [] : [Buffer.from('\n')];
  let offset = original + chunks.length;
  const bodyOffsets = new Map<number, number>();
  const placed: Placed[] = [];
  for (const { reference, body } of revision.objects) {
    const head = Buffer.from(`${reference.number} ${reference.generation} obj\n`);
    placed.push({ reference, offset });
    bodyOffsets.set(reference.number, offset + head.length);
    const tail = Buffer.from('\nendobj\n');
    chunks.push(head, body, tail);
    offset += head.length + body.length + tail.length;
  }
  const useStream = revision.document.xrefKind === 'stream' || offset > MAX_TABLE_OFFSET;
  chunks.push(useStream ? xrefStream(revision, placed, offset) : xrefTable(revision, placed));
  chunks.push(Buffer.from(`startxref\n${offset}\n%%EOF\n`));
  return { bytes: Buffer.concat(chunks), bodyOffsets };
}

/** Runs of consecutive object numbers. */
function subsections(placed: readonly Placed[]): Placed[][] {
  const runs: Placed[][] = [];
  for (const one of placed) {
    const run = runs.at(-1);
    if (run?.at(-1)?.reference.number === one.reference.number - 1) run?.push(one);
    else runs.push([one]);
  }
  return runs;
}

function xrefTable(revision: Revision, placed: readonly Placed[]): Buffer {
  let text = 'xref\n';
  for (const run of subsections(placed)) {
    text += `${run[0]?.reference.number} ${run.length}\n`;
    for (const { offset, reference } of run) {
      text += `${String(offset).padStart(10, '0')} ${String(reference.generation).padStart(5, '0')} n \n`;
    }
  }
  return Buffer.from(
    `${text}trailer\n${writeDictionary(trailerEntries(revision, revision.size))}\n`,
    'latin1',
  );
}

/** ISO 32000-2 §7.5.8: the stream lists itself and is never encrypted. */
function xrefStream(revision: Revision, placed: readonly Placed[], offset: number): Buffer {
  const self = revision.allocate();
  const all = [...placed, { reference: self, offset }];
  const data = Buffer.alloc(all.length * 9);
  for (const [index, entry] of all.entries()) {
    data.writeUInt8(1, index * 9);
    data.writeUIntBE(entry.offset, index * 9 + 1, 6);
    data.writeUInt16BE(entry.reference.generation, index * 9 + 7);
  }
  const index = subsections(all).flatMap((run) => [String(run[0]?.reference.number), String(run.length)]);
  const dictionary = writeDictionary([
    ['Type', '/XRef'],
    ['W', '[1 6 2]'],
    ['Index', writeArray(index)],
    ['Length', String(data.length)],
    ...trailerEntries(revision, self.number + 1),
  ]);
  return Buffer.concat([
    Buffer.from(`${self.number} 0 obj\n${dictionary}\nstream\n`, 'latin1'),
    data,
    Buffer.from('\nendstream\nendobj\n'),
  ]);
}

function trailerEntries(revision: Revision, size: number): [string, Syntax][] {
  const { document, randomBytes } = revision;
  const entries: [string, Syntax][] = [];
  for (const [key, item] of document.trailer.entries) {
    if (!NOT_CARRIED_OVER.has(key)) entries.push([key, writeRaw(item)]);
  }
  const { encryption } = document;
  const first = encryption
    ? writeHexString(encryption.firstId)
    : document.xref.links.map(({ section }) => firstId(section)).find((id) => id !== undefined);
  return [
    ...entries,
    ['Size', String(Math.max(size, integerOf(entryOf(document.trailer, 'Size')) ?? 0))],
    ['Prev', String(document.startXref)],
    ['ID', writeFileIdentifier(first, encryption !== undefined, randomBytes)],
  ];
}

function firstId({ trailer }: XrefSection): Syntax | undefined {
  const id = entryOf(trailer, 'ID');
  const first = id.kind === 'array' ? id.items[0] : undefined;
  return first?.value.kind === 'string' ? writeRaw(first) : undefined;
}
