/** Changes of the interactive form itself: its list of fields and its settings (ISO 32000-2 §12.7.3). */
import {
  dictionaryOf,
  EMPTY_DICTIONARY,
  entryOf,
  integerOf,
  NULL,
  type PdfDictionary,
  type PdfValue,
} from '../syntax/values.ts';
import { type Comparison, doubtful } from './comparison.ts';
import type { Versions } from './judge-field.ts';
import { readable } from './object-version.ts';
import { isEmpty } from './signed-fields.ts';
import { changedKeys, sameValue, ValueSet } from './value-equality.ts';

/** Settings that a program which adds a field may write where there were none (table 224). */
const ADDED_FREELY: ReadonlySet<string> = new Set(['DA', 'DR', 'Q']);

/** Settings from which viewers draw the fields that bring no look of their own. */
const REDRAWING: ReadonlySet<string> = new Set(['DA', 'DR', 'Q', 'NeedAppearances']);

/** Whether a signed field showed a value that only a viewer gave a look (§12.7.4.3). */
async function isDrawnByViewer({ before, fields }: Comparison): Promise<boolean> {
  const form = dictionaryOf((await readable(before.lookup(before.catalog.dictionary, 'AcroForm'))) ?? NULL);
  const asked = form && (await readable(before.lookup(form, 'NeedAppearances')));
  const isAlways = asked?.kind === 'boolean' && asked.value;
  return [...fields.before.values()].some(
    (state) =>
      state.type !== 'Sig' &&
      state.places.length > 0 &&
      !isEmpty(state) &&
      (isAlways || !state.dictionary.entries.has('AP')),
  );
}

export async function judgeForm(comparison: Comparison, object: number, versions: Versions): Promise<void> {
  const { list, rules, before, after } = comparison;
  const old = dictionaryOf(versions.before) ?? EMPTY_DICTIONARY;
  const current = dictionaryOf(versions.after);
  if (!current)
    return list.add({ kind: 'formSettingChanged', outcome: 'forbidden', detail: 'AcroForm' }, object);
  for (const key of changedKeys(old, current)) {
    if (key === 'Fields') {
      await judgeFieldList(comparison, object, { before: entryOf(old, key), after: entryOf(current, key) });
      continue;
    }
    const [was, is] = [await readable(before.lookup(old, key)), await readable(after.lookup(current, key))];
    const isRedrawn =
      REDRAWING.has(key) && !sameValue(was ?? NULL, is ?? NULL) && (await isDrawnByViewer(comparison));
    if (isRedrawn || !isHarmless(key, was ?? NULL, is ?? NULL))
      list.add({ kind: 'formSettingChanged', detail: key, ...doubtful(rules) }, object);
  }
}

function isHarmless(key: string, before: PdfValue, after: PdfValue): boolean {
  if (sameValue(before, after)) return true;
  if (key === 'SigFlags')
    return ((integerOf(after) ?? 0) & (integerOf(before) ?? 0)) === (integerOf(before) ?? 0);
  // Asked to draw all fields again, a viewer shows what was not signed.
  if (key === 'NeedAppearances') return !(after.kind === 'boolean' && after.value);
  if (before.kind === 'null') return ADDED_FREELY.has(key);
  return key === 'DR' && isGrowing(dictionaryOf(before), dictionaryOf(after));
}

/** Resources by category and name (§7.8.3): new ones may come, those that were there stay. */
export function isGrowing(before: PdfDictionary | undefined, after: PdfDictionary | undefined): boolean {
  if (!before || !after) return false;
  return [...before.entries].every(([key, { value }]) => {
    const current = entryOf(after, key);
    return sameValue(value, current) || isGrowing(dictionaryOf(value), dictionaryOf(current));
  });
}

/** New fields are judged as the objects that they are; fields that are missing, here. */
export async function judgeFieldList(
  { list, before, after, beforeParts, changed, rules }: Comparison,
  object: number,
  versions: Versions,
): Promise<void> {
  const old = await readable(before.resolve(versions.before));
  const current = await readable(after.resolve(versions.after));
  if (current?.kind !== 'array' || (old && old.kind !== 'array' && old.kind !== 'null'))
    return list.add({ kind: 'formSettingChanged', outcome: 'forbidden', detail: 'Fields' }, object);
  const items = current.items.map(({ value }) => value);
  const present = new ValueSet(items);
  const former = new ValueSet(old?.kind === 'array' ? old.items.map(({ value }) => value) : []);
  for (const { value } of old?.kind === 'array' ? old.items : []) {
    if (present.has(value)) continue;
    const field = value.kind === 'reference' ? beforeParts.fields.get(value.number)?.field : undefined;
    list.add({ kind: 'fieldRemoved', outcome: 'forbidden', field: field ?? '' }, object);
  }
  for (const item of items) {
    // A field that is no object of its own cannot be followed any further (it is forbidden, too).
    if (item.kind !== 'reference' && !former.has(item))
      list.add({ kind: 'fieldAdded', field: '', ...doubtful(rules) }, object);
    // A field that lay in the signed part, and in no form.
    if (
      item.kind === 'reference' &&
      !beforeParts.fields.has(item.number) &&
      !changed.added.has(item.number) &&
      !changed.replaced.has(item.number)
    )
      list.add({ kind: 'hiddenContentActivated', ...doubtful(rules) }, item.number);
  }
}
