/** Changes of pages, of what they show, and of their annotations (ISO 32000-2 §7.7.3, §12.5). */
import {
  dictionaryOf,
  EMPTY_DICTIONARY,
  entryOf,
  NULL,
  nameOf,
  type PdfDictionary,
  type PdfValue,
} from '../syntax/values.ts';
import { type AnnotationEffect, effectOf } from './annotation-effect.ts';
import { annotating, type Comparison, type Doubt, doubtful, reworking } from './comparison.ts';
import { coveredBy } from './covered-content.ts';
import type { Versions } from './judge-field.ts';
import { objectVersion, readable } from './object-version.ts';
import { isNewlySigned, placesOf } from './signed-fields.ts';
import { changedKeys, sameValue, ValueSet } from './value-equality.ts';

/** Which pages there are, and in which order. */
export function judgePages({ beforeParts, afterParts, changed, list }: Comparison): void {
  const [old, current] = [beforeParts.pages, afterParts.pages];
  const [there, here] = [new Set(old), new Set(current)];
  const isExchange = old.length === current.length;
  for (const [index, object] of current.entries()) {
    if (there.has(object)) continue;
    const kind = isExchange ? 'pageContentChanged' : 'pageAdded';
    const isHidden = !changed.added.has(object) || changed.activated.has(object);
    list.add(
      { kind: isHidden ? 'hiddenContentActivated' : kind, outcome: 'forbidden', page: index + 1 },
      object,
    );
  }
  for (const object of isExchange ? [] : there) {
    if (!here.has(object)) list.add({ kind: 'pageRemoved', outcome: 'forbidden' }, object);
  }
  const [kept, remaining] = [old.filter((page) => here.has(page)), current.filter((page) => there.has(page))];
  if (kept.some((page, index) => page !== remaining[index])) {
    list.add({ kind: 'pagesReordered', outcome: 'forbidden' });
  }
}

/** A node of the page tree: its kids are judged as pages, the rest is inherited by them. */
export function judgePageTree({ list }: Comparison, object: number, { before, after }: Versions): void {
  const [old, current] = [dictionaryOf(before), dictionaryOf(after)];
  if (!old || !current) return;
  for (const key of changedKeys(old, current)) {
    if (key === 'Kids' || key === 'Count') continue;
    list.add({ kind: 'pageSettingChanged', outcome: 'forbidden', detail: key }, object);
  }
}

/** Entries of a page that no viewer draws from (table 31). */
const SILENT_KEYS: ReadonlySet<string> = new Set(['Tabs', 'StructParents', 'PieceInfo', 'LastModified']);

export async function judgePage(
  comparison: Comparison,
  object: number,
  page: number,
  { before, after }: Versions,
): Promise<void> {
  const { list, rules } = comparison;
  const [old, current] = [dictionaryOf(before), dictionaryOf(after)];
  // A new page is judged with the order of the pages.
  if (!comparison.beforeParts.pageNumbers.has(object)) return;
  if (!old || !current) return list.add({ kind: 'pageContentChanged', outcome: 'forbidden', page }, object);
  for (const key of changedKeys(old, current)) {
    if (key === 'Annots') {
      await judgeAnnotationList(comparison, object, page, {
        before: entryOf(old, key),
        after: entryOf(current, key),
      });
    } else if (key === 'Contents' || key === 'Resources') {
      list.add({ kind: 'pageContentChanged', outcome: 'forbidden', page }, object);
    } else if (SILENT_KEYS.has(key)) {
      list.add({ kind: 'pageSettingChanged', page, detail: key, ...doubtful(rules) }, object);
    } else {
      list.add({ kind: 'pageSettingChanged', outcome: 'forbidden', page, detail: key }, object);
    }
  }
}

/** New annotations and widgets are judged as the objects that they are; here it is about the list. */
export async function judgeAnnotationList(
  comparison: Comparison,
  object: number,
  page: number,
  versions: Versions,
): Promise<void> {
  const { list, before, after, rules } = comparison;
  const old = await itemsOf(before.resolve(versions.before));
  const current = await itemsOf(after.resolve(versions.after));
  const [former, present] = [new ValueSet(old), new ValueSet(current)];
  const isKept = (item: PdfValue): boolean => present.has(item);
  for (const removed of old.filter((item) => !isKept(item))) await judgeRemoval(comparison, page, removed);
  const kept = old.filter(isKept);
  const remaining = current.filter((item) => former.has(item));
  // One that stands in the list a second time is drawn again, over what was above it.
  if (
    kept.length !== remaining.length ||
    kept.some((item, index) => !sameValue(item, remaining[index] ?? NULL))
  )
    list.add({ kind: 'annotationChanged', page, ...reworking(rules, 'drawsOnPage') }, object);
  for (const item of current.filter((one) => !former.has(one))) {
    if (item.kind !== 'reference') await judgeAnnotation(comparison, object, page, dictionaryOf(item));
    else judgeListing(comparison, page, item.number);
  }
}

