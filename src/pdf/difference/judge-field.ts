/** Changes in form fields: signing, filling in, and what is neither (ISO 32000-2 §12.7). */
import {
  dictionaryOf,
  EMPTY_DICTIONARY,
  entryOf,
  integerOf,
  type PdfDictionary,
  type PdfValue,
} from '../syntax/values.ts';
import { isActing } from './annotation-effect.ts';
import type { FoundChange } from './change-list.ts';
import { addingGroup, type Comparison, doubtful, fillingIn, type Judged } from './comparison.ts';
import { addedSignatureField } from './judge-signature.ts';
import type { Role } from './roles.ts';
import {
  type FieldPlace,
  isEmpty,
  isNewlySigned,
  isSigned,
  isValueChanged,
  type SignedFields,
} from './signed-fields.ts';
import { changedKeys } from './value-equality.ts';

export type FieldRole = Extract<Role, { readonly field: string }>;

export interface Versions {
  readonly before: PdfValue;
  readonly after: PdfValue;
}

/** Entries that hold the value of a field and its look (tables 226, 230 and 233; §12.5.2). */
const VALUE_KEYS: ReadonlySet<string> = new Set(['V', 'AS', 'AP', 'RV', 'I', 'TI', 'M', 'Type']);
/** ReadOnly (table 227): set when a signature locks the field. */
const READ_ONLY = 1;

export async function judgeField(
  comparison: Comparison,
  object: number,
  role: FieldRole,
  versions: Versions,
): Promise<void> {
  const { field } = role;
  const { fields, list, changed, beforeParts, afterParts } = comparison;
  const wasThere = fields.before.has(field) || isInnerField(comparison, field);
  const isNewPart = role.kind === 'field' && !beforeParts.fields.has(object);
  // A second field of the same name would speak for the first one.
  if (isNewPart && wasThere) return redesigned(comparison, object, field);
  const current = role.kind === 'field' ? dictionaryOf(versions.after) : undefined;
  if (isNewPart && current && (await isActing(comparison.after, current)))
    list.add({ kind: 'fieldAdded', field, ...doubtful(comparison.rules), reason: 'acts' }, object);
  if (isNewlySigned(fields, field)) {
    if (wasThere && isRedesign(role, changed.replaced.has(object), versions, true))
      return redesigned(comparison, object, field);
    return list.add(await addedSignatureField(comparison, field), object);
  }
  if (isSigned(fields.before.get(field))) {
    const kind = isSigned(fields.after.get(field)) ? 'signatureChanged' : 'signatureRemoved';
    return list.add({ kind, outcome: 'forbidden', field }, object);
  }
  if (!wasThere) {
    const isSignatureField = afterParts.fields.get(object)?.type === 'Sig' || role.kind !== 'field';
    if (isSignatureField && fields.after.get(field)?.type === 'Sig')
      return list.add(await addedSignatureField(comparison, field), object);
    const judged: Judged = isGroupOfSignatures(comparison, field, versions.after)
      ? addingGroup(comparison.rules)
      : doubtful(comparison.rules);
    return list.add({ kind: 'fieldAdded', field, ...judged }, object);
  }
  await judgeFilling(comparison, object, role, versions);
}

/** A new field without a look that only groups new signature fields, which are judged by themselves. */
function isGroupOfSignatures({ afterParts, fields }: Comparison, field: string, value: PdfValue): boolean {
  const dictionary = dictionaryOf(value);
  if (!dictionary || ![...dictionary.entries.keys()].every((key) => GROUP_KEYS.has(key))) return false;
  const inside = [...afterParts.fields.values()].filter((part) => part.field.startsWith(`${field}.`));
  return inside.length > 0 && inside.every((part) => !fields.before.has(part.field) && part.type === 'Sig');
}

const GROUP_KEYS: ReadonlySet<string> = new Set(['T', 'FT', 'Kids', 'Parent', 'V', 'TU', 'Ff', 'Lock', 'SV']);

/** A field that only groups others: it was in the tree, though it has no value of its own. */
const isInnerField = ({ beforeParts }: Comparison, field: string): boolean =>
  beforeParts.fieldObjects.has(field);

