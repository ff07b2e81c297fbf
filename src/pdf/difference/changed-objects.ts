/** Which objects the revisions after a certain one define anew. */
import { OssError } from '../../contract/errors.ts';
import type { PdfDocument } from '../read/document.ts';
import type { XrefEntry, XrefSection } from '../read/xref-section.ts';

const MAX_CHANGED = 200_000;

export interface ChangedObjects {
  /** Numbers of objects that were not there before. */
  readonly added: ReadonlySet<number>;
  readonly replaced: ReadonlySet<number>;
  readonly removed: ReadonlySet<number>;
}

/** Undefined where the later revisions do not continue the chain of the signed one. */
export async function changedObjects(
  before: PdfDocument,
  after: PdfDocument,
): Promise<ChangedObjects | undefined> {
  const { links } = after.xref;
  const signed = links.findIndex(({ section }) => section.offset === before.startXref);
  const later = links.slice(0, signed);
  if (signed < 0 || later.some(({ section }) => section.offset < before.size)) return undefined;
  const added = new Set<number>();
  const replaced = new Set<number>();
  const removed = new Set<number>();
  for (const number of numbersIn(
    later.flatMap(({ section, hidden }) => [section, ...(hidden ? [hidden] : [])]),
  )) {
    const old = (await before.xref.lookup(number))?.entry;
    const current = (await after.xref.lookup(number))?.entry;
    if (sameEntry(old, current)) continue;
    if (!current || current.kind === 'free') removed.add(number);
    else if (!old || old.kind === 'free') added.add(number);
    else replaced.add(number);
  }
  return { added, replaced, removed };
}

function numbersIn(sections: readonly XrefSection[]): Set<number> {
  const numbers = new Set<number>();
  for (const { first, count } of sections.flatMap(({ ranges }) => ranges)) {
    if (numbers.size + count > MAX_CHANGED)
      throw new OssError('OSS_PDF_LIMIT', { reason: 'changed objects' });
    for (let number = first; number < first + count; number += 1) numbers.add(number);
  }
  return numbers;
}

function sameEntry(a: XrefEntry | undefined, b: XrefEntry | undefined): boolean {
  const isGone = (entry: XrefEntry | undefined): boolean => entry === undefined || entry.kind === 'free';
  if (isGone(a) && isGone(b)) return true;
  if (a?.kind === 'offset')
    return b?.kind === 'offset' && a.offset === b.offset && a.generation === b.generation;
  return (
    a?.kind === 'compressed' && b?.kind === 'compressed' && a.container === b.container && a.index === b.index
  );
}
