/** Hexadecimal strings (ISO 32000-2 §7.3.4.3). */
import { isDigit, isWhitespace, latin1 } from './characters.ts';

/**
 * Decodes the digits of a hexadecimal string; white space is ignored and a missing last digit is 0. Undefined where
 * other characters stand among them.
 */
export function decodeHex(digits: Uint8Array): Uint8Array | undefined {
  // Signatures are thousands of plain digits, which the runtime decodes; it stops at the first other character.
  const plain = Buffer.from(latin1(digits), 'hex');
  if (plain.length * 2 === digits.length)
    return new Uint8Array(plain.buffer, plain.byteOffset, plain.byteLength);
  const result = new Uint8Array((digits.length + 1) >> 1);
  let count = 0;
  for (let position = 0; position < digits.length; position += 1) {
    const code = digits[position] ?? 0;
    const value = hexValue(code);
    if (value >= 0) {
      const index = count >> 1;
      result[index] = (result[index] ?? 0) | (count % 2 === 0 ? value << 4 : value);
      count += 1;
    } else if (!isWhitespace(code)) {
      return undefined;
    }
  }
  return result.subarray(0, (count + 1) >> 1);
}

/** Value of a hexadecimal digit, or -1. */
function hexValue(code: number): number {
  if (isDigit(code)) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
