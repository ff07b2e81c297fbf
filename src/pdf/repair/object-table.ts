/** Where each object of a damaged file was found. Thirteen bytes an object number, whatever the file holds. */
import { OssError } from '../../contract/errors.ts';
import type { NumberRange } from '../read/number-ranges.ts';
import type { XrefEntry } from '../read/xref-section.ts';

/** Files with more objects than this are not repaired: the table would outgrow a workstation. */
const MAX_NUMBER = 2_000_000;
const FIRST_CAPACITY = 4_096;

const FREE = 0;
const AT_OFFSET = 1;
const COMPRESSED = 2;

export class ObjectTable {
  #kinds = new Uint8Array(FIRST_CAPACITY);
  /** An offset, or the number of an object stream. */
  #places = new Float64Array(FIRST_CAPACITY);
  /** A generation, or an index in the object stream. */
  #details = new Uint32Array(FIRST_CAPACITY);
  #size = 0;

  /** One more than the largest object number. */
  get size(): number {
    return this.#size;
  }

  /** @throws OSS_PDF_LIMIT for a number that no sane file has. */
  set(number: number, entry: Exclude<XrefEntry, { kind: 'free' }>): void {
    if (number < 1 || number > MAX_NUMBER) throw new OssError('OSS_PDF_LIMIT', { reason: 'object numbers' });
    this.#grow(number + 1);
    const isCompressed = entry.kind === 'compressed';
    this.#kinds[number] = isCompressed ? COMPRESSED : AT_OFFSET;
    this.#places[number] = isCompressed ? entry.container : entry.offset;
    this.#details[number] = isCompressed ? entry.index : entry.generation;
  }

  get(number: number): XrefEntry {
    const kind = this.#kinds[number] ?? FREE;
    const [place, detail] = [this.#places[number] ?? 0, this.#details[number] ?? 0];
    if (kind === AT_OFFSET) return { kind: 'offset', offset: place, generation: detail };
    return kind === COMPRESSED ? { kind: 'compressed', container: place, index: detail } : { kind: 'free' };
  }

  get hasCompressed(): boolean {
    return this.#kinds.includes(COMPRESSED);
  }

  /** Runs of consecutive object numbers that exist. */
  *runs(): Generator<NumberRange> {
    for (let first = 1; first < this.#size; ) {
      let end = first;
      while (end < this.#size && this.#kinds[end] !== FREE) end += 1;
      if (end > first) yield { first, count: end - first };
      first = end + 1;
    }
  }

  #grow(needed: number): void {
    this.#size = Math.max(this.#size, needed);
    if (needed <= this.#kinds.length) return;
    const capacity = Math.min(MAX_NUMBER + 1, Math.max(needed, 2 * this.#kinds.length));
    const [kinds, places, details] = [this.#kinds, this.#places, this.#details];
    this.#kinds = new Uint8Array(capacity);
    this.#kinds.set(kinds);
    this.#places = new Float64Array(capacity);
    this.#places.set(places);
    this.#details = new Uint32Array(capacity);
    this.#details.set(details);
  }
}
