/** Plans the incremental update that adds to the document security store (EN 319 142-1 §5.4.2). */
import { createHash, randomBytes as cryptoRandomBytes } from 'node:crypto';
import type { PdfDocument } from '../read/document.ts';
import type { RandomBytes } from '../read/encryption/object-cipher.ts';
import { DSS_KEYS, readValidationData, type ValidationData } from '../signatures/validation-data.ts';
import { dictionaryOf, EMPTY_DICTIONARY, entryOf, type PdfReference } from '../syntax/values.ts';
import { type Syntax, writeArray, writeReference } from '../syntax/writer.ts';
import { type LoadedDictionary, loadDictionary } from './edit-dictionary.ts';
import { extensionsWithEsic } from './extension-declaration.ts';
import { Revision } from './revision.ts';
import { revisionBytes } from './revision-bytes.ts';

/** The bytes that follow the unchanged original. */
export interface ValidationDataUpdate {
  readonly appended: Uint8Array;
}

/**
 * Adds what the store does not hold yet, each value once; undefined where it holds everything. No /VRI is written:
 * EN 319 142-1 §6.3 v discourages it, and one that is there stays as it is.
 */
export async function planValidationData(
  document: PdfDocument,
  data: ValidationData,
  { randomBytes = cryptoRandomBytes }: { readonly randomBytes?: RandomBytes } = {},
): Promise<ValidationDataUpdate | undefined> {
  const revision = new Revision(document, randomBytes);
  const present = await readValidationData(document);
  const additions = new Map<string, PdfReference[]>();
  for (const kind of ['certificates', 'crls', 'ocspResponses'] as const) {
    const streams = putMissing(revision, data[kind], present?.[kind] ?? []);
    if (streams.length > 0) additions.set(DSS_KEYS[kind], streams);
  }
  if (additions.size === 0) return undefined;
  await registerStore(revision, additions);
  const [lastByte] = await document.source.read(document.size - 1, 1);
  return { appended: revisionBytes(revision, lastByte).bytes };
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function putMissing(
  revision: Revision,
  wanted: readonly Uint8Array[],
  present: readonly Uint8Array[],
): PdfReference[] {
  const known = new Set(present.map(digestOf));
  const added: PdfReference[] = [];
  for (const bytes of wanted) {
    const digest = digestOf(bytes);
    if (known.has(digest)) continue;
    known.add(digest);
    const reference = revision.allocate();
    revision.putStream(reference, new Map(), bytes);
    added.push(reference);
  }
  return added;
}

async function registerStore(
  revision: Revision,
  additions: ReadonlyMap<string, readonly PdfReference[]>,
): Promise<void> {
  const catalog = await loadDictionary(revision, revision.document.catalog.reference);
  const changes = new Map<string, Syntax>();
  const store = await writeStore(revision, catalog, additions);
  if (store) changes.set('DSS', store);
  const extensions = await extensionsWithEsic(revision, catalog);
  if (extensions) changes.set('Extensions', extensions);
  if (changes.size > 0)
    revision.put(catalog.owner.reference, revision.edited(catalog.owner, catalog.dictionary, changes));
}

/** The new /DSS entry of the catalog, or undefined where the store is an object of its own and stays in its place. */
async function writeStore(
  revision: Revision,
  catalog: LoadedDictionary,
  additions: ReadonlyMap<string, readonly PdfReference[]>,
): Promise<Syntax | undefined> {
  const entry = entryOf(catalog.dictionary, 'DSS');
  const direct = dictionaryOf(entry);
  const indirect =
    entry.kind === 'reference' && (await revision.document.resolve(entry)).kind === 'dictionary'
      ? await loadDictionary(revision, entry)
      : undefined;
  const store = indirect ?? { owner: catalog.owner, dictionary: direct ?? EMPTY_DICTIONARY };
  const changes = new Map<string, Syntax>();
  for (const [key, references] of additions) {
    // Into the store itself, also where the array was an object of its own: such an object could be meant for a page.
    const array = await revision.document.lookup(store.dictionary, key);
    const written = references.map(writeReference);
    changes.set(
      key,
      array.kind === 'array' ? revision.extended(store.owner, array, written) : writeArray(written),
    );
  }
  const written = revision.edited(store.owner, store.dictionary, changes);
  if (direct) return written;
  const reference = indirect?.owner.reference ?? revision.allocate();
  revision.put(reference, written);
  return indirect ? undefined : writeReference(reference);
}
