/** Opens a file whose cross-reference is damaged by the objects that stand in it. */
import { OssError } from '../../contract/errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { PdfDocument } from '../read/document.ts';
import { readHeaderVersion, readStartXref } from '../read/frame.ts';
import type { FileObject } from '../read/indirect-object.ts';
import { XrefChain } from '../read/xref-chain.ts';
import { listSignatures } from '../signatures/own-signatures.ts';
import { dictionaryOf, entryOf, integerOf, nameOf, type PdfDictionary } from '../syntax/values.ts';
import { ObjectTable } from './object-table.ts';
import { type DeferredLength, type ScanVisitor, scanObjects } from './scan-objects.ts';

const MAX_STREAMS = 1_000_000;
/** CR LF before `endstream`; some producers write a space too. */
const MAX_LINE_END = 3;

export interface RebuiltDocument {
  readonly document: PdfDocument;
  readonly table: ObjectTable;
  /** The newest trailer that names a catalog. */
  readonly trailer: PdfDictionary;
}

const beyondRepair = (reason: string): OssError => new OssError('OSS_PDF_XREF_DAMAGED', { reason });

/** What the pass over the file leaves behind. A later definition of an object replaces an earlier one. */
class Findings implements ScanVisitor {
  readonly table = new ObjectTable();
  /** Object streams with where they stand, which decides between two definitions of one object. */
  readonly objectStreams = new Map<number, number>();
  readonly deferredLengths: DeferredLength[] = [];
  trailerDictionary: PdfDictionary | undefined;
  isSigned = false;

  object({ number, generation, item: { value } }: FileObject, offset: number): void {
    this.table.set(number, { kind: 'offset', offset, generation });
    this.objectStreams.delete(number);
    const dictionary = dictionaryOf(value);
    if (!dictionary) return;
    if (isSignature(dictionary) || isSignature(dictionaryOf(entryOf(dictionary, 'V')))) this.isSigned = true;
    if (value.kind !== 'stream') return;
    const type = nameOf(entryOf(dictionary, 'Type'));
    if (type === 'XRef') this.trailer(dictionary);
    if (type !== 'ObjStm') return;
    if (this.objectStreams.size >= MAX_STREAMS)
      throw new OssError('OSS_PDF_LIMIT', { reason: 'object streams' });
    this.objectStreams.set(number, offset);
  }

  trailer(dictionary: PdfDictionary): void {
    if (entryOf(dictionary, 'Root').kind === 'reference') this.trailerDictionary = dictionary;
  }

  deferredLength(deferred: DeferredLength): void {
    if (this.deferredLengths.length >= MAX_STREAMS)
      throw new OssError('OSS_PDF_LIMIT', { reason: 'streams' });
    this.deferredLengths.push(deferred);
  }
}

const isSignature = (dictionary: PdfDictionary | undefined): boolean =>
  dictionary?.entries.has('ByteRange') ?? false;

/**
 * @throws OSS_PDF_DAMAGED_SIGNED for a file with a signature, whose bytes a new cross-reference would reinterpret,
 * OSS_PDF_TRUNCATED for one without its end, OSS_PDF_XREF_DAMAGED where more is damaged than the cross-reference, and
 * what opening a document throws.
 */
export async function rebuildDocument(source: ByteSource, password: string): Promise<RebuiltDocument> {
  const headerVersion = await readHeaderVersion(source);
  await readStartXref(source); // a file that is cut off lacks more than its cross-reference
  const findings = new Findings();
  await scanObjects(source, findings);
  if (findings.isSigned) throw new OssError('OSS_PDF_DAMAGED_SIGNED');
  const { table, trailerDictionary: trailer } = findings;
  if (!trailer) throw beyondRepair('no trailer names a catalog');
  const document = await PdfDocument.openRebuilt(
    source,
    { headerVersion, xref: chainOf(table, trailer), password },
    (opening) => indexObjectStreams(opening, findings),
  );
  await checkLengths(document, findings.deferredLengths);
  if ((await listSignatures(document)).length > 0) throw new OssError('OSS_PDF_DAMAGED_SIGNED');
  return { document, table, trailer };
}

function chainOf(table: ObjectTable, trailer: PdfDictionary): XrefChain {
  const section = {
    kind: 'stream',
    offset: 0,
    end: 0,
    trailer,
    get ranges() {
      return [{ first: 0, count: table.size }];
    },
    lookup: async (number: number) => table.get(number),
  } as const;
  return new XrefChain([{ section, hidden: undefined }]);
}

async function indexObjectStreams(document: PdfDocument, { table, objectStreams }: Findings): Promise<void> {
  for (const [container, place] of [...objectStreams].sort((a, b) => a[1] - b[1])) {
    const { numbers } = await document.objectStream(container);
    for (const [index, number] of numbers.entries()) {
      const known = table.get(number);
      // Streams come in the order of the file, so only an object that stands by itself can be newer.
      if (known.kind === 'offset' && known.offset > place) continue;
      table.set(number, { kind: 'compressed', container, index });
    }
  }
}

/** Where the data ends was guessed from `endstream`; it is right only if /Length says the same. */
async function checkLengths(document: PdfDocument, lengths: readonly DeferredLength[]): Promise<void> {
  for (const { length, distance } of lengths) {
    const bytes = integerOf(await document.get(length)) ?? -1;
    if (bytes > distance || bytes < distance - MAX_LINE_END)
      throw beyondRepair('the length of a stream is wrong too');
  }
}
