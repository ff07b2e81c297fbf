/** Content streams as operations: operands and the operator after them (ISO 32000-2 §7.8.2). */
import { OssError } from '../../contract/errors.ts';
import { isRegular, isWhitespace, latin1 } from '../syntax/characters.ts';
import { SyntaxParser } from '../syntax/parser.ts';
import type { PdfValue } from '../syntax/values.ts';

export interface Operation {
  /** `BI` stands for a whole image in the stream, up to `EI`. */
  readonly operator: string;
  readonly operands: readonly PdfValue[];
}

const MAX_OPERANDS = 1000;
const LONGEST_OPERATOR = 32;
const OPERAND_WORDS: ReadonlySet<string> = new Set(['true', 'false', 'null']);

/** @throws OSS_PDF_MALFORMED and OSS_PDF_LIMIT. */
export function* operationsOf(bytes: Uint8Array): Generator<Operation> {
  let parser = new SyntaxParser({ bytes, fileOffset: undefined }, 0, true);
  let operands: PdfValue[] = [];
  for (;;) {
    parser.skipSpace();
    if (parser.position >= bytes.length) return;
    const word = wordAt(bytes, parser.position);
    if (word === undefined || OPERAND_WORDS.has(word)) {
      operands.push(parser.parseItem().value);
      if (operands.length > MAX_OPERANDS) throw new OssError('OSS_PDF_LIMIT', { reason: 'operands' });
      continue;
    }
    let end = parser.position + word.length;
    if (word === 'BI') end = endOfImage(bytes, end);
    yield { operator: word, operands };
    operands = [];
    // A parser counts its values: each operation has its own.
    parser = new SyntaxParser({ bytes, fileOffset: undefined }, end, true);
  }
}

/** The operator that begins here; undefined where an operand does. */
function wordAt(bytes: Uint8Array, position: number): string | undefined {
  const first = bytes[position] ?? 0;
  // Digits, signs, periods and delimiters begin operands.
  if (
    !isRegular(first) ||
    (first >= 0x30 && first <= 0x39) ||
    first === 0x2b ||
    first === 0x2d ||
    first === 0x2e
  )
    return isOperandStart(first) ? undefined : latin1(bytes.subarray(position, position + 1));
  let end = position;
  while (end - position < LONGEST_OPERATOR && isRegular(bytes[end] ?? 0x20)) end += 1;
  return latin1(bytes.subarray(position, end));
}

/** Of a name, a string, an array, a dictionary or a number; anything else is a stray delimiter, which is passed over. */
const isOperandStart = (byte: number): boolean => ![0x29, 0x3e, 0x5d, 0x7b, 0x7d].includes(byte);

/** Behind the data: `EI` between white space (§8.9.7). */
function endOfImage(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 2 < bytes.length; at += 1) {
    if (bytes[at + 1] !== 0x45 || bytes[at + 2] !== 0x49 || !isWhitespace(bytes[at] ?? 0)) continue;
    if (at + 3 >= bytes.length || isWhitespace(bytes[at + 3] ?? 0)) return at + 3;
  }
  return bytes.length;
}
