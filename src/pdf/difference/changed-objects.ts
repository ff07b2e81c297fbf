/** Which objects the revisions after a certain one define again. */
import { OssError } from '../../contract/errors.ts';
import type { PdfDocument } from '../read/document.ts';
import type { XrefLink } from '../read/xref-index.ts';
import type { XrefEntry, XrefSection } from '../read/xref-section.ts';
import { entryOf, integerOf } from '../syntax/values.ts';
import { membersOfChanged } from './container-members.ts';

const MAX_CHANGED = 200_000;

export interface ChangedObjects {
  /** Numbers of objects that were not there before. */
  readonly added: ReadonlySet<number>;
  readonly replaced: ReadonlySet<number>;
  readonly removed: ReadonlySet<number>;
  /** Those of them whose new version lies in the signed part, where it was hidden until now. */
  readonly activated: ReadonlySet<number>;
  /** Those on which readers disagree: two entries in one revision, or a number that /Size excludes. */
  readonly ambiguous: ReadonlySet<number>;
  /** The cross-reference sections of the later revisions. */
  readonly sections: readonly XrefSection[];
}

/** Undefined where the later revisions do not continue the chain of the signed one. */
export async function changedObjects(
  before: PdfDocument,
  after: PdfDocument,
): Promise<ChangedObjects | undefined> {
  const { links } = after.xref;
  const signed = links.findIndex(({ section }) => section.offset === before.startXref);
  const later = links.slice(0, signed);
  const sections = later.flatMap(({ section, hidden }) => [section, ...(hidden ? [hidden] : [])]);
  if (signed < 0 || sections.some(({ offset }) => offset < before.size)) return undefined;
  const [added, replaced, removed] = [new Set<number>(), new Set<number>(), new Set<number>()];
  const activated = new Set<number>();
  for (const number of numbersIn(sections)) {
    const old = (await before.xref.lookup(number))?.entry;
    const current = (await after.xref.lookup(number))?.entry;
    if (sameEntry(old, current)) continue;
    if (!current || current.kind === 'free') removed.add(number);
    else if (!old || old.kind === 'free') added.add(number);
    else replaced.add(number);
    if (current?.kind === 'offset' && current.offset < before.size) activated.add(number);
  }
  for (const number of await membersOfChanged(before, after, [...replaced, ...removed])) {
    const old = (await before.xref.lookup(number))?.entry;
    if (!old || old.kind === 'free') added.add(number);
    else replaced.add(number);
  }
  const ambiguous = await ambiguousNumbers(after, later, [...added, ...replaced]);
  return { added, replaced, removed, activated, ambiguous, sections };
}

async function ambiguousNumbers(
  after: PdfDocument,
  later: readonly XrefLink[],
  numbers: readonly number[],
): Promise<Set<number>> {
  const size = integerOf(entryOf(after.trailer, 'Size')) ?? Number.POSITIVE_INFINITY;
  const ambiguous = new Set(numbers.filter((number) => number >= size));
  for (const { section, hidden } of later) {
    if (!hidden) continue;
    for (const number of numbers) {
      const [shown, concealed] = [await section.lookup(number), await hidden.lookup(number)];
      const isReal = (entry: XrefEntry | undefined): boolean => entry !== undefined && entry.kind !== 'free';
      if (isReal(shown) && isReal(concealed) && !sameEntry(shown, concealed)) ambiguous.add(number);
    }
  }
  return ambiguous;
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
