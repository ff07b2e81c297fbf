/** Changes of the catalog and of what belongs to the document as a whole (ISO 32000-2 §7.7.2). */
import { DSS_KEYS } from '../signatures/validation-data.ts';
import {
  dictionaryOf,
  EMPTY_DICTIONARY,
  entryOf,
  integerOf,
  NULL,
  nameOf,
  type PdfDictionary,
  type PdfItem,
  type PdfValue,
} from '../syntax/values.ts';
import type { FoundChange } from './change-list.ts';
import { type Comparison, doubtful } from './comparison.ts';
import type { Versions } from './judge-field.ts';
import { judgeForm } from './judge-form.ts';
import { readable } from './object-version.ts';
import { changedKeys, sameValue, ValueSet } from './value-equality.ts';

export async function judgeCatalog(
  comparison: Comparison,
  object: number,
  versions: Versions,
): Promise<void> {
  const [old, current] = [dictionaryOf(versions.before), dictionaryOf(versions.after)];
  if (!old || !current) return comparison.list.add({ kind: 'catalogReplaced', outcome: 'forbidden' }, object);
  for (const key of changedKeys(old, current)) {
    const entries = { before: entryOf(old, key), after: entryOf(current, key) };
    if (key === 'AcroForm') await judgeFormEntry(comparison, object, entries);
    else if (key === 'DSS') await judgeStoreEntry(comparison, object, entries);
    // A page tree that begins elsewhere has other pages, which are judged; or another root with the same ones.
    else if (key === 'Pages')
      comparison.list.add({ kind: 'pageSettingChanged', outcome: 'forbidden', detail: key }, object);
    else if (key === 'Extensions')
      comparison.list.add(
        extensionsChange(comparison.rules, ...(await resolved(comparison, entries))),
        object,
      );
    else comparison.list.add(settingChange(comparison, key, entries), object);
  }
}

/** An entry may become an object of its own; what it says counts. */
async function resolved(comparison: Comparison, { before, after }: Versions): Promise<[PdfValue, PdfValue]> {
  return [
    (await readable(comparison.before.resolve(before))) ?? NULL,
    (await readable(comparison.after.resolve(after))) ?? NULL,
  ];
}

async function judgeFormEntry(
  comparison: Comparison,
  object: number,
  { before, after }: Versions,
): Promise<void> {
  // A form that was an object of its own and still is that object is judged as that object.
  if (sameValue(before, after)) return;
  const [old, current] = await resolved(comparison, { before, after });
  await judgeForm(comparison, object, { before: old, after: current });
}

async function judgeStoreEntry(comparison: Comparison, object: number, versions: Versions): Promise<void> {
  const [old, current] = await resolved(comparison, versions);
  await judgeValidationData(comparison, object, { before: old, after: current });
}

/** An entry of the catalog by its key. */
export function settingChange({ rules }: Comparison, key: string, { before, after }: Versions): FoundChange {
  switch (key) {
    case 'Metadata':
      return { kind: 'documentInformationChanged', outcome: 'allowed' };
    case 'Version':
      return (nameOf(after) ?? '') > (nameOf(before) ?? '')
        ? { kind: 'technicalDeclarationAdded', outcome: 'allowed' }
        : { kind: 'documentSettingChanged', detail: key, ...doubtful(rules) };
    case 'OCProperties':
      return { kind: 'layersChanged', outcome: 'forbidden' };
    case 'OpenAction':
    case 'AA':
      return { kind: 'actionAdded', ...doubtful(rules) };
    case 'Perms':
      return { kind: 'permissionsChanged', ...doubtful(rules) };
    default:
      return { kind: 'documentSettingChanged', detail: key, ...doubtful(rules) };
  }
}

/** Extensions may be declared and raised to a later level, never taken away (ISO 32000-2 §7.12.2). */
export function extensionsChange(rules: Comparison['rules'], before: PdfValue, after: PdfValue): FoundChange {
  const [old, current] = [dictionaryOf(before), dictionaryOf(after)];
  const isGrowing =
    current !== undefined &&
    [...(old?.entries ?? [])].every(
      ([key, item]) =>
        sameValue(item.value, entryOf(current, key)) || isRaised(item.value, entryOf(current, key)),
    );
  return isGrowing
    ? { kind: 'technicalDeclarationAdded', outcome: 'allowed' }
    : { kind: 'documentSettingChanged', detail: 'Extensions', ...doubtful(rules) };
}

