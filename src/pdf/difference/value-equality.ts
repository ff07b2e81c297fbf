/** Whether two versions of a value say the same, whatever their spelling. */
import { type PdfDictionary, type PdfItem, type PdfValue, referenceKey } from '../syntax/values.ts';

export function sameValue(a: PdfValue, b: PdfValue): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case 'null':
      return b.kind === 'null';
    case 'boolean':
    case 'number':
    case 'name':
      return a.kind === b.kind && Object.is(a.value, b.value);
    case 'string':
      return b.kind === 'string' && Buffer.compare(a.bytes, b.bytes) === 0;
    case 'reference':
      return b.kind === 'reference' && a.number === b.number && a.generation === b.generation;
    case 'array':
      return b.kind === 'array' && sameItems(a.items, b.items);
    case 'dictionary':
      return b.kind === 'dictionary' && changedKeys(a, b).length === 0;
    case 'stream':
      return (
        b.kind === 'stream' &&
        a.dataOffset === b.dataOffset &&
        changedKeys(a.dictionary, b.dictionary).length === 0
      );
  }
}

const sameItems = (a: readonly PdfItem[], b: readonly PdfItem[]): boolean =>
  a.length === b.length && a.every((item, index) => sameItem(item, b[index]));

const sameItem = (a: PdfItem | undefined, b: PdfItem | undefined): boolean =>
  a !== undefined && b !== undefined && sameValue(a.value, b.value);

/** Keys that were added, removed or given another value. */
export function changedKeys(before: PdfDictionary, after: PdfDictionary): string[] {
  const keys = new Set([...before.entries.keys(), ...after.entries.keys()]);
  return [...keys].filter((key) => !sameItem(before.entries.get(key), after.entries.get(key)));
}

/** A list of values to be asked what it holds; references, of which there are thousands, are found at once. */
export class ValueSet {
  readonly #references = new Set<string>();
  readonly #others: PdfValue[] = [];

  constructor(values: Iterable<PdfValue>) {
    for (const value of values) {
      if (value.kind === 'reference') this.#references.add(referenceKey(value));
      else this.#others.push(value);
    }
  }

  has(value: PdfValue): boolean {
    return value.kind === 'reference'
      ? this.#references.has(referenceKey(value))
      : this.#others.some((one) => sameValue(one, value));
  }
}
