/** Literal strings in parentheses (ISO 32000-2 §7.3.4.2). */
import { OssError } from '../../contract/errors.ts';
import { CR, LF } from './characters.ts';

const ESCAPES: Readonly<Record<number, number>> = Object.freeze({
  110: 10, // n
  114: 13, // r
  116: 9, // t
  98: 8, // b
  102: 12, // f
});
const BACKSLASH = 0x5c;

const isOctal = (byte: number): boolean => byte >= 0x30 && byte <= 0x37;

/** Grows as bytes come; an array of numbers takes many times as much. */
class ByteList {
  #bytes = new Uint8Array(64);
  #length = 0;

  push(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(this.#length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}

/** `byteAt` answers -1 after the last byte; `start` is the position of the opening parenthesis. */
export function readLiteralString(
  byteAt: (position: number) => number,
  start: number,
): { bytes: Uint8Array; end: number } {
  const result = new ByteList();
  let position = start + 1;
  for (let open = 1; ; ) {
    const byte = byteAt(position);
    position += 1;
    if (byte === -1) throw new OssError('OSS_PDF_MALFORMED', { reason: 'unterminated string' });
    if (byte === BACKSLASH) {
      position = readEscape(byteAt, position, result);
      continue;
    }
    if (byte === 0x28) open += 1;
    if (byte === 0x29) open -= 1;
    if (open === 0) return { bytes: result.bytes(), end: position };
    // An end-of-line of any form reads as a line feed.
    if (byte === CR && byteAt(position) === LF) position += 1;
    result.push(byte === CR ? LF : byte);
  }
}

/** `position` is that of the byte after the backslash; answers where to go on. */
function readEscape(byteAt: (position: number) => number, position: number, result: ByteList): number {
  const byte = byteAt(position);
  if (isOctal(byte)) {
    let value = 0;
    let next = position;
    while (next < position + 3 && isOctal(byteAt(next))) {
      value = value * 8 + byteAt(next) - 0x30;
      next += 1;
    }
    result.push(value & 0xff);
    return next;
  }
  if (byte === CR) return byteAt(position + 1) === LF ? position + 2 : position + 1;
  if (byte !== LF && byte !== -1) result.push(ESCAPES[byte] ?? byte);
  return position + 1;
}
