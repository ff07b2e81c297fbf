/** Signing a field that the author of the document put there, under the author's conditions. */
import { OssError } from '../../contract/errors.ts';
import type { LoadedObject, PdfDocument } from '../read/document.ts';
import { type FormField, formFields } from '../read/form-fields.ts';
import { type Rectangle, rectangleOf } from '../read/page-tree.ts';
import { decodeTextString } from '../syntax/text-string.ts';
import {
  dictionaryOf,
  entryOf,
  integerOf,
  nameOf,
  type PdfDictionary,
  type PdfReference,
} from '../syntax/values.ts';
import { type Syntax, writeReference } from '../syntax/writer.ts';
import type { Revision } from './revision.ts';
import { writeFieldMdp } from './signature-dictionary.ts';
import { writeAppearances } from './signature-field.ts';

export interface ExistingField {
  readonly field: LoadedObject & { readonly value: PdfDictionary };
  readonly widget: LoadedObject & { readonly value: PdfDictionary };
  readonly rectangle: Rectangle | undefined;
}

const unusable = (reason: string): OssError => new OssError('OSS_PDF_FIELD_UNUSABLE', { reason });

/** Throws OSS_PDF_FIELD_UNUSABLE where the field demands what this signature does not have. */
export async function openExistingField(
  document: PdfDocument,
  name: string,
  signature: { readonly reason?: string },
): Promise<ExistingField> {
  const found = await findField(document, name);
  if (!found?.reference) throw unusable('there is no such field');
  const field = await loadDictionary(document, found.reference);
  await checkSeedValues(document, field.value, signature.reason);
  const kids = await document.lookup(field.value, 'Kids');
  const kid = kids.kind === 'array' ? kids.items[0]?.value : undefined;
  const widget = kid?.kind === 'reference' ? await loadDictionary(document, kid) : field;
  return { field, widget, rectangle: await rectangleOf(document, entryOf(widget.value, 'Rect')) };
}

async function findField(document: PdfDocument, name: string): Promise<FormField | undefined> {
  for await (const field of formFields(document)) if (field.name === name) return field;
  return undefined;
}

async function loadDictionary(
  document: PdfDocument,
  reference: PdfReference,
): Promise<ExistingField['field']> {
  const loaded = await document.load(reference);
  if (loaded?.value.kind !== 'dictionary') throw unusable('it is not a dictionary');
  return { ...loaded, value: loaded.value };
}

/** Puts the value, and an appearance if there is one, into new versions of the field and its widget. */
export function fillField(
  revision: Revision,
  { field, widget }: ExistingField,
  signature: PdfReference,
  appearance: PdfReference | undefined,
): void {
  const value: [string, Syntax] = ['V', writeReference(signature)];
  const look: [string, Syntax][] = appearance ? [['AP', writeAppearances(appearance)]] : [];
  if (widget === field) {
    revision.put(field.reference, revision.edited(field, field.value, new Map([value, ...look])));
    return;
  }
  revision.put(field.reference, revision.edited(field, field.value, new Map([value])));
  if (look.length > 0) revision.put(widget.reference, revision.edited(widget, widget.value, new Map(look)));
}

/** /Lock of the field becomes a FieldMDP transform of the signature (§12.7.5.5). */
export async function lockTransform(
  revision: Revision,
  { field }: ExistingField,
): Promise<Syntax | undefined> {
  const { document } = revision;
  const entry = entryOf(field.value, 'Lock');
  const lock = dictionaryOf(await document.resolve(entry));
  if (!lock) return undefined;
  if (lock.entries.has('P')) throw unusable('its lock asks for a certification');
  const owner = entry.kind === 'reference' ? await document.load(entry) : field;
  const parameters = new Map<string, Syntax>();
  for (const [key, item] of lock.entries) {
    if (!owner || (key !== 'Action' && key !== 'Fields')) continue;
    if (item.value.kind === 'reference') throw unusable('its lock is not a plain dictionary');
    // The strings move to another object, the signature dictionary, and may be encrypted for this one.
    if (document.encryption && key === 'Fields')
      throw unusable('its lock names fields in an encrypted document');
    parameters.set(key, revision.copy(owner, item));
  }
  return writeFieldMdp(revision, parameters);
}

/** Flags of a seed value dictionary: which constraints are required (table 238). */
const SEED_FLAGS = { Filter: 1, SubFilter: 2, Reasons: 8, DigestMethod: 64 } as const;
const HONOURED = SEED_FLAGS.Filter | SEED_FLAGS.SubFilter | SEED_FLAGS.Reasons | SEED_FLAGS.DigestMethod;

async function checkSeedValues(document: PdfDocument, field: PdfDictionary, reason = ''): Promise<void> {
  const seed = dictionaryOf(await document.lookup(field, 'SV'));
  if (!seed) return;
  const flags = integerOf(await document.lookup(seed, 'Ff')) ?? 0;
  const offered = async (key: string): Promise<string[]> => stringsOf(document, seed, key);
  const demands = [
    { flag: SEED_FLAGS.Filter, met: (await offered('Filter')).includes('Adobe.PPKLite') },
    { flag: SEED_FLAGS.SubFilter, met: (await offered('SubFilter')).includes('ETSI.CAdES.detached') },
    { flag: SEED_FLAGS.Reasons, met: (await offered('Reasons')).includes(reason) },
    { flag: SEED_FLAGS.DigestMethod, met: (await offered('DigestMethod')).some(isSha256) },
  ];
  const isUnmet = demands.some(({ flag, met }) => (flags & flag) !== 0 && !met);
  if (isUnmet || (flags & ~HONOURED) !== 0) throw unusable('its author demands another kind of signature');
  for (const key of ['Cert', 'TimeStamp']) {
    const constraint = dictionaryOf(await document.lookup(seed, key));
    const required = constraint ? (integerOf(await document.lookup(constraint, 'Ff')) ?? 0) : 0;
    if (required !== 0) throw unusable(`its author demands a certain /${key}`);
  }
  const mdp = dictionaryOf(await document.lookup(seed, 'MDP'));
  if (mdp && (integerOf(await document.lookup(mdp, 'P')) ?? 0) !== 0)
    throw unusable('it asks for a certification');
}

/** Producers write `SHA256`, as the standard does, or `sha256`. */
const isSha256 = (method: string): boolean => method.toUpperCase() === 'SHA256';

async function stringsOf(document: PdfDocument, dictionary: PdfDictionary, key: string): Promise<string[]> {
  const value = await document.lookup(dictionary, key);
  const values = value.kind === 'array' ? value.items.map((item) => item.value) : [value];
  return values.map((one) => (one.kind === 'string' ? decodeTextString(one.bytes) : (nameOf(one) ?? '')));
}
