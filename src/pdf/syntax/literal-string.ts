/** Literal strings in parentheses (ISO 32000-2 §7.3.4.2). */
import { OssError } from '../../contract/errors.ts';
import { CR, LF } from './characters.ts';
import { assertTokenLength } from './token-length.ts';

const ESCAPES: Readonly<Record<number, number>> = Object.freeze({
  110: 10, // n
  114: 13, // r
  116: 9, // t
  98: 8, // b
  102: 12, // f
});
const BACKSLASH = 0x5c;

/** The byte at a position, -1 after the last one. */
type ByteAt = (position: number) => number;

/** Of a byte that stands for none, as a line break behind a backslash does. */
const NONE = -1;

const isOctal = (byte: number): boolean => byte >= 0x30 && byte <= 0x37;

interface Extent {
  /** Behind the closing parenthesis. */
  readonly end: number;
  /** How many bytes it stands for. */
  readonly length: number;
}

/**
 * Goes through the string twice, so that one of tens of megabytes takes its own length and not several times as much;
 * most of a window that stands for itself is not even copied.
 * @param window what `byteAt` reads from, from position 0
 * @param start of the opening parenthesis
 */
export function readLiteralString(
  window: Uint8Array,
  byteAt: ByteAt,
  start: number,
): { bytes: Uint8Array; end: number } {
  const { end, length } = extentOf(byteAt, start + 1);
  const written = window.subarray(start + 1, end - 1);
  if (written.length === length && !written.includes(CR)) return { bytes: ownBytes(written), end };
  const bytes = new Uint8Array(length);
  let count = 0;
  for (let position = start + 1; position < end - 1; ) {
    const { value, next } = unitAt(byteAt, position);
    if (value !== NONE) bytes[count++] = value;
    position = next;
  }
  return { bytes, end };
}

/** A small part of a block must not keep all of it in memory. */
const ownBytes = (written: Uint8Array): Uint8Array =>
  written.length * 2 > written.buffer.byteLength
    ? new Uint8Array(written.buffer, written.byteOffset, written.length)
    : new Uint8Array(written);

function extentOf(byteAt: ByteAt, start: number): Extent {
  let [position, length] = [start, 0];
  for (let open = 1; ; ) {
    const byte = byteAt(position);
    if (byte === -1) throw new OssError('OSS_PDF_MALFORMED', { reason: 'unterminated string' });
    assertTokenLength(position - start);
    if (byte === 0x28) open += 1;
    if (byte === 0x29) open -= 1;
    if (open === 0) return { end: position + 1, length };
    if (byte === BACKSLASH || byte === CR) {
      const { value, next } = unitAt(byteAt, position);
      if (value !== NONE) length += 1;
      position = next;
    } else {
      length += 1;
      position += 1;
    }
  }
}

interface Unit {
  /** The byte that it stands for, or none. */
  readonly value: number;
  readonly next: number;
}

function unitAt(byteAt: ByteAt, position: number): Unit {
  const byte = byteAt(position);
  if (byte === BACKSLASH) return escapeAt(byteAt, position + 1);
  // An end-of-line of any form reads as a line feed.
  if (byte === CR) return { value: LF, next: byteAt(position + 1) === LF ? position + 2 : position + 1 };
  return { value: byte, next: position + 1 };
}

/** `position` is that of the byte after the backslash. */
function escapeAt(byteAt: ByteAt, position: number): Unit {
  const byte = byteAt(position);
  if (isOctal(byte)) {
    let value = 0;
    let next = position;
    while (next < position + 3 && isOctal(byteAt(next))) {
      value = value * 8 + byteAt(next) - 0x30;
      next += 1;
    }
    return { value: value & 0xff, next };
  }
  if (byte === CR) return { value: NONE, next: byteAt(position + 1) === LF ? position + 2 : position + 1 };
  return { value: byte === LF || byte === -1 ? NONE : (ESCAPES[byte] ?? byte), next: position + 1 };
}
