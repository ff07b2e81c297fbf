/**
 * Recursive-descent parser of PDF objects (ISO 32000-2 §7.3) over a window of bytes. Where the window ends
 * inside an object it throws EndOfWindow, and the caller comes back with a larger window.
 */
import { OssError } from '../../contract/errors.ts';
import { ArrayItems } from './array-items.ts';
import { CR, isDigit, isRegular, isWhitespace, LF, latin1 } from './characters.ts';
import { decodeHex } from './hexadecimal.ts';
import { readLiteralString } from './literal-string.ts';
import { assertTokenLength } from './token-length.ts';
import { NULL, type PdfItem, type PdfValue, type SyntaxWindow } from './values.ts';

/** Signal of this module, never shown to anybody: the window must grow. */
export class EndOfWindow extends Error {}

/** Made once: that an object goes beyond its window happens often, and a stack trace costs more than parsing it. */
const END_OF_WINDOW = new EndOfWindow();

/** Of no class. */
const NO_BYTE = -1;

const MAX_DEPTH = 100;
const MAX_ITEMS = 2_000_000;
/** In one dictionary; what has many entries is an array or a tree. */
const MAX_KEYS = 100_000;
const MAX_KEYWORD_LENGTH = 64;
/** Of an integer that is exact in a double. */
const MAX_DIGITS = 15;

const malformed = (reason: string): OssError => new OssError('OSS_PDF_MALFORMED', { reason });

export class SyntaxParser {
  position: number;
  readonly #window: { bytes: Uint8Array; readonly fileOffset: number | undefined };
  readonly #bytes: Uint8Array;
  readonly #isFinal: boolean;
  #items = 0;

  /** `isFinal`: nothing follows the window, so its end ends a token. */
  constructor(window: SyntaxWindow, position: number, isFinal: boolean) {
    this.#window = { ...window };
    this.#bytes = window.bytes;
    this.position = position;
    this.#isFinal = isFinal;
  }