async function judgeFilling(
  comparison: Comparison,
  object: number,
  role: FieldRole,
  versions: Versions,
): Promise<void> {
  const { field } = role;
  const change = fillingChange(comparison, object, role, versions);
  const place = change.outcome === 'allowed' ? await writtenPlace(comparison, field) : undefined;
  const hides =
    place && ({ page: place.page, outcome: 'suspicious', reason: 'coversSignedContent' } as const);
  comparison.list.add({ field, ...change, ...hides }, object);
}

/** A field that lay over the text when it was signed: filled in, it can hide it (shadow attack "hide and replace"). */
async function writtenPlace(
  { fields, painted, beforeParts, afterParts }: Comparison,
  field: string,
): Promise<FieldPlace | undefined> {
  for (const place of fields.after.get(field)?.places ?? []) {
    const object = afterParts.pages[place.page - 1];
    const page = object === undefined ? undefined : beforeParts.pageNumbers.get(object);
    if (page === undefined || !place.rectangle || (await painted.isWritten(page, place.rectangle)))
      return place;
  }
  return undefined;
}

function fillingChange(
  { fields, changed, rules }: Comparison,
  object: number,
  role: FieldRole,
  versions: Versions,
): FoundChange {
  const isReplaced = changed.replaced.has(object);
  if (role.kind === 'fieldResource' && isReplaced) return { kind: 'fieldRedesigned', outcome: 'forbidden' };
  // Another look without another value: what shows is not what was filled in.
  const looksOnly = !isValueChanged(fields, role.field) && role.kind !== 'fieldResource';
  const isRedesigned =
    isRedesign(role, isReplaced, versions, false) || isButtonRedrawn(fields, role, versions);
  if (isRedesigned || (looksOnly && !isOnlyLocked(role, versions)))
    return { kind: 'fieldRedesigned', ...doubtful(rules) };
  const judged = fillingIn(rules, role.field);
  const isOverwritten = rules.docMdp === undefined && !isEmpty(fields.before.get(role.field));
  return judged.outcome === 'allowed' && isOverwritten && !looksOnly
    ? { kind: 'fieldOverwritten', outcome: 'suspicious' }
    : { kind: 'fieldFilled', ...judged };
}

/** The looks of a button are its author's: filling in chooses one of them (§12.7.5.2). */
function isButtonRedrawn(fields: SignedFields, role: FieldRole, { before, after }: Versions): boolean {
  if (fields.before.get(role.field)?.type !== 'Btn') return false;
  if (role.kind === 'fieldAppearance') return true;
  const [old, current] = [dictionaryOf(before), dictionaryOf(after)];
  return role.kind === 'field' && !!old && !!current && changedKeys(old, current).includes('AP');
}

function redesigned({ list, rules }: Comparison, object: number, field: string): void {
  list.add({ kind: 'fieldRedesigned', field, ...doubtful(rules) }, object);
}

/** More was changed than a value and its look. */
function isRedesign(
  role: FieldRole,
  isReplaced: boolean,
  { before, after }: Versions,
  isSigning: boolean,
): boolean {
  if (role.kind === 'fieldDetail') return true;
  if (role.kind === 'fieldResource') return isReplaced;
  if (role.kind !== 'field') return false;
  const [old, current] = [dictionaryOf(before), dictionaryOf(after)];
  // A field is a dictionary: a stream would be drawn somewhere.
  if (!old || !current || before.kind === 'stream' || after.kind === 'stream') return true;
  return changedKeys(old, current).some((key) => {
    if (key === 'Ff') return !isLocking(old, current);
    // Signing programs print and lock the widget of the field that they sign (table 167).
    return !(VALUE_KEYS.has(key) || (isSigning && key === 'F'));
  });
}

/** Only the flag ReadOnly was set. */
function isLocking(before: PdfDictionary, after: PdfDictionary): boolean {
  const [old, current] = [before, after].map((one) => integerOf(entryOf(one, 'Ff')) ?? 0);
  return current === ((old ?? 0) | READ_ONLY);
}

function isOnlyLocked(role: FieldRole, { before, after }: Versions): boolean {
  if (role.kind !== 'field') return false;
  const keys = changedKeys(dictionaryOf(before) ?? EMPTY_DICTIONARY, dictionaryOf(after) ?? EMPTY_DICTIONARY);
  return keys.every((key) => key === 'Ff');
}
