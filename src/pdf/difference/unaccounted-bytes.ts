/**
 * Bytes of the later revisions that belong to nothing which their cross-references name: objects that a program which
 * rebuilds the cross-reference would find, and data that hide behind the end.
 */
import { OssError } from '../../contract/errors.ts';
import type { ByteSource } from '../byte-source.ts';
import type { PdfDocument } from '../read/document.ts';
import { readObjectAt } from '../read/indirect-object.ts';
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

/** Whether every byte after `start` is accounted for. Throws OSS_FILE_CHANGED. */
export async function isAccountedFor(
  document: PdfDocument,
  changed: ChangedObjects,
  start: number,
): Promise<boolean> {
  try {
    const extents: Extent[] = [];
    for (const section of changed.sections) extents.push(...(await extentsOf(document, section, start)));
    return await isCovered(document.source, extents, start);
  } catch (error) {
    // An object that is not where the cross-reference says leaves its bytes without an owner.
    if (error instanceof OssError && error.code !== 'OSS_FILE_CHANGED') return false;
    throw error;
  }
}

async function isCovered(source: ByteSource, extents: readonly Extent[], start: number): Promise<boolean> {
  const end = { start: source.size, end: source.size };
  let position = start;
  for (const extent of [...extents.toSorted((a, b) => a.start - b.start), end]) {
    if (extent.start > position && !(await isEmptyBetween(source, position, extent.start))) return false;
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
  const extents: Extent[] = [{ start: section.offset, end: section.end }];
  for (const { first, count } of section.ranges) {
    for (let number = first; number < first + count; number += 1) {
      const entry = await section.lookup(number);
      if (entry?.kind !== 'offset' || entry.offset < start) continue;
      extents.push(await objectExtent(document, entry.offset));
    }
  }
  return extents;
}

async function objectExtent(document: PdfDocument, offset: number): Promise<Extent> {
  const { item } = await readObjectAt(document.source, offset);
  if (item.value.kind !== 'stream') return { start: offset, end: fileRange(item)?.end ?? offset };
  const length = integerOf(await document.lookup(item.value.dictionary, 'Length')) ?? 0;
  return { start: offset, end: item.value.dataOffset + Math.max(0, length) };
}
