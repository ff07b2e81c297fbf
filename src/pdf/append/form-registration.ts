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

/**
 * Adds fields to /AcroForm (or only sets its flags, without any), declares the extension where wanted, and names the
 * signature that certifies (§12.8.6).
 */
export async function registerFields(
  revision: Revision,
  fields: readonly PdfReference[],
  options: { readonly declareExtension: boolean; readonly certification?: PdfReference | undefined },
): Promise<void> {
  const catalog = await loadDictionary(revision, revision.document.catalog.reference);
  const changes = await formChanges(revision, catalog, fields);
  if (options.declareExtension) {
    const extensions = await extensionsWithEsic(revision, catalog);
    if (extensions) changes.set('Extensions', extensions);
  }
  const permissions =
    options.certification && (await permissionsWith(revision, catalog, options.certification));
  if (permissions) changes.set('Perms', permissions);
  if (changes.size > 0)
    revision.put(catalog.owner.reference, revision.edited(catalog.owner, catalog.dictionary, changes));
}

/** /Perms that names the certification (table 263); undefined where it is an object of its own, which is written. */
async function permissionsWith(
  revision: Revision,
  catalog: LoadedDictionary,
  certification: PdfReference,
): Promise<Syntax | undefined> {
  const named = new Map([['DocMDP', writeReference(certification)]]);
  const entry = entryOf(catalog.dictionary, 'Perms');
  const existing = dictionaryOf(await revision.document.resolve(entry));
  if (!existing) return writeDictionary(named);
  if (entry.kind !== 'reference') return revision.edited(catalog.owner, existing, named);
  const { owner, dictionary } = await loadDictionary(revision, entry);
  revision.put(entry, revision.edited(owner, dictionary, named));
  return undefined;
}

/** What changes in the catalog because of the form. */
async function formChanges(
  revision: Revision,
  catalog: LoadedDictionary,
  fields: readonly PdfReference[],
): Promise<Map<string, Syntax>> {
  const entry = entryOf(catalog.dictionary, 'AcroForm');
  const form = dictionaryOf(await revision.document.resolve(entry));
  if (!form) {
    // An object of its own, so that further signatures need not write the catalog again.
    const created = revision.allocate();
    revision.put(
      created,
      writeDictionary([
        ['Fields', writeArray(fields.map(writeReference))],
        ['SigFlags', String(SIGNATURE_FLAGS)],
      ]),
    );
    return new Map([['AcroForm', writeReference(created)]]);
  }
  const owner =
    entry.kind === 'reference' ? await loadDictionary(revision, entry) : { ...catalog, dictionary: form };
  const changes = await changesInForm(revision, owner, fields);
  if (changes.size === 0) return new Map();
  const edited = revision.edited(owner.owner, owner.dictionary, changes);
  if (entry.kind !== 'reference') return new Map([['AcroForm', edited]]);
  revision.put(entry, edited);
  return new Map();
}

async function changesInForm(
  revision: Revision,
  { owner, dictionary }: LoadedDictionary,
  added: readonly PdfReference[],
): Promise<Map<string, Syntax>> {
  const changes = new Map<string, Syntax>();
  const flags = integerOf(await revision.document.lookup(dictionary, 'SigFlags')) ?? 0;
  if ((flags & SIGNATURE_FLAGS) !== SIGNATURE_FLAGS) changes.set('SigFlags', String(flags | SIGNATURE_FLAGS));
  const fields =
    added.length > 0 ? await appended(revision, { owner, dictionary }, 'Fields', added) : undefined;
  if (fields) changes.set('Fields', fields);
  return changes;
}

/** Adds widgets to /Annots of their page; `followStructure`: the tab key goes as the structure does (table 31). */
export async function registerWidgets(
  revision: Revision,
  page: PdfPage,
  widgets: readonly PdfReference[],
  { followStructure = false }: { readonly followStructure?: boolean } = {},
): Promise<void> {
  const { owner, dictionary } = await loadDictionary(revision, page.reference);
  const changes = new Map<string, Syntax>();
  const annotations = await appended(revision, { owner, dictionary }, 'Annots', widgets);
  if (annotations) changes.set('Annots', annotations);
  if (followStructure && !dictionary.entries.has('Tabs')) changes.set('Tabs', '/S');
  if (changes.size > 0) revision.put(page.reference, revision.edited(owner, dictionary, changes));
}

/**
 * An array entry with more references. Where the array is an object of its own, its new version goes into
 * the revision and the dictionary stays as it is: the response is undefined.
 */
async function appended(
  revision: Revision,
  { owner, dictionary }: LoadedDictionary,
  key: string,
  additions: readonly PdfReference[],
): Promise<Syntax | undefined> {
  const added = additions.map(writeReference);
  const entry = entryOf(dictionary, key);
  const array = await revision.document.resolve(entry);
  if (array.kind !== 'array') return writeArray(added);
  if (entry.kind !== 'reference') return revision.extended(owner, array, added);
  const arrayOwner = await revision.document.load(entry);
  if (arrayOwner?.value.kind !== 'array') throw new OssError('OSS_PDF_MALFORMED', { reason: `/${key}` });
  revision.put(entry, revision.extended(arrayOwner, arrayOwner.value, added));
  return undefined;
}
