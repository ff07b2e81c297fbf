/**
 * Bytes of the later revisions that belong to nothing which their cross-references name: objects that a program which
 * rebuilds the cross-reference would find, and data that hide behind the end.
 */
import { OssError } from '../../contract/errors.ts';
import type { ByteSource } from '../byte-source.ts';
import type { PdfDocument } from '../read/document.ts';
import type { XrefSection } from '../read/xref-section.ts';
import { latin1 } from '../syntax/characters.ts';
import { fileRange, integerOf } from '../syntax/values.ts';
import type { ChangedObjects } from './changed-objects.ts';

interface Extent {
  readonly start: number;
  readonly end: number;
}

/** What may stand between objects: white space, comments, and the words that end an object or a file. */
const BETWEEN = /[\0\t\n\f\r ]+|%[^\r\n]*|endstream|endobj|startxref\s+\d+/y;
const LARGEST_GAP = 4 * 1024 * 1024;

/** What was found out about a document: the bytes behind a signature are behind the ones before it, too. */
interface Known {
  readonly offsets: Map<XrefSection, Promise<readonly number[]>>;
  readonly objects: Map<number, Promise<Extent>>;
  /** By start and end. */
  readonly gaps: Map<string, Promise<boolean>>;
}

const documents = new WeakMap<PdfDocument, Known>();

function knownOf(document: PdfDocument): Known {
  const known = documents.get(document) ?? { offsets: new Map(), objects: new Map(), gaps: new Map() };
  documents.set(document, known);
  return known;
}

function once<K, V>(known: Map<K, V>, key: K, find: () => V): V {
  const found = known.get(key) ?? find();
  known.set(key, found);
  return found;
}

/** Whether every byte after `start` is accounted for. @throws OSS_FILE_CHANGED. */
export async function isAccountedFor(
  document: PdfDocument,
  changed: ChangedObjects,
  start: number,
): Promise<boolean> {
  try {
    const extents: Extent[] = [];
    for (const section of changed.sections) extents.push(...(await extentsOf(document, section, start)));
    return await isCovered(document, extents, start);
  } catch (error) {
    // An object that is not where the cross-reference says leaves its bytes without an owner.
    if (error instanceof OssError && error.code !== 'OSS_FILE_CHANGED') return false;
    throw error;
  }
}

async function isCovered(document: PdfDocument, extents: readonly Extent[], start: number): Promise<boolean> {
  const { source } = document;
  const { gaps } = knownOf(document);
  const isEmpty = (from: number, to: number): Promise<boolean> =>
    once(gaps, `${from} ${to}`, () => isEmptyBetween(source, from, to));
  const end = { start: source.size, end: source.size };
  let position = start;
  for (const extent of [...extents.toSorted((a, b) => a.start - b.start), end]) {
    if (extent.start > position && !(await isEmpty(position, extent.start))) return false;
    position = Math.max(position, extent.end);
  }
  return true;
}

async function isEmptyBetween(source: ByteSource, start: number, end: number): Promise<boolean> {
  if (end - start > LARGEST_GAP) return false;
  const text = latin1(await source.read(start, end - start));
  const word = new RegExp(BETWEEN);
  while (word.lastIndex < text.length) {
    const [found] = word.exec(text) ?? [];
    // A program that searches for objects finds them in a comment, too.
    if (found === undefined || / obj\b/.test(found)) return false;
  }
  return true;
}

/** The objects that a section names, and itself. */
async function extentsOf(document: PdfDocument, section: XrefSection, start: number): Promise<Extent[]> {
  const { offsets, objects } = knownOf(document);
  const extents: Extent[] = [{ start: section.offset, end: section.end }];
  for (const offset of await once(offsets, section, () => offsetsIn(section))) {
    if (offset >= start) extents.push(await once(objects, offset, () => objectExtent(document, offset)));
  }
  return extents;
}

async function offsetsIn(section: XrefSection): Promise<readonly number[]> {
  const offsets: number[] = [];
  for (const { first, count } of section.ranges) {
    for (let number = first; number < first + count; number += 1) {
      const entry = await section.lookup(number);
      if (entry?.kind === 'offset') offsets.push(entry.offset);
    }
  }
  return offsets;
}

async function objectExtent(document: PdfDocument, offset: number): Promise<Extent> {
  const { item } = await document.objectAt(offset);
  if (item.value.kind !== 'stream') return { start: offset, end: fileRange(item)?.end ?? offset };
  const length = integerOf(await document.lookup(item.value.dictionary, 'Length')) ?? 0;
  return { start: offset, end: item.value.dataOffset + Math.max(0, length) };
}
