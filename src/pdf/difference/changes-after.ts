/**
 * What later revisions changed after a signature. Whatever is not known to belong to a further signature is
 * suspicious; a verifier rejects by default.
 */
import type { PdfDocument } from '../read/document.ts';
import { DSS_KEYS } from '../signatures/validation-data.ts';
import {
  dictionaryOf,
  EMPTY_DICTIONARY,
  entryOf,
  nameOf,
  type PdfDictionary,
  type PdfItem,
  type PdfReference,
  type PdfValue,
} from '../syntax/values.ts';
import { changedObjects } from './changed-objects.ts';
import { type SigningAdditions, signingAdditions } from './signing-additions.ts';
import { addedItems, changedKeys, sameValue } from './value-equality.ts';

export interface RevisionChanges {
  /** Sentences that name the object. */
  readonly allowed: readonly string[];
  readonly suspicious: readonly string[];
}

/** `revisionEnd`: the first byte that the signature does not cover. Throws what opening a document throws. */
export async function changesAfter(after: PdfDocument, revisionEnd: number): Promise<RevisionChanges> {
  if (revisionEnd === after.size) return { allowed: [], suspicious: [] };
  const before = await after.openRevision(revisionEnd);
  const changed = await changedObjects(before, after);
  if (!changed) return { allowed: [], suspicious: ['the later revisions do not continue the signed one'] };
  const additions = await signingAdditions(after, changed.added);
  const comparison = new Comparison(before, after, additions);
  comparison.compareTrailers();
  for (const number of changed.removed) comparison.suspicious.push(`object ${number} was removed`);
  for (const number of changed.added) comparison.judgeAddition(number);
  for (const number of changed.replaced) await comparison.judgeReplacement(number);
  if (changed.added.size + changed.replaced.size + changed.removed.size === 0) {
    comparison.suspicious.push('bytes after the signed revision that add nothing');
  }
  return comparison;
}

class Comparison implements RevisionChanges {
  readonly allowed: string[] = [];
  readonly suspicious: string[] = [];
  readonly #before: PdfDocument;
  readonly #after: PdfDocument;
  readonly #additions: SigningAdditions;

  constructor(before: PdfDocument, after: PdfDocument, additions: SigningAdditions) {
    this.#before = before;
    this.#after = after;
    this.#additions = additions;
  }