/** The same developer's extension of the same or a later base, with a higher level; a list of levels may grow (table 50). */
function isRaised(before: PdfValue, after: PdfValue): boolean {
  if (after.kind === 'array')
    return (before.kind === 'array' ? before.items : [{ value: before }]).every(({ value }) =>
      after.items.some((item) => sameValue(item.value, value) || isRaised(value, item.value)),
    );
  const [old, current] = [dictionaryOf(before), dictionaryOf(after)];
  if (!old || !current || old.repeated || current.repeated) return false;
  const [wasAt, isAt] = [old, current].map((one) => nameOf(entryOf(one, 'BaseVersion')) ?? '');
  const [was, is] = [old, current].map((one) => integerOf(entryOf(one, 'ExtensionLevel')) ?? Number.NaN);
  if (!((is ?? 0) > (was ?? 0) && (isAt ?? '') >= (wasAt ?? ''))) return false;
  return changedKeys(old, current).every((key) => DECLARATION_KEYS.has(key));
}

const DECLARATION_KEYS: ReadonlySet<string> = new Set([
  ...['Type', 'BaseVersion', 'ExtensionLevel', 'ExtensionRevision', 'URL'],
]);

const STORE_ARRAYS: readonly string[] = Object.values(DSS_KEYS);
const RECORD = /^[0-9A-Fa-f]{40}$/;

/** The document security store, its arrays and records may gain values, not lose them; its streams stay as they are. */
export async function judgeValidationData(
  { list, rules, before, after }: Comparison,
  object: number,
  versions: Versions,
): Promise<void> {
  const { before: old, after: current } = versions;
  const isNew = old.kind === 'null' && current.kind !== 'null';
  const isGrowing =
    isNew ||
    (old.kind === 'array' && current.kind === 'array' && keepsItems(old.items, current.items)) ||
    (old.kind === 'dictionary' && current.kind === 'dictionary' && (await isStoreGrowing(old, current)));
  list.add(
    isGrowing
      ? { kind: 'validationDataAdded', outcome: 'allowed' }
      : { kind: 'validationDataChanged', ...doubtful(rules) },
    object,
  );

  /** Of the store, of its records, and of one record alike (ISO 32000-2 tables 261 and 262). */
  async function isStoreGrowing(was: PdfDictionary, is: PdfDictionary): Promise<boolean> {
    for (const key of changedKeys(was, is)) {
      if (!is.entries.has(key)) return false;
      if (RECORD.test(key)) {
        if (was.entries.has(key)) return false;
        continue;
      }
      if (key === 'VRI') {
        if (!(await isRecordsGrowing(was, is))) return false;
        continue;
      }
      if (!STORE_ARRAYS.includes(key)) return false;
      const [earlier, later] = [
        await readable(before.lookup(was, key)),
        await readable(after.lookup(is, key)),
      ];
      if (later?.kind !== 'array') return false;
      if (earlier?.kind === 'array' && !keepsItems(earlier.items, later.items)) return false;
    }
    return true;
  }

  async function isRecordsGrowing(was: PdfDictionary, is: PdfDictionary): Promise<boolean> {
    const earlier = dictionaryOf((await readable(before.lookup(was, 'VRI'))) ?? NULL) ?? EMPTY_DICTIONARY;
    const later = dictionaryOf((await readable(after.lookup(is, 'VRI'))) ?? NULL);
    return (
      later !== undefined &&
      changedKeys(earlier, later).every((key) => RECORD.test(key) && !earlier.entries.has(key))
    );
  }
}

function keepsItems(before: readonly PdfItem[], after: readonly PdfItem[]): boolean {
  const present = new ValueSet(after.map(({ value }) => value));
  return before.every(({ value }) => present.has(value));
}
