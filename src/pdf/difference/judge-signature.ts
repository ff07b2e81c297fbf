/** A signature that was added after the one in question: whether it may be there, and whether it may look so. */
import type { Rectangle } from '../read/page-tree.ts';
import { dictionaryOf, EMPTY_DICTIONARY, nameOf } from '../syntax/values.ts';
import type { FoundChange } from './change-list.ts';
import { type Comparison, doubtful, fillingIn, type Judged } from './comparison.ts';
import { annotationRectangle, type FieldPlace, isSigned } from './signed-fields.ts';

/** A mark over more than this share of a page hides what the page says. */
const LARGEST_SHARE = 0.5;

/** The change that a new signature in `field` is. */
export async function addedSignature(comparison: Comparison, field: string): Promise<FoundChange> {
  const { after, fields, rules } = comparison;
  const state = fields.after.get(field);
  const place = state?.place;
  const signature = dictionaryOf(state?.value ?? { kind: 'null' }) ?? EMPTY_DICTIONARY;
  const isTimestamp = nameOf(await after.lookup(signature, 'SubFilter')) === 'ETSI.RFC3161';
  const kind = isTimestamp ? 'documentTimestampAdded' : 'signatureAdded';
  // No certification and no lock is about document time stamps (ISO 32000-2 table 257).
  if (isTimestamp && !place) return { kind, outcome: 'allowed', field };
  const judged = fillingIn(rules, field);
  const look = judged.outcome === 'allowed' ? await judgedLook(comparison, field, place) : judged;
  return { kind, field, page: place?.page, ...look };
}

/** A signature field that nobody has signed yet. */
export async function addedEmptyField(comparison: Comparison, field: string): Promise<FoundChange> {
  const place = comparison.fields.after.get(field)?.place;
  const judged = doubtful(comparison.rules);
  const look = judged.outcome === 'forbidden' ? judged : await judgedLook(comparison, field, place);
  return { kind: 'fieldAdded', field, page: place?.page, ...look };
}

/** Its author chose where an existing field shows; where a new one shows was chosen after signing. */
async function judgedLook(
  comparison: Comparison,
  field: string,
  place: FieldPlace | undefined,
): Promise<Judged> {
  const { fields, rules } = comparison;
  if (!place || fields.before.has(field)) return { outcome: 'allowed' };
  if (rules.docMdp !== undefined) {
    return {
      outcome: rules.docMdp === 3 ? 'suspicious' : 'forbidden',
      reason: 'visibleAfterCertification',
    };
  }
  const covered = await coveredBy(comparison, place);
  // The earlier signature itself is listed and judged whatever lies over its mark; what else was signed is not.
  if (covered === 'earlierSignature') return { outcome: 'allowed', reason: 'coversEarlierSignature' };
  return covered ? { outcome: 'suspicious', reason: 'coversSignedContent' } : { outcome: 'allowed' };
}

/** What lies under it: form fields or annotations, most of the page, or only the marks of earlier signatures. */
async function coveredBy(
  { before, beforeParts, afterParts, fields }: Comparison,
  { page, rectangle }: FieldPlace,
): Promise<'content' | 'earlierSignature' | undefined> {
  const object = afterParts.pages[page - 1];
  const earlierPage = object === undefined ? undefined : beforeParts.pageNumbers.get(object);
  if (earlierPage === undefined) return 'content';
  const { cropBox } = await before.page(earlierPage);
  if (area(overlap(rectangle, cropBox)) > LARGEST_SHARE * area(cropBox)) return 'content';
  let covered: 'earlierSignature' | undefined;
  for (const [annotation, itsPage] of beforeParts.annotationPages) {
    if (itsPage !== earlierPage) continue;
    const earlier = await annotationRectangle(before, annotation);
    if (!earlier || area(overlap(rectangle, earlier)) === 0) continue;
    const part = beforeParts.fields.get(annotation);
    if (part?.type !== 'Sig') return 'content';
    // An empty signature field shows nothing yet.
    if (isSigned(fields.before.get(part.field))) covered = 'earlierSignature';
  }
  return covered;
}

const overlap = (a: Rectangle, b: Rectangle): Rectangle => ({
  x1: Math.max(a.x1, b.x1),
  y1: Math.max(a.y1, b.y1),
  x2: Math.min(a.x2, b.x2),
  y2: Math.min(a.y2, b.y2),
});
const area = ({ x1, y1, x2, y2 }: Rectangle): number => Math.max(0, x2 - x1) * Math.max(0, y2 - y1);
