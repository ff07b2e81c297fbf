/** Changes of pages, of what they show, and of their annotations (ISO 32000-2 §7.7.3, §12.5). */
import type { PdfDocument } from '../read/document.ts';
import {
  dictionaryOf,
  EMPTY_DICTIONARY,
  entryOf,
  integerOf,
  NULL,
  nameOf,
  type PdfDictionary,
  type PdfValue,
} from '../syntax/values.ts';
import { annotating, type Comparison, doubtful, type Judged, reworking } from './comparison.ts';
import type { Versions } from './judge-field.ts';
import { objectVersion, readable } from './object-version.ts';
import { changedKeys, sameValue } from './value-equality.ts';

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
  const { list, before, after, rules, beforeParts, changed } = comparison;
  const old = await itemsOf(before.resolve(versions.before));
  const current = await itemsOf(after.resolve(versions.after));
  const isKept = (item: PdfValue): boolean => current.some((one) => sameValue(one, item));
  for (const removed of old.filter((item) => !isKept(item))) await judgeRemoval(comparison, page, removed);
  const kept = old.filter(isKept);
  const remaining = current.filter((item) => old.some((one) => sameValue(one, item)));
  if (kept.some((item, index) => !sameValue(item, remaining[index] ?? NULL))) {
    list.add({ kind: 'annotationChanged', page, ...reworking(rules, true) }, object);
  }
  for (const item of current.filter((one) => !old.some((earlier) => sameValue(earlier, one)))) {
    if (item.kind !== 'reference') await judgeAnnotation(comparison, object, page, dictionaryOf(item));
    else if (!changed.added.has(item.number) && !changed.replaced.has(item.number)) {
      // An object of the signed part that no page listed, or that another page did.
      const field = beforeParts.fields.get(item.number)?.field;
      if (field !== undefined) list.add({ kind: 'fieldRedesigned', field, ...doubtful(rules) }, item.number);
      else list.add({ kind: 'hiddenContentActivated', outcome: 'forbidden', page }, item.number);
    }
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
  // At level 3 annotations may go as they may come (ISO 32000-2 table 257).
  const judged: Judged = rules.docMdp === 3 ? { outcome: 'allowed' } : reworking(rules, !isQuiet(dictionary));
  list.add({ kind: 'annotationRemoved', page, detail, ...judged }, object);
}

async function itemsOf(reading: Promise<PdfValue>): Promise<readonly PdfValue[]> {
  const array = await readable(reading);
  return array?.kind === 'array' ? array.items.map(({ value }) => value) : [];
}

export async function judgeAnnotation(
  { list, rules, beforeParts, after }: Comparison,
  object: number,
  page: number,
  dictionary: PdfDictionary | undefined,
): Promise<void> {
  const detail = dictionary && nameOf(entryOf(dictionary, 'Subtype'));
  const draws = !dictionary || (await isDrawing(after, dictionary));
  // Hidden now, it may have shown before.
  if (beforeParts.annotationPages.has(object))
    list.add(
      { kind: 'annotationChanged', page, detail, ...reworking(rules, draws || !isQuiet(dictionary)) },
      object,
    );
  else list.add({ kind: 'annotationAdded', page, detail, ...annotating(rules, draws) }, object);
}

/** Types that show nothing but a hint, as long as they bring no drawing and no action of their own. */
const QUIET_TYPES: ReadonlySet<string> = new Set([
  ...['Text', 'Popup', 'Link', 'Highlight', 'Underline', 'StrikeOut', 'Squiggly', 'Caret'],
]);
/** Hidden and NoView (table 167). */
const UNSEEN = 2 | 32;

function isQuiet(dictionary: PdfDictionary | undefined): boolean {
  if (!dictionary || dictionary.entries.has('AP')) return false;
  const type = nameOf(entryOf(dictionary, 'Subtype')) ?? '';
  const runs = type !== 'Link' && (dictionary.entries.has('A') || dictionary.entries.has('AA'));
  return QUIET_TYPES.has(type) && !runs;
}

async function isDrawing(document: PdfDocument, dictionary: PdfDictionary): Promise<boolean> {
  const flags = integerOf(await document.lookup(dictionary, 'F')) ?? 0;
  return !isQuiet(dictionary) && (flags & UNSEEN) === 0;
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
    return list.add({ kind: 'annotationChanged', page, ...reworking(rules, true) }, object);
  }
  const { value } = await objectVersion(after, annotation);
  await judgeAnnotation(comparison, annotation, page, dictionaryOf(value));
}
