/** Objects that a new version of their object stream changes, although no cross-reference names them (ISO 32000-2 §7.5.7). */
import type { PdfDocument } from '../read/document.ts';
import type { XrefEntry } from '../read/xref-section.ts';
import { entryOf, NULL, nameOf } from '../syntax/values.ts';
import { readable } from './object-version.ts';

/**
 * Of the changed objects `numbers` those that are object streams: the objects in them whose entries stayed as they were.
 * Both versions are asked, because an object may be left out of the new one.
 */
export async function membersOfChanged(
  before: PdfDocument,
  after: PdfDocument,
  numbers: Iterable<number>,
): Promise<ReadonlySet<number>> {
  const members = new Set<number>();
  for (const container of numbers) {
    for (const number of [...(await membersIn(before, container)), ...(await membersIn(after, container))]) {
      const entry: XrefEntry | undefined = (await after.xref.lookup(number))?.entry;
      if (entry?.kind === 'compressed' && entry.container === container) members.add(number);
    }
  }
  return members;
}

async function membersIn(document: PdfDocument, container: number): Promise<Iterable<number>> {
  const value =
    (await readable(document.get({ kind: 'reference', number: container, generation: 0 }))) ?? NULL;
  if (value.kind !== 'stream' || nameOf(entryOf(value.dictionary, 'Type')) !== 'ObjStm') return [];
  return (await readable(document.objectStream(container)))?.numbers ?? [];
}
