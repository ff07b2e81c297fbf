/** Makes the new field known: in the interactive form, in the catalog and on its page. */
import { OssError } from '../../contract/errors.ts';
import type { PdfPage } from '../read/page-tree.ts';
import { dictionaryOf, entryOf, integerOf, type PdfReference } from '../syntax/values.ts';
import { type Syntax, writeArray, writeDictionary, writeReference } from '../syntax/writer.ts';
import { type LoadedDictionary, loadDictionary } from './edit-dictionary.ts';
import { extensionsWithEsic } from './extension-declaration.ts';
import type { Revision } from './revision.ts';

/** SignaturesExist and AppendOnly (ISO 32000-2 table 225). */
const SIGNATURE_FLAGS = 3;

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
  const fields = field && (await appended(revision, { owner, dictionary }, 'Fields', field));
  if (fields) changes.set('Fields', fields);
  return changes;
}

/** Adds the widget to /Annots of its page; `followStructure`: the tab key goes as the structure does (table 31). */
export async function registerWidget(
  revision: Revision,
  page: PdfPage,
  widget: PdfReference,
  { followStructure = false }: { readonly followStructure?: boolean } = {},
): Promise<void> {
  const { owner, dictionary } = await loadDictionary(revision, page.reference);
  const changes = new Map<string, Syntax>();
  const annotations = await appended(revision, { owner, dictionary }, 'Annots', widget);
  if (annotations) changes.set('Annots', annotations);
  if (followStructure && !dictionary.entries.has('Tabs')) changes.set('Tabs', '/S');
  if (changes.size > 0) revision.put(page.reference, revision.edited(owner, dictionary, changes));
}

/**
 * An array entry with one more reference. Where the array is an object of its own, its new version goes into
 * the revision and the dictionary stays as it is: the response is undefined.
 */
async function appended(
  revision: Revision,
  { owner, dictionary }: LoadedDictionary,
  key: string,
  addition: PdfReference,
): Promise<Syntax | undefined> {
  const entry = entryOf(dictionary, key);
  const array = await revision.document.resolve(entry);
  if (array.kind !== 'array') return writeArray([writeReference(addition)]);
  if (entry.kind !== 'reference') return revision.extended(owner, array, [writeReference(addition)]);
  const arrayOwner = await revision.document.load(entry);
  if (arrayOwner?.value.kind !== 'array') throw new OssError('OSS_PDF_MALFORMED', { reason: `/${key}` });
  revision.put(entry, revision.extended(arrayOwner, arrayOwner.value, [writeReference(addition)]));
  return undefined;
}
