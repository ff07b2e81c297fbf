/** Says in the catalog of a file before PDF 2.0 that it has PAdES structures. */
import { dictionaryOf, entryOf } from '../syntax/values.ts';
import { type Syntax, writeDictionary } from '../syntax/writer.ts';
import { type LoadedDictionary, loadDictionary } from './edit-dictionary.ts';
import type { Revision } from './revision.ts';

/** ISO 32000-1 §7.12, EN 319 142-1 §6.1. */
const ESIC = '<</BaseVersion /1.7\n/ExtensionLevel 1>>';

/** /Extensions with ESIC, or undefined where it is there already or where a PDF 2.0 file needs none. */
export async function extensionsWithEsic(
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