/** An annotation that the page did not list. New ones are judged as the objects that they are. */
function judgeListing(comparison: Comparison, page: number, object: number): void {
  const { changed, beforeParts, fields, list, rules } = comparison;
  const field = beforeParts.fields.get(object)?.field;
  if (field !== undefined) {
    // A signer may give a field the page that its author forgot.
    const isPlaced = isNewlySigned(fields, field) && !beforeParts.annotationPages.has(object);
    if (!isPlaced) list.add({ kind: 'fieldRedesigned', field, page, ...doubtful(rules) }, object);
  } else if (!changed.added.has(object) && !changed.replaced.has(object)) {
    // An object of the signed part that no page listed, or that another page did.
    list.add({ kind: 'hiddenContentActivated', outcome: 'forbidden', page }, object);
  }
}

async function judgeRemoval(comparison: Comparison, page: number, item: PdfValue): Promise<void> {
  const { before, beforeParts, list, rules } = comparison;
  const object = item.kind === 'reference' ? item.number : undefined;
  const field = object === undefined ? undefined : beforeParts.fields.get(object)?.field;
  if (field !== undefined)
    return list.add({ kind: 'fieldRemoved', outcome: 'forbidden', field, page }, object);
  const dictionary = dictionaryOf((await readable(before.resolve(item))) ?? NULL);
  const detail = nameOf(entryOf(dictionary ?? EMPTY_DICTIONARY, 'Subtype'));
  const doubt = doubtOf(await effectOf(before, dictionary));
  list.add({ kind: 'annotationRemoved', page, detail, ...reworking(rules, doubt) }, object);
}

async function itemsOf(reading: Promise<PdfValue>): Promise<readonly PdfValue[]> {
  const array = await readable(reading);
  return array?.kind === 'array' ? array.items.map(({ value }) => value) : [];
}

export async function judgeAnnotation(
  comparison: Comparison,
  object: number,
  page: number,
  dictionary: PdfDictionary | undefined,
): Promise<void> {
  const { list, rules, before, beforeParts, after } = comparison;
  const detail = dictionary && nameOf(entryOf(dictionary, 'Subtype'));
  const doubt = doubtOf(await effectOf(after, dictionary));
  if (beforeParts.annotationPages.has(object)) {
    // Hidden now, it may have shown before.
    const earlier = dictionaryOf((await objectVersion(before, object)).value);
    const worse = doubt === 'drawsOnPage' ? doubt : (doubtOf(await effectOf(before, earlier)) ?? doubt);
    return list.add({ kind: 'annotationChanged', page, detail, ...reworking(rules, worse) }, object);
  }
  const isOver = doubt === 'drawsOnPage' && (await isOverContent(comparison, object, page, dictionary));
  const reason = isOver ? 'coversSignedContent' : doubt;
  list.add({ kind: 'annotationAdded', page, detail, ...annotating(rules, reason) }, object);
}

const doubtOf = ({ draws, acts }: AnnotationEffect): Doubt =>
  draws ? 'drawsOnPage' : acts ? 'acts' : undefined;

/** Borders and marks made up by viewers go a little beyond the rectangle; they are doubtful anyway. */
async function isOverContent(
  comparison: Comparison,
  object: number,
  page: number,
  dictionary: PdfDictionary | undefined,
): Promise<boolean> {
  const isOwnObject = comparison.afterParts.annotationPages.has(object);
  if (!dictionary || !isOwnObject) return true;
  return (await coveredBy(comparison, await placesOf(comparison.after, object, [page]))) !== undefined;
}

/** Something that an annotation consists of, such as its look. */
export async function judgeAnnotationDetail(
  comparison: Comparison,
  object: number,
  page: number,
  annotation: number | undefined,
): Promise<void> {
  const { after, beforeParts, list, rules } = comparison;
  if (annotation === undefined || beforeParts.annotationPages.has(annotation)) {
    return list.add({ kind: 'annotationChanged', page, ...reworking(rules, 'drawsOnPage') }, object);
  }
  const { value } = await objectVersion(after, annotation);
  await judgeAnnotation(comparison, annotation, page, dictionaryOf(value));
}
