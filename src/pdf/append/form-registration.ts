/** Makes the new field known: in the interactive form, in the catalog and on its page. */
import { OssError } from '../../contract/errors.ts';
import type { LoadedObject } from '../read/document.ts';
import type { PdfPage } from '../read/page-tree.ts';
import { dictionaryOf, entryOf, integerOf, type PdfDictionary, type PdfReference } from '../syntax/values.ts';
import { type Syntax, writeArray, writeDictionary, writeReference } from '../syntax/writer.ts';
import type { Revision } from './revision.ts';

/** SignaturesExist and AppendOnly (ISO 32000-2 table 225). */
const SIGNATURE_FLAGS = 3;

/** PAdES structures in a document before PDF 2.0 (ISO 32000-1 §7.12, EN 319 142-1 §6.1). */
const ESIC = '<</BaseVersion /1.7\n/ExtensionLevel 1>>';

/** Adds a field to /AcroForm (or only sets its flags, without one) and declares the extension where wanted. */
export async function registerField(
  revision: Revision,
  field: PdfReference | undefined,
  options: { readonly declareExtension: boolean },
): Promise<void> {
  const catalog = await loadDictionary(revision, revision.document.catalog.reference);
  const changes = await formChanges(revision, catalog, field);
  if (options.declareExtension) {
    const extensions = await extensionsWithEsic(revision, catalog);
    if (extensions) changes.set('Extensions', extensions);
  }
  if (changes.size > 0)
    revision.put(catalog.owner.reference, revision.edited(catalog.owner, catalog.dictionary, changes));
}

interface LoadedDictionary {
  readonly owner: LoadedObject;
  readonly dictionary: PdfDictionary;
}

async function loadDictionary(revision: Revision, reference: PdfReference): Promise<LoadedDictionary> {
  const owner = await revision.document.load(reference);
  if (owner?.value.kind !== 'dictionary')
    throw new OssError('OSS_PDF_MALFORMED', { reason: 'not a dictionary' });
  return { owner, dictionary: owner.value };
}

/** What changes in the catalog because of the form. */
async function formChanges(
  revision: Revision,
  catalog: LoadedDictionary,
  field: PdfReference | undefined,
): Promise<Map<string, Syntax>> {
  const entry = entryOf(catalog.dictionary, 'AcroForm');
  const form = dictionaryOf(await revision.document.resolve(entry));
  if (!form) {
    // An object of its own, so that further signatures need not write the catalog again.
    const created = revision.allocate();
    const fields = writeArray(field ? [writeReference(field)] : []);
    revision.put(
      created,
      writeDictionary([
        ['Fields', fields],
        ['SigFlags', String(SIGNATURE_FLAGS)],
      ]),
    );
    return new Map([['AcroForm', writeReference(created)]]);
  }
  const owner =
    entry.kind === 'reference' ? await loadDictionary(revision, entry) : { ...catalog, dictionary: form };
  const changes = await changesInForm(revision, owner, field);
  if (changes.size === 0) return new Map();
  const edited = revision.edited(owner.owner, owner.dictionary, changes);
  if (entry.kind !== 'reference') return new Map([['AcroForm', edited]]);
  revision.put(entry, edited);
  return new Map();
}

async function changesInForm(
  revision: Revision,
  { owner, dictionary }: LoadedDictionary,
  field: PdfReference | undefined,
): Promise<Map<string, Syntax>> {
  const changes = new Map<string, Syntax>();
  const flags = integerOf(await revision.document.lookup(dictionary, 'SigFlags')) ?? 0;
  if ((flags & SIGNATURE_FLAGS) !== SIGNATURE_FLAGS) changes.set('SigFlags', String(flags | SIGNATURE_FLAGS));
  const fields = field && (await appended(revision, owner, dictionary, 'Fields', field));
  if (fields) changes.set('Fields', fields);
  return changes;
}

/** Adds the widget to /Annots of its page. */
export async function registerWidget(revision: Revision, page: PdfPage, widget: PdfReference): Promise<void> {
  const { owner, dictionary } = await loadDictionary(revision, page.reference);
  const annotations = await appended(revision, owner, dictionary, 'Annots', widget);
  if (annotations)
    revision.put(page.reference, revision.edited(owner, dictionary, new Map([['Annots', annotations]])));
}

/**
 * An array entry with one more reference. Where the array is an object of its own, its new version goes into
 * the revision and the dictionary stays as it is: the answer is undefined.
 */
async function appended(
  revision: Revision,
  owner: LoadedObject,
  dictionary: PdfDictionary,
  key: string,
  addition: PdfReference,
): Promise<Syntax | undefined> {
  const entry = entryOf(dictionary, key);
  const array = await revision.document.resolve(entry);
  if (array.kind !== 'array') return writeArray([writeReference(addition)]);
  if (entry.kind !== 'reference') return revision.extended(owner, array, writeReference(addition));
  const arrayOwner = await revision.document.load(entry);
  if (arrayOwner?.value.kind !== 'array') throw new OssError('OSS_PDF_MALFORMED', { reason: `/${key}` });
  revision.put(entry, revision.extended(arrayOwner, arrayOwner.value, writeReference(addition)));
  return undefined;
}

/** /Extensions with ESIC, or undefined where it is there already or where a PDF 2.0 file needs none. */
async function extensionsWithEsic(
  revision: Revision,
  catalog: LoadedDictionary,
): Promise<Syntax | undefined> {
  const entry = entryOf(catalog.dictionary, 'Extensions');
  const existing = dictionaryOf(await revision.document.resolve(entry));
  if (revision.document.version >= '2.0' || existing?.entries.has('ESIC')) return undefined;
  if (!existing) return writeDictionary([['ESIC', ESIC]]);
  if (entry.kind !== 'reference') return revision.edited(catalog.owner, existing, new Map([['ESIC', ESIC]]));
  const { owner, dictionary } = await loadDictionary(revision, entry);
  revision.put(entry, revision.edited(owner, dictionary, new Map([['ESIC', ESIC]])));
  return undefined;
}
