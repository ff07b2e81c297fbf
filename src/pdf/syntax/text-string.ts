/** Text strings (ISO 32000-2 §7.9.2.2): PDFDocEncoding, UTF-16BE or UTF-8, told apart by their first bytes. */
import { latin1, PRINTABLE_ASCII } from './characters.ts';

const UTF16_MARK = [0xfe, 0xff] as const;
const UTF8_MARK = [0xef, 0xbb, 0xbf] as const;

const startsWith = (bytes: Uint8Array, [first, second, third]: readonly number[]): boolean =>
  bytes[0] === first && bytes[1] === second && (third === undefined || bytes[2] === third);

/** Characters of PDFDocEncoding outside ISO 8859-1 are rare in names and reasons and read as ISO 8859-1. */
export function decodeTextString(bytes: Uint8Array): string {
  if (startsWith(bytes, UTF16_MARK)) {
    const even = bytes.length - (bytes.length % 2);
    return Buffer.from(bytes.subarray(2, even)).swap16().toString('utf16le');
  }
  if (startsWith(bytes, UTF8_MARK)) return Buffer.from(bytes.subarray(3)).toString('utf8');
  return latin1(bytes);
}

/** ASCII as it is, everything else as UTF-16BE, which every reader understands. */
export function encodeTextString(text: string): Uint8Array {
  if (PRINTABLE_ASCII.test(text)) return Buffer.from(text, 'latin1');
  return Buffer.concat([Uint8Array.from(UTF16_MARK), Buffer.from(text, 'utf16le').swap16()]);
}
