/** What lies under marks that were added after signing: what the page said, fields, annotations, earlier signatures. */
import { areaOf, common } from '../painted/geometry.ts';
import type { Rectangle } from '../read/page-tree.ts';
import { dictionaryOf } from '../syntax/values.ts';
import { effectOf } from './annotation-effect.ts';
import type { Comparison } from './comparison.ts';
import { objectVersion } from './object-version.ts';
import { type FieldPlace, isSigned, placesOf } from './signed-fields.ts';

/** Marks over more than this share of a page hide what the page says, or replace it. */
const LARGEST_SHARE = 0.5;

/** From the gravest on. */
const COVERED = ['content', 'picture', 'earlierSignature'] as const;
export type Covered = (typeof COVERED)[number];

/** The gravest of what lies under any of the places. */
export async function coveredBy(
  comparison: Comparison,
  places: readonly FieldPlace[],
): Promise<Covered | undefined> {
  const found = new Set<Covered | undefined>();
  for (const place of places) found.add(await coveredAt(comparison, place));
  return COVERED.find((one) => found.has(one));
}

async function coveredAt(
  comparison: Comparison,
  { page, rectangle }: FieldPlace,
): Promise<Covered | undefined> {
  const { before, beforeParts, afterParts, painted } = comparison;
  const object = afterParts.pages[page - 1];
  const earlierPage = object === undefined ? undefined : beforeParts.pageNumbers.get(object);
  if (earlierPage === undefined || rectangle === undefined) return 'content';
  const { cropBox } = await before.page(earlierPage);
  if (markedArea(comparison, page, cropBox, rectangle) > LARGEST_SHARE * areaOf(cropBox)) return 'content';
  const beneath = await painted.beneath(earlierPage, rectangle);
  const other = await coveredAnnotation(comparison, earlierPage, rectangle);
  return COVERED.find((one) => one === beneath || one === other);
}

const marks = new WeakMap<Comparison, ReadonlyMap<number, number>>();

/** All marks that later versions put on the page, together: several small ones hide as much as a large one. */
function markedArea(comparison: Comparison, page: number, cropBox: Rectangle, own: Rectangle): number {
  const sums = marks.get(comparison) ?? markedAreas(comparison);
  marks.set(comparison, sums);
  return Math.max(sums.get(page) ?? 0, areaOf(common(own, cropBox)));
}

/** By page, of new signature fields. */
function markedAreas({ fields }: Comparison): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  for (const [field, state] of fields.after) {
    if (state.type !== 'Sig' || fields.before.has(field)) continue;
    for (const { page, rectangle } of state.places) {
      const area = rectangle ? areaOf(rectangle) : Number.POSITIVE_INFINITY;
      sums.set(page, (sums.get(page) ?? 0) + area);
    }
  }
  return sums;
}

async function coveredAnnotation(
  comparison: Comparison,
  page: number,
  rectangle: Rectangle,
): Promise<Covered | undefined> {
  const shown = known.get(comparison) ?? new Map<number, Promise<readonly Shown[]>>();
  known.set(comparison, shown);
  const onPage = shown.get(page) ?? shownOn(comparison, page);
  shown.set(page, onPage);
  let covered: Covered | undefined;
  for (const { place, as } of await onPage) {
    if (place.rectangle && areaOf(common(rectangle, place.rectangle)) === 0) continue;
    if (as === 'content') return as;
    covered = as;
  }
  return covered;
}

/** An annotation of the signed version that shows something. */
interface Shown {
  readonly place: FieldPlace;
  readonly as: 'content' | 'earlierSignature';
}

/** By page: each is asked for as often as something was added there. */
const known = new WeakMap<Comparison, Map<number, Promise<readonly Shown[]>>>();

async function shownOn({ before, beforeParts, fields }: Comparison, page: number): Promise<readonly Shown[]> {
  const shown: Shown[] = [];
  for (const [annotation, pages] of beforeParts.annotationPages) {
    if (!pages.includes(page)) continue;
    const [place] = await placesOf(before, annotation, [page]);
    if (!place) continue;
    const part = beforeParts.fields.get(annotation);
    if (part?.type === 'Sig') {
      // An empty signature field shows nothing yet.
      if (isSigned(fields.before.get(part.field))) shown.push({ place, as: 'earlierSignature' });
      continue;
    }
    const dictionary = dictionaryOf((await objectVersion(before, annotation)).value);
    if (part || (await effectOf(before, dictionary)).draws) shown.push({ place, as: 'content' });
  }
  return shown;
}
