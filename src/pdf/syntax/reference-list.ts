/** References in fourteen bytes each instead of some hundreds: one becomes a value when it is asked for. */
import type { PdfItem, SyntaxWindow } from './values.ts';

const FIRST_CAPACITY = 4_096;
const MAX_UINT32 = 0xff_ff_ff_ff;

export class ReferenceList {
  readonly #window: SyntaxWindow;
  #numbers = new Uint32Array(FIRST_CAPACITY);
  #generations = new Uint16Array(FIRST_CAPACITY);
  #starts = new Uint32Array(FIRST_CAPACITY);
  #ends = new Uint32Array(FIRST_CAPACITY);
  #length = 0;

  constructor(window: SyntaxWindow) {
    this.#window = window;
  }

  /** Answers false, and keeps nothing, where the item is no reference that has room here. */
  push({ value, start, end }: PdfItem): boolean {
    if (value.kind !== 'reference' || value.number > MAX_UINT32) return false;
    if (this.#length === this.#numbers.length) this.#grow();
    this.#numbers[this.#length] = value.number;
    this.#generations[this.#length] = value.generation;
    this.#starts[this.#length] = start;
    this.#ends[this.#length] = end;
    this.#length += 1;
    return true;
  }

  at(index: number): PdfItem | undefined {
    if (!(index >= 0 && index < this.#length)) return undefined;
    return {
      value: {
        kind: 'reference',
        number: this.#numbers[index] ?? 0,
        generation: this.#generations[index] ?? 0,
      },
      window: this.#window,
      start: this.#starts[index] ?? 0,
      end: this.#ends[index] ?? 0,
    };
  }

  /** The list as an array that cannot be changed; its elements are made again each time. */
  asArray(): readonly PdfItem[] {
    const indexOf = (key: string | symbol): number => (typeof key === 'string' ? Number(key) : Number.NaN);
    return new Proxy<PdfItem[]>([], {
      get: (target, key) => {
        if (key === 'length') return this.#length;
        const index = indexOf(key);
        return Number.isNaN(index) ? Reflect.get(target, key) : this.at(index);
      },
      has: (target, key) => this.at(indexOf(key)) !== undefined || Reflect.has(target, key),
    });
  }

  #grow(): void {
    this.#numbers = widened(this.#numbers, new Uint32Array(2 * this.#length));
    this.#generations = widened(this.#generations, new Uint16Array(2 * this.#length));
    this.#starts = widened(this.#starts, new Uint32Array(2 * this.#length));
    this.#ends = widened(this.#ends, new Uint32Array(2 * this.#length));
  }
}

function widened<A extends Uint32Array | Uint16Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
