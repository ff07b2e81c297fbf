/** Writing PDF syntax (ISO 32000-2 §7.3). Values are byte strings in ISO 8859-1, one character for one byte. */
import { latin1, PRINTABLE_ASCII } from './characters.ts';
import { type PdfItem, type PdfReference, rawBytes } from './values.ts';

/** PDF syntax ready to be written, one character per byte. */
export type Syntax = string;

/** What a name must not show as it is (§7.3.5). */
const IRREGULAR = /[^!-~]|[#()<>[\]{}/%]/;

export const writeName = (name: string): Syntax => `/${IRREGULAR.test(name) ? escapedName(name) : name}`;

const escapedName = (name: string): string =>
  name.replaceAll(
    new RegExp(IRREGULAR, 'g'),
    (character) => `#${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );

export const writeHexString = (bytes: Uint8Array): Syntax => `<${Buffer.from(bytes).toString('hex')}>`;

/** Printable text as it reads, everything else in hexadecimal. */
export function writeString(bytes: Uint8Array): Syntax {
  const text = latin1(bytes);
  return PRINTABLE_ASCII.test(text) ? `(${text.replaceAll(/[\\()]/g, '\\$&')})` : writeHexString(bytes);
}

export const writeReference = ({ number, generation }: PdfReference): Syntax => `${number} ${generation} R`;

/** Numbers that we made ourselves: at most four decimals, never an exponent (§7.3.3). */
export const writeNumber = (value: number): Syntax => String(Number(value.toFixed(4)));

export const writeArray = (items: readonly Syntax[]): Syntax => `[${items.join(' ')}]`;

export function writeDictionary(entries: Iterable<readonly [string, Syntax]>): Syntax {
  let result = '<<';
  for (const [key, value] of entries) result += `${writeName(key)} ${value}\n`;
  return `${result}>>`;
}

/** A value as it stands in the file. */
export const writeRaw = (item: PdfItem): Syntax => latin1(rawBytes(item));
