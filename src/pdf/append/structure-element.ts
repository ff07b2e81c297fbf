/** The place of a signature field in the structure of a tagged document (ISO 32000-2 §14.7, §14.8.4.8.3). */
import type { PdfPage } from '../read/page-tree.ts';
import {
  dictionaryOf,
  entryOf,
  integerOf,
  nameOf,
  type PdfDictionary,
  type PdfReference,
} from '../syntax/values.ts';
import { type Syntax, writeArray, writeDictionary, writeReference } from '../syntax/writer.ts';
import { type LoadedDictionary, loadDictionary } from './edit-dictionary.ts';
import type { Revision } from './revision.ts';

/** More levels than any producer makes. */
const MAX_DEPTH = 16;

/**
 * Puts the field at the end of the structure, so that a screen reader comes to it. Changes objects that an
 * earlier signature covers: only for documents without one.
 * @returns /StructParent of the widget; undefined where the document is not tagged or its structure is not sound
 */
export async function putStructureElement(
  revision: Revision,
  page: PdfPage,
  field: PdfReference,
): Promise<number | undefined> {
  const { document } = revision;
  const mark = dictionaryOf(await document.lookup(document.catalog.dictionary, 'MarkInfo'));
  const marked = mark && (await document.lookup(mark, 'Marked'));
  const isTagged = marked?.kind === 'boolean' && marked.value;
  const rootReference = entryOf(document.catalog.dictionary, 'StructTreeRoot');
  if (!isTagged || rootReference.kind !== 'reference') return undefined;
  const root = await loadDictionary(revision, rootReference);
  const tree = await openParentTree(revision, root);
  if (!tree) return undefined;
  const element = revision.allocate();
  const parent = await parentOf(revision, root);
  const objectReference = writeDictionary([
    ['Type', '/OBJR'],
    ['Obj', writeReference(field)],
    ['Pg', writeReference(page.reference)],
  ]);
  revision.put(
    element,
    writeDictionary([
      ['Type', '/StructElem'],
      ['S', '/Form'],
      ['P', writeReference(parent.owner.reference)],
      ['Pg', writeReference(page.reference)],
      ['K', objectReference],
    ]),
  );
  const kids = await withKid(revision, parent, element);
  const rootChanges = new Map([
    ...(await withKey(revision, tree, element)),
    ['ParentTreeNextKey', String(tree.nextKey + 1)],
  ]);
  if (parent.owner.reference.number === root.owner.reference.number) rootChanges.set('K', kids);
  else
    revision.put(
      parent.owner.reference,
      revision.edited(parent.owner, parent.dictionary, new Map([['K', kids]])),
    );
  revision.put(root.owner.reference, revision.edited(root.owner, root.dictionary, rootChanges));
  return tree.nextKey;
}

/** The one element for the whole document, or the root where there is none. */
async function parentOf(revision: Revision, root: LoadedDictionary): Promise<LoadedDictionary> {
  const kids = await revision.document.lookup(root.dictionary, 'K');
  const only =
    kids.kind === 'array' && kids.items.length === 1 ? kids.items[0]?.value : entryOf(root.dictionary, 'K');
  if (only?.kind !== 'reference' || (await revision.document.get(only)).kind !== 'dictionary') return root;
  const element = await loadDictionary(revision, only);
  return nameOf(entryOf(element.dictionary, 'S')) === 'Document' ? element : root;
}

/** /K may be missing, one kid, or an array of them (table 355). */
async function withKid(
  revision: Revision,
  { owner, dictionary }: LoadedDictionary,
  kid: PdfReference,
): Promise<Syntax> {
  const item = dictionary.entries.get('K');
  if (!item) return writeReference(kid);
  const kids = await revision.document.resolve(item.value);
  if (kids.kind !== 'array') return writeArray([revision.copy(owner, item), writeReference(kid)]);
  const arrayOwner = item.value.kind === 'reference' ? await revision.document.load(item.value) : owner;
  return revision.extended(arrayOwner ?? owner, kids, [writeReference(kid)]);
}

interface ParentTree {
  /** The top node of the number tree, and the reference that leads to it if it is an object of its own. */
  readonly node: LoadedDictionary;
  readonly reference: PdfReference | undefined;
  /** Larger than every key. */
  readonly nextKey: number;
}

async function openParentTree(revision: Revision, root: LoadedDictionary): Promise<ParentTree | undefined> {
  const entry = entryOf(root.dictionary, 'ParentTree');
  const dictionary = dictionaryOf(await revision.document.resolve(entry));
  if (!dictionary) return undefined;
  const reference = entry.kind === 'reference' ? entry : undefined;
  const node = reference ? await loadDictionary(revision, reference) : { owner: root.owner, dictionary };
  const largest = await largestKey(revision, dictionary);
  if (largest === undefined) return undefined;
  const told = integerOf(await revision.document.lookup(root.dictionary, 'ParentTreeNextKey')) ?? 0;
  return { node, reference, nextKey: Math.max(told, largest + 1) };
}

/** Keys grow from left to right (§7.9.7); -1 in an empty tree, undefined where it is none. */
async function largestKey({ document }: Revision, top: PdfDictionary): Promise<number | undefined> {
  let node: PdfDictionary | undefined = top;
  for (let depth = 0; node && depth < MAX_DEPTH; depth += 1) {
    const numbers = await document.lookup(node, 'Nums');
    if (numbers.kind === 'array') {
      const last = numbers.items.at(-2);
      return last ? integerOf(await document.resolve(last.value)) : -1;
    }
    const kids = await document.lookup(node, 'Kids');
    const last = kids.kind === 'array' ? kids.items.at(-1) : undefined;
    node = last && dictionaryOf(await document.resolve(last.value));
  }
  return undefined;
}

/** Puts the new key into the tree; answers what changes in the root because of it. */
async function withKey(
  revision: Revision,
  { node, reference, nextKey }: ParentTree,
  element: PdfReference,
): Promise<Map<string, Syntax>> {
  const pair = [String(nextKey), writeReference(element)];
  const name = node.dictionary.entries.has('Nums') ? 'Nums' : 'Kids';
  const addition = name === 'Nums' ? pair : [writeReference(putLeaf(revision, nextKey, pair))];
  const entry = entryOf(node.dictionary, name);
  const array = await revision.document.resolve(entry);
  const owner = entry.kind === 'reference' ? await revision.document.load(entry) : node.owner;
  if (array.kind !== 'array' || !owner) return new Map();
  const extended = revision.extended(owner, array, addition);
  const edited = revision.edited(node.owner, node.dictionary, new Map([[name, extended]]));
  if (!reference) return new Map([['ParentTree', edited]]);
  revision.put(reference, edited);
  return new Map();
}

function putLeaf(revision: Revision, key: number, pair: readonly Syntax[]): PdfReference {
  const leaf = revision.allocate();
  const limits = writeArray([String(key), String(key)]);
  revision.put(
    leaf,
    writeDictionary([
      ['Nums', writeArray(pair)],
      ['Limits', limits],
    ]),
  );
  return leaf;
}