  compareTrailers(): void {
    for (const key of ['Root', 'Encrypt', 'Info']) {
      if (!sameValue(entryOf(this.#before.trailer, key), entryOf(this.#after.trailer, key))) {
        this.suspicious.push(`/${key} of the trailer was changed`);
      }
    }
  }

  judgeAddition(number: number): void {
    const what = this.#additions.explained.get(number);
    if (what) this.allowed.push(`object ${number} was added: ${what}`);
    else this.suspicious.push(`object ${number} was added`);
  }

  async judgeReplacement(number: number): Promise<void> {
    const reference = { kind: 'reference', number, generation: await this.#generation(number) } as const;
    const before = await this.#before.get(reference);
    const after = await this.#after.get(reference);
    const isAllowed = sameValue(before, after) || (await this.#isSigningChange(reference, before, after));
    const list = isAllowed ? this.allowed : this.suspicious;
    list.push(`object ${number} was changed`);
  }

  async #generation(number: number): Promise<number> {
    const entry = (await this.#before.xref.lookup(number))?.entry;
    return entry?.kind === 'offset' ? entry.generation : 0;
  }

  async #isSigningChange(reference: PdfReference, before: PdfValue, after: PdfValue): Promise<boolean> {
    // /Fields or /Annots as an object of its own; no other list gains nothing but signature fields.
    if (before.kind === 'array') return this.#onlyAddsFields(before, after);
    if (before.kind !== 'dictionary' || after.kind !== 'dictionary') return false;
    const catalog = this.#before.catalog;
    if (sameValue(reference, catalog.reference)) return this.#isCatalogChange(before, after);
    if (sameValue(reference, entryOf(catalog.dictionary, 'AcroForm')))
      return this.#isFormChange(before, after);
    if (sameValue(reference, entryOf(catalog.dictionary, 'Extensions')))
      return isExtensionsChange(before, after);
    const store = entryOf(catalog.dictionary, 'DSS');
    if (sameValue(reference, store)) return isStoreChange(before, after);
    const records = entryOf(dictionaryOf(await this.#before.resolve(store)) ?? EMPTY_DICTIONARY, 'VRI');
    if (sameValue(reference, records)) return isRecordsChange(before, after);
    if (nameOf(entryOf(before, 'Type')) === 'Page') return this.#onlyAdds(before, after, 'Annots');
    return this.#isFieldFilled(reference, before, after);
  }

  async #isCatalogChange(before: PdfDictionary, after: PdfDictionary): Promise<boolean> {
    for (const key of changedKeys(before, after)) {
      const [old, current] = [entryOf(before, key), entryOf(after, key)];
      if (key === 'DSS') continue;
      if (key === 'Extensions' && isExtensionsChange(dictionaryOf(old), dictionaryOf(current))) continue;
      // A form that was an object of its own is judged as that object.
      const form = key === 'AcroForm' ? dictionaryOf(await this.#after.resolve(current)) : undefined;
      if (!form || old.kind === 'reference') return false;
      if (!this.#isFormChange(dictionaryOf(old) ?? EMPTY_DICTIONARY, form)) return false;
    }
    return true;
  }

  #isFormChange(before: PdfDictionary, after: PdfDictionary): boolean {
    return changedKeys(before, after).every((key) =>
      key === 'Fields' ? this.#onlyAddsFields(entryOf(before, key), entryOf(after, key)) : key === 'SigFlags',
    );
  }

  #onlyAdds(before: PdfDictionary, after: PdfDictionary, key: string): boolean {
    const keys = changedKeys(before, after);
    return (
      keys.length === 1 && keys[0] === key && this.#onlyAddsFields(entryOf(before, key), entryOf(after, key))
    );
  }

  /** The same list with new signature fields at its end; a list that was not there counts as empty. */
  #onlyAddsFields(before: PdfValue, after: PdfValue): boolean {
    const old: readonly PdfItem[] | undefined =
      before.kind === 'array' ? before.items : before.kind === 'null' ? [] : undefined;
    const added = old && after.kind === 'array' ? addedItems(old, after.items) : undefined;
    return (
      added?.every(({ value }) => value.kind === 'reference' && this.#additions.fields.has(value.number)) ??
      false
    );
  }

  /** An empty signature field was signed (ISO 32000-2 §12.7.5.5). */
  async #isFieldFilled(
    reference: PdfReference,
    before: PdfDictionary,
    after: PdfDictionary,
  ): Promise<boolean> {
    if (!this.#additions.earlierFields.has(reference.number)) return false;
    const wasEmpty = (await this.#before.lookup(before, 'V')).kind === 'null';
    const isSigned = (await this.#after.lookup(after, 'V')).kind === 'dictionary';
    return wasEmpty && isSigned && changedKeys(before, after).every((key) => key === 'V' || key === 'AP');
  }
}

/** Extensions may be added, never changed or taken away. */
function isExtensionsChange(before: PdfDictionary | undefined, after: PdfDictionary | undefined): boolean {
  if (!after) return false;
  return !before || [...before.entries].every(([key, item]) => sameValue(item.value, entryOf(after, key)));
}

/**
 * A document security store may gain values, not lose them. Its arrays must stand in it: one that is an object of
 * its own could at the same time be the content of a page.
 */
function isStoreChange(before: PdfDictionary, after: PdfDictionary): boolean {
  return changedKeys(before, after).every((key) => {
    const [old, current] = [entryOf(before, key), entryOf(after, key)];
    if (key === 'VRI') return current.kind !== 'null';
    if (!STORE_ARRAYS.includes(key) || current.kind !== 'array') return false;
    return old.kind !== 'array' || keepsItems(old.items, current.items);
  });
}

const STORE_ARRAYS: readonly string[] = Object.values(DSS_KEYS);

const keepsItems = (before: readonly PdfItem[], after: readonly PdfItem[]): boolean =>
  before.every((old) => after.some((item) => sameValue(old.value, item.value)));

/** Records for single signatures are named by a digest (ISO 32000-2 table 261); they may be added. */
const isRecordsChange = (before: PdfDictionary, after: PdfDictionary): boolean =>
  changedKeys(before, after).every((key) => /^[0-9A-F]{40}$/.test(key) && after.entries.has(key));
