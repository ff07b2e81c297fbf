/** Character classes of PDF syntax (ISO 32000-2 §7.2.3, tables 1 and 2). */
const WHITESPACE = 1;
const DELIMITER = 2;

const CLASSES = new Uint8Array(256);
for (const code of [0, 9, 10, 12, 13, 32]) CLASSES[code] = WHITESPACE;
for (const code of Buffer.from('()<>[]{}/%', 'latin1')) CLASSES[code] = DELIMITER;

export const LF = 10;
export const CR = 13;

export const isWhitespace = (code: number): boolean => CLASSES[code] === WHITESPACE;
export const isRegular = (code: number): boolean => CLASSES[code] === 0;
export const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** Up to this length one call with all characters is faster than the way over a buffer; names are short. */
const SHORT = 24;

export function latin1(bytes: Uint8Array): string {
  if (bytes.length > SHORT)
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const text: string = Reflect.apply(String.fromCharCode, undefined, bytes);
  return text;
}

export const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
