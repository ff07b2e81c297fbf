/** Signing a field that the author of the document put there, under the author's conditions. */
import { OssError } from '../../contract/errors.ts';
import type { LoadedObject, PdfDocument } from '../read/document.ts';
import { type FormField, formFields } from '../read/form-fields.ts';
import { type Rectangle, rectangleOf } from '../read/page-tree.ts';
import { checkSeedValues, type SignatureOffer } from '../signatures/seed-values.ts';
import { readPermission } from '../signatures/transform.ts';
import { dictionaryOf, entryOf, nameOf, type PdfDictionary, type PdfReference } from '../syntax/values.ts';
import { type Syntax, writeArray, writeName, writeReference } from '../syntax/writer.ts';
import type { Revision } from './revision.ts';
import { writeFieldMdp } from './signature-dictionary.ts';
import { writeAppearances } from './signature-field.ts';

export interface ExistingField {
  readonly field: LoadedObject & { readonly value: PdfDictionary };
  readonly widget: LoadedObject & { readonly value: PdfDictionary };
  readonly rectangle: Rectangle | undefined;
}

const unusable = (reason: string): OssError => new OssError('OSS_PDF_FIELD_UNUSABLE', { reason });

/** @throws OSS_PDF_FIELD_UNUSABLE where the field demands what this signature does not have. */
export async function openExistingField(
  document: PdfDocument,
  name: string,
  offer: SignatureOffer,
): Promise<ExistingField> {
  const found = await findField(document, name);
  if (!found?.reference) throw unusable('there is no such field');
  const field = await loadDictionary(document, found.reference);
  await checkSeedValues(document, field.value, offer);
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

/**
 * /Lock of the field becomes a FieldMDP transform of the signature (§12.7.5.5). Its /P, the permission that is left
 * afterwards (table 236), is repeated there: some validators look at the lock, some at the signature.
 */
export async function lockTransform(
  revision: Revision,
  { field }: ExistingField,
  signature: PdfReference,
): Promise<Syntax | undefined> {
  const { document } = revision;
  const lock = dictionaryOf(await document.lookup(field.value, 'Lock'));
  if (!lock) return undefined;
  const parameters = new Map<string, Syntax>();
  const action = nameOf(await document.lookup(lock, 'Action'));
  if (action === undefined) throw unusable('its lock has no action');
  parameters.set('Action', writeName(action));
  const fields = await document.lookup(lock, 'Fields');
  if (fields.kind === 'array') {
    const names: Syntax[] = [];
    for (const { value } of fields.items) {
      const name = await document.resolve(value);
      if (name.kind !== 'string') throw unusable('its lock does not name fields');
      // The strings move to the signature dictionary, and are encrypted for it where the document is.
      names.push(revision.string(signature, name.bytes));
    }
    parameters.set('Fields', writeArray(names));
  }
  const permission = await readPermission(document, lock);
  if (permission) parameters.set('P', String(permission));
  return writeFieldMdp(revision, parameters);
}
