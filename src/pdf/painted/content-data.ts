/** The data of content streams, with the filters that only they use beside Flate (ISO 32000-2 §7.4). */
import { OssError } from '../../contract/errors.ts';
import type { PdfDocument } from '../read/document.ts';
import { decodeStreamData, MAX_INFLATED } from '../syntax/filters.ts';
import { decodeHex } from '../syntax/hexadecimal.ts';
import {
  NULL,
  nameOf,
  type PdfDictionary,
  type PdfItem,
  type PdfReference,
  type PdfStream,
  type PdfValue,
} from '../syntax/values.ts';

const malformed = (): OssError => new OssError('OSS_PDF_MALFORMED', { reason: 'content stream' });

/** @throws OSS_PDF_MALFORMED where it is damaged or in a filter for pictures, and OSS_PDF_LIMIT. */
export async function contentData(
  document: PdfDocument,
  owner: PdfReference,
  stream: PdfStream,
): Promise<Uint8Array> {
  const filters = await list(document, stream.dictionary, ['Filter', 'F']);
  const parameters = await list(document, stream.dictionary, ['DecodeParms', 'DP']);
  let data = await document.rawStreamData(owner, stream);
  for (const [index, filter] of filters.entries()) {
    data = decoded(nameOf(filter), data, filter, parameters[index] ?? NULL);
    if (data.length > MAX_INFLATED) throw new OssError('OSS_PDF_LIMIT', { reason: 'content stream' });
  }
  return data;
}

async function list(
  document: PdfDocument,
  dictionary: PdfDictionary,
  keys: readonly string[],
): Promise<PdfValue[]> {
  const key = keys.find((one) => dictionary.entries.has(one));
  if (key === undefined) return [];
  const value = await document.lookup(dictionary, key);
  const items = value.kind === 'array' ? value.items.map((item) => item.value) : [value];
  const resolved: PdfValue[] = [];
  for (const item of items) resolved.push(await document.resolve(item));
  return resolved;
}

function decoded(
  name: string | undefined,
  data: Uint8Array,
  filter: PdfValue,
  parameters: PdfValue,
): Uint8Array {
  switch (name) {
    case undefined:
    case 'Crypt':
      return data;
    case 'ASCII85Decode':
    case 'A85':
      return decodeAscii85(data);
    case 'ASCIIHexDecode':
    case 'AHx': {
      const end = data.indexOf(0x3e);
      return decodeHex(end < 0 ? data : data.subarray(0, end)) ?? fail();
    }
    case 'LZWDecode':
    case 'LZW':
      return decodeLzw(data, parameters);
    default:
      return decodeStreamData(dictionaryWith({ Filter: filter, DecodeParms: parameters }), data);
  }
}

function fail(): never {
  throw malformed();
}

const dictionaryWith = (entries: Readonly<Record<string, PdfValue>>): PdfDictionary => ({
  kind: 'dictionary',
  entries: new Map<string, PdfItem>(
    Object.entries(entries).map(([key, value]) => [
      key,
      { value, window: { bytes: new Uint8Array(0), fileOffset: undefined }, start: 0, end: 0 },
    ]),
  ),
});

/** §7.4.3: groups of five digits, `z` for four zeros, `~>` at the end. */
function decodeAscii85(data: Uint8Array): Uint8Array {
  const result: number[] = [];
  let group: number[] = [];
  for (const byte of data) {
    if (byte === 0x7e) break;
    if (byte <= 0x20) continue;
    if (byte === 0x7a && group.length === 0) result.push(0, 0, 0, 0);
    else if (byte < 0x21 || byte > 0x75) throw malformed();
    else group.push(byte - 0x21);
    if (group.length === 5) {
      result.push(...bytesOf(group));
      group = [];
    }
  }
  if (group.length > 1)
    result.push(...bytesOf([...group, 84, 84, 84, 84].slice(0, 5)).slice(0, group.length - 1));
  return Uint8Array.from(result);
}

function bytesOf(digits: readonly number[]): number[] {
  const value = digits.reduce((sum, digit) => sum * 85 + digit, 0) % 2 ** 32;
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256);
}

const [CLEAR, END_OF_DATA, FIRST_FREE] = [256, 257, 258];

/** §7.4.4.2, with the early change that is the default; other parameters belong to pictures. */
function decodeLzw(data: Uint8Array, parameters: PdfValue): Uint8Array {
  if (parameters.kind === 'dictionary' && parameters.entries.size > 0) throw malformed();
  const result: number[] = [];
  let table: number[][] = [];
  let [bits, held, width] = [0, 0, 9];
  let before: number[] | undefined;
  for (const byte of data) {
    [held, bits] = [(held << 8) | byte, bits + 8];
    if (bits < width) continue;
    bits -= width;
    const code = (held >> bits) & ((1 << width) - 1);
    held &= (1 << bits) - 1;
    if (code === END_OF_DATA) break;
    if (code === CLEAR) {
      [table, width, before] = [[], 9, undefined];
      continue;
    }
    const known = code < CLEAR ? [code] : table[code - FIRST_FREE];
    const word = known ?? (before && [...before, before[0] ?? 0]);
    if (!word || result.length > MAX_INFLATED) throw malformed();
    for (const one of word) result.push(one);
    if (before && table.length < 4096 - FIRST_FREE) table.push([...before, word[0] ?? 0]);
    before = word;
    const next = table.length + FIRST_FREE + 1;
    width = next >= 2048 ? 12 : next >= 1024 ? 11 : next >= 512 ? 10 : 9;
  }
  return Uint8Array.from(result);
}