  /**
   * What was parsed keeps a copy of its own bytes from now on, instead of the block of the file that they are part of;
   * what is most of its block keeps that.
   */
  detach(): void {
    if (this.position * 2 > this.#bytes.buffer.byteLength) return;
    this.#window.bytes = new Uint8Array(this.#bytes.subarray(0, this.position));
  }

  /** The byte at a position, or -1 after the last one. */
  byteAt(position: number): number {
    const byte = this.#bytes[position];
    if (byte !== undefined) return byte;
    if (this.#isFinal) return -1;
    throw END_OF_WINDOW;
  }

  /** Skips white space and comments (§7.2.3, §7.2.4). */
  skipSpace(): void {
    for (;;) {
      while (isWhitespace(this.#bytes[this.position] ?? NO_BYTE)) this.position += 1;
      if (this.byteAt(this.position) !== 0x25) return;
      this.#skipComment();
    }
  }

  #skipComment(): void {
    for (let byte = this.byteAt(this.position); byte !== -1 && byte !== LF && byte !== CR; ) {
      this.position += 1;
      byte = this.byteAt(this.position);
    }
  }

  /** Reads `keyword` if it stands here, after white space. */
  takeKeyword(keyword: string): boolean {
    this.skipSpace();
    for (let i = 0; i < keyword.length; i += 1) {
      if (this.byteAt(this.position + i) !== keyword.charCodeAt(i)) return false;
    }
    this.position += keyword.length;
    return true;
  }

  /** An unsigned integer after white space, or undefined without moving. */
  takeUnsigned(): number | undefined {
    const before = this.position;
    this.skipSpace();
    const start = this.position;
    let value = 0;
    for (let byte = this.byteAt(start); isDigit(byte); byte = this.byteAt(this.position)) {
      value = value * 10 + byte - 0x30;
      this.position += 1;
    }
    const length = this.position - start;
    if (length > 0 && length <= MAX_DIGITS) return value;
    this.position = before;
    return undefined;
  }

  /** One object with the bytes it was read from. @throws OSS_PDF_MALFORMED and OSS_PDF_LIMIT. */
  parseItem(depth = 0): PdfItem {
    if (depth > MAX_DEPTH) throw new OssError('OSS_PDF_LIMIT', { reason: 'objects nested too deeply' });
    this.#items += 1;
    if (this.#items > MAX_ITEMS)
      throw new OssError('OSS_PDF_LIMIT', { reason: 'too many values in one object' });
    this.skipSpace();
    const start = this.position;
    const value = this.#parseValue(depth);
    return { value, window: this.#window, start, end: this.position };
  }

  #parseValue(depth: number): PdfValue {
    const byte = this.byteAt(this.position);
    switch (byte) {
      case 0x2f: // '/'
        return { kind: 'name', value: this.#parseName() };
      case 0x28: {
        // '('
        const byteAt = (position: number): number => this.byteAt(position);
        const { bytes, end } = readLiteralString(this.#bytes, byteAt, this.position);
        this.position = end;
        return { kind: 'string', bytes };
      }
      case 0x5b: // '['
        return this.#parseArray(depth);
      case 0x3c: // '<'
        return this.byteAt(this.position + 1) === 0x3c
          ? this.#parseDictionary(depth)
          : this.#parseHexString();
      default:
        if (isDigit(byte) || byte === 0x2b || byte === 0x2d || byte === 0x2e) return this.#parseNumber();
        return this.#parseKeyword();
    }
  }

  #regularEnd(): number {
    let end = this.position;
    while (isRegular(this.#bytes[end] ?? NO_BYTE)) end += 1;
    assertTokenLength(end - this.position);
    if (end >= this.#bytes.length && !this.#isFinal) throw END_OF_WINDOW;
    return end;
  }

  #parseName(): string {
    this.position += 1;
    const end = this.#regularEnd();
    const text = latin1(this.#bytes.subarray(this.position, end));
    this.position = end;
    if (!text.includes('#')) return text;
    return text.replaceAll(/#([0-9A-Fa-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }

  #parseKeyword(): PdfValue {
    const end = this.#regularEnd();
    const word = latin1(
      this.#bytes.subarray(this.position, Math.min(end, this.position + MAX_KEYWORD_LENGTH)),
    );
    this.position = end;
    if (word === 'null') return NULL;
    if (word === 'true' || word === 'false') return { kind: 'boolean', value: word === 'true' };
    throw malformed('an object was expected');
  }

  /** A number, or the reference `n g R` that begins with it (§7.3.10). */
  #parseNumber(): PdfValue {
    const start = this.position;
    const integer = this.takeUnsigned();
    if (integer === undefined || this.#isRegularAt(this.position)) {
      this.position = start;
      return this.#parseOtherNumber();
    }
    const end = this.position;
    const generation = this.takeUnsigned();
    if (generation !== undefined && this.takeKeyword('R') && !this.#isRegularAt(this.position)) {
      if (generation > 65_535) throw malformed('impossible reference');
      return { kind: 'reference', number: integer, generation };
    }
    this.position = end;
    return { kind: 'number', value: integer };
  }

  /** With a sign, a fraction or many digits; what is no number at all has no value but keeps its bytes. */
  #parseOtherNumber(): PdfValue {
    const end = this.#regularEnd();
    const lexeme = latin1(this.#bytes.subarray(this.position, end));
    this.position = end;
    const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)$/.test(lexeme);
    return { kind: 'number', value: isNumber ? Number(lexeme) : Number.NaN };
  }

  #isRegularAt(position: number): boolean {
    const byte = this.byteAt(position);
    return byte !== -1 && isRegular(byte);
  }

  #parseHexString(): PdfValue {
    this.position += 1;
    const start = this.position;
    const end = this.#bytes.indexOf(0x3e, start);
    assertTokenLength((end === -1 ? this.#bytes.length : end) - start);
    if (end === -1) {
      if (this.#isFinal) throw malformed('unterminated string');
      throw END_OF_WINDOW;
    }
    this.position = end + 1;
    const bytes = decodeHex(this.#bytes.subarray(start, end));
    if (!bytes) throw malformed('a hexadecimal string has other characters');
    return { kind: 'string', bytes };
  }

  #parseArray(depth: number): PdfValue {
    this.position += 1;
    const items = new ArrayItems(this.#window);
    for (;;) {
      this.skipSpace();
      if (this.byteAt(this.position) === 0x5d) {
        this.position += 1;
        return { kind: 'array', items: items.all };
      }
      items.push(this.parseItem(depth + 1));
    }
  }

  #parseDictionary(depth: number): PdfValue {
    this.position += 2;
    const entries = new Map<string, PdfItem>();
    const repeated: string[] = [];
    for (;;) {
      this.skipSpace();
      const byte = this.byteAt(this.position);
      if (byte === 0x3e && this.byteAt(this.position + 1) === 0x3e) {
        this.position += 2;
        return { kind: 'dictionary', entries, ...(repeated.length > 0 ? { repeated } : {}) };
      }
      if (byte !== 0x2f) throw malformed('a dictionary key was expected');
      const key = this.#parseName();
      if (entries.has(key)) repeated.push(key);
      if (entries.size >= MAX_KEYS)
        throw new OssError('OSS_PDF_LIMIT', { reason: 'too many keys in one dictionary' });
      entries.set(key, this.parseItem(depth + 1));
    }
  }
}
