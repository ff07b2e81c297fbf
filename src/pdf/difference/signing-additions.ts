/** New objects that a further signature explains: its field, its value, its appearance, and validation data. */
import type { PdfDocument } from '../read/document.ts';
import { formFields } from '../read/form-fields.ts';
import {
  dictionaryOf,
  entryOf,
  nameOf,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
} from '../syntax/values.ts';

export interface SigningAdditions {
  /** Numbers of new signature fields (merged with their widgets). */
  readonly fields: ReadonlySet<number>;
  /** Numbers of signature fields that were there before. */
  readonly earlierFields: ReadonlySet<number>;
  /** Every new object that belongs to them or to the DSS, with what it is. */
  readonly explained: ReadonlyMap<number, string>;
}

export async function signingAdditions(
  after: PdfDocument,
  added: ReadonlySet<number>,
): Promise<SigningAdditions> {
  const explained = new Map<number, string>();
  const fields = new Set<number>();
  const earlierFields = new Set<number>();
  for await (const field of formFields(after)) {
    if (field.type !== 'Sig') continue;
    if (field.reference && added.has(field.reference.number)) {
      fields.add(field.reference.number);
      await explain(after, added, field.reference, `signature field ${field.name}`, explained);
    } else {
      // A field that was there before may have received its value and appearance.
      if (field.reference) earlierFields.add(field.reference.number);
      await explainEntries(after, added, field.dictionary, `signature field ${field.name}`, explained);
    }
  }
  // The form itself, not what it leads to: fields of other kinds stay unexplained.
  const form = entryOf(after.catalog.dictionary, 'AcroForm');
  if (form.kind === 'reference' && added.has(form.number)) explained.set(form.number, 'interactive form');
  for (const root of await validationDataRoots(after)) {
    await explain(after, added, root, 'validation data', explained);
  }
  for (const number of added) {
    const value = await after.get({ kind: 'reference', number, generation: 0 });
    const type = value.kind === 'stream' ? nameOf(entryOf(value.dictionary, 'Type')) : undefined;
    if (type === 'XRef' || type === 'ObjStm') explained.set(number, 'structure of the file');
  }
  return { fields, earlierFields, explained };
}

/** The store, which may be a new object; and what hangs on one that is not, or on its records. */
async function validationDataRoots(after: PdfDocument): Promise<PdfValue[]> {
  const entry = entryOf(after.catalog.dictionary, 'DSS');
  const store = dictionaryOf(await after.resolve(entry));
  const records = store && (await after.lookup(store, 'VRI'));
  return [entry, ...(store ? [store] : []), ...(records ? [records] : [])];
}

const FIELD_ENTRIES = ['V', 'AP'] as const;

async function explainEntries(
  after: PdfDocument,
  added: ReadonlySet<number>,
  field: PdfDictionary,
  what: string,
  explained: Map<number, string>,
): Promise<void> {
  for (const key of FIELD_ENTRIES) await explain(after, added, entryOf(field, key), what, explained);
}

/** Everything new that can be reached through new objects only. */
async function explain(
  after: PdfDocument,
  added: ReadonlySet<number>,
  root: PdfValue,
  what: string,
  explained: Map<number, string>,
): Promise<void> {
  const open: PdfValue[] = [root];
  for (let value = open.pop(); value; value = open.pop()) {
    if (value.kind === 'reference') {
      if (isNew(value, added) && !explained.has(value.number)) {
        explained.set(value.number, what);
        open.push(await after.get(value));
      }
      continue;
    }
    const dictionary = dictionaryOf(value);
    if (value.kind === 'array') open.push(...value.items.map((item) => item.value));
    if (dictionary) open.push(...[...dictionary.entries.values()].map((item) => item.value));
  }
}

const isNew = ({ number }: PdfReference, added: ReadonlySet<number>): boolean => added.has(number);
