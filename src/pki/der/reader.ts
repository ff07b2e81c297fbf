/**
 * Strict DER reader (X.690 §10): definite and minimal lengths, minimal integers, canonical booleans, nothing
 * left over. Elements are views into the input, so that signed bytes are verified exactly as received and a
 * whole signature is read in microseconds.
 */
import { malformed } from '../errors.ts';
import { toBigInt } from './bytes.ts';
import { TAG } from './tags.ts';
import { decodeTime } from './time.ts';

export interface DerElement {
  readonly tag: number;
  /** The whole element: identifier, length and content. */
  readonly bytes: Uint8Array;
  readonly content: Uint8Array;
}

const MAX_LENGTH_OCTETS = 4;

/** Reads elements one after the other; every method throws PkiError `malformed` when the next one is not as asked. */
export class DerReader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #offset: number;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#offset = start;
    this.#end = end;
  }

  get atEnd(): boolean {
    return this.#offset >= this.#end;
  }

  /** The tag of the next element; undefined at the end. */
  peek(): number | undefined {
    return this.atEnd ? undefined : this.#bytes[this.#offset];
  }

  element(tag?: number): DerElement {
    const start = this.#offset;
    const contentStart = this.#pass(tag);
    return {
      tag: this.#bytes[start] ?? 0,
      bytes: this.#bytes.subarray(start, this.#offset),
      content: this.#bytes.subarray(contentStart, this.#offset),
    };
  }

  /** Goes behind the next element. @returns where its content starts; it ends where this reader is now */
  #pass(tag?: number): number {
    const start = this.#offset;
    const found = this.peek();
    if (found === undefined) throw malformed('element missing');
    if ((found & 0x1f) === 0x1f) throw malformed('tag of several bytes');
    if (tag !== undefined && found !== tag) throw malformed(`tag ${found} where ${tag} is expected`);
    const first = start + 1 < this.#end ? this.#bytes[start + 1] : undefined;
    if (first === undefined) throw malformed('length missing');
    const isShort = first < 0x80;
    const contentStart = start + 2 + (isShort ? 0 : first & 0x7f);
    const end = contentStart + (isShort ? first : this.#longLength(start + 2, first & 0x7f));
    if (end > this.#end) throw malformed('element cut off');
    this.#offset = end;
    return contentStart;
  }

  /** The length that `octets` octets state. */
  #longLength(offset: number, octets: number): number {
    if (octets === 0 || octets > MAX_LENGTH_OCTETS) throw malformed('indefinite or oversized length');
    if (offset + octets > this.#end) throw malformed('length cut off');
    let length = 0;
    for (let index = 0; index < octets; index += 1)
      length = length * 256 + (this.#bytes[offset + index] ?? 0);
    if (length < 0x80 || length < 256 ** (octets - 1)) throw malformed('length not minimal');
    return length;
  }

  #content(tag: number): Uint8Array {
    const start = this.#pass(tag);
    return this.#bytes.subarray(start, this.#offset);
  }

  /** The next element if it has this tag; otherwise nothing is consumed. */
  optional(tag: number): DerElement | undefined {
    return this.peek() === tag ? this.element(tag) : undefined;
  }

  sequence(): DerReader {
    return this.inside(TAG.sequence);
  }

  set(): DerReader {
    return this.inside(TAG.set);
  }

  /** Elements inside `[number]` or any other constructed tag; undefined when absent. */
  optionalInside(tag: number): DerReader | undefined {
    return this.peek() === tag ? this.inside(tag) : undefined;
  }

  inside(tag: number): DerReader {
    const start = this.#pass(tag);
    return new DerReader(this.#bytes, start, this.#offset);
  }

  oid(): string {
    return decodeOid(this.#content(TAG.oid));
  }

  integer(): bigint {
    return decodeInteger(this.#content(TAG.integer));
  }

  /** An INTEGER that must fit a JavaScript number (versions, counts). */
  smallInteger(): number {
    const value = this.integer();
    if (value < -0x7fffffffn || value > 0x7fffffffn) throw malformed('integer too large');
    return Number(value);
  }

  octetString(): Uint8Array {
    return this.#content(TAG.octetString);
  }

  /** A BIT STRING of whole bytes, as signatures and keys are. */
  bitString(): Uint8Array {
    const content = this.#content(TAG.bitString);
    if (content[0] !== 0) throw malformed('bit string with unused bits');
    return content.subarray(1);
  }

  time(): Date {
    const { tag, content } = this.element();
    return decodeTime(tag, content);
  }

  /** BOOLEAN DEFAULT FALSE: DER never writes the default. */
  booleanDefaultFalse(): boolean {
    const element = this.optional(TAG.boolean);
    if (element === undefined) return false;
    if (element.content.length !== 1 || element.content[0] !== 0xff) {
      throw malformed('boolean not in DER form');
    }
    return true;
  }

  /** Maps every remaining element. */
  map<T>(read: (reader: DerReader) => T): T[] {
    const values: T[] = [];
    while (!this.atEnd) values.push(read(this));
    return values;
  }

  /** Call after the last element: anything left over is refused. */
  end(): void {
    if (!this.atEnd) throw malformed('elements after the end of the structure');
  }
}

/** The single element that the bytes consist of. @throws PkiError `malformed`, also for bytes after it. */
export function readOnly(bytes: Uint8Array, tag?: number): DerElement {
  const reader = new DerReader(bytes);
  const element = reader.element(tag);
  reader.end();
  return element;
}

/** A reader inside the SEQUENCE that the bytes consist of. */
export function readSequence(bytes: Uint8Array): DerReader {
  return new DerReader(readOnly(bytes, TAG.sequence).content);
}

export function decodeInteger(content: Uint8Array): bigint {
  const [first, second] = content;
  if (first === undefined) throw malformed('empty integer');
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
    throw malformed('integer not minimal');
  }
  const value = toBigInt(content);
  return first < 0x80 ? value : value - (1n << BigInt(content.length * 8));
}

/** Dotted form of OBJECT IDENTIFIER content octets (X.690 §8.19); arcs up to 2^53. */
export function decodeOid(content: Uint8Array): string {
  const arcs: number[] = [];
  let arc = 0;
  let fresh = true;
  for (const octet of content) {
    if (fresh && octet === 0x80) throw malformed('object identifier not minimal');
    arc = arc * 128 + (octet & 0x7f);
    if (arc > Number.MAX_SAFE_INTEGER) throw malformed('object identifier too large');
    fresh = octet < 0x80;
    if (!fresh) continue;
    if (arcs.length === 0) {
      const root = Math.min(Math.floor(arc / 40), 2);
      arcs.push(root, arc - root * 40);
    } else {
      arcs.push(arc);
    }
    arc = 0;
  }
  if (!fresh || arcs.length === 0) throw malformed('object identifier cut off');
  return arcs.join('.');
}
