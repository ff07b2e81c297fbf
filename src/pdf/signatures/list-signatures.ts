/** Reads the signatures of a document back (ISO 32000-2 §12.8.1), with every fact that a verifier must judge. */
import { OssError } from '../../contract/errors.ts';
import { berLength } from '../../pki/index.ts';
import type { PdfDocument } from '../read/document.ts';
import { type FormField, formFields } from '../read/form-fields.ts';
import { decodeHex } from '../syntax/hexadecimal.ts';
import { decodeTextString } from '../syntax/text-string.ts';
import {
  dictionaryOf,
  entryOf,
  fileRange,
  integerOf,
  nameOf,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
} from '../syntax/values.ts';
import { readRules, type SignatureTransforms } from './transform.ts';

export type ByteRange = readonly [number, number, number, number];

export interface PdfSignature extends SignatureTransforms {
  readonly fieldName: string;
  /** The signature dictionary; undefined where it stands inside the field. */
  readonly reference: PdfReference | undefined;
  readonly kind: 'signature' | 'documentTimeStamp';
  readonly filter: string | undefined;
  readonly subFilter: string | undefined;
  /** Undefined where it is not four sensible integers; such a signature proves nothing. */
  readonly byteRange: ByteRange | undefined;
  /** The CMS value, without the padding. */
  readonly contents: Uint8Array;
  /** Everything after the CMS value is zero (PA-03 of our rules: nothing can hide there). */
  readonly isPaddingZero: boolean;
  /** The gap of the ByteRange is exactly the hexadecimal string of /Contents with its delimiters. */
  readonly isGapExact: boolean;
  /** Keys that stand twice in it or in its field, or a /Type that it cannot have: programs read different things. */
  readonly isAmbiguous: boolean;
  /** The ByteRange begins at 0 and ends with the file. */
  readonly coversWholeFile: boolean;
  /** End of the signed revision: the first byte that is not covered. */
  readonly revisionEnd: number | undefined;
  /** /M as written. */
  readonly claimedTime: string | undefined;
  readonly name: string | undefined;
  readonly reason: string | undefined;
  readonly location: string | undefined;
}

const TIMESTAMP = 'ETSI.RFC3161';
const MAX_CONTENTS = 16 * 1024 * 1024;
/**
 * Each is judged in the version of the file that it covers, with all that came later: the work grows with the square of
 * their number. So many take a third of the deadline on a desk computer (docs/performance.md).
 */
const MAX_SIGNATURES = 300;

/**
 * What every signature field holds, in the order of the form: one value may stand in several of them. `fieldName`: only
 * fields of this name.
 * @throws what reading a document throws.
 */
export async function readSignatureFields(
  document: PdfDocument,
  fieldName?: string,
): Promise<PdfSignature[]> {
  const signatures: PdfSignature[] = [];
  for await (const field of formFields(document)) {
    if (field.type !== 'Sig' || field.name !== (fieldName ?? field.name)) continue;
    const signature = await readSignature(document, field);
    if (signature) signatures.push(signature);
    if (signatures.length > MAX_SIGNATURES)
      throw new OssError('OSS_PDF_LIMIT', { reason: `more than ${MAX_SIGNATURES} signatures` });
  }
  return signatures;
}

async function readSignature(document: PdfDocument, field: FormField): Promise<PdfSignature | undefined> {
  const entry = field.value;
  const dictionary = dictionaryOf(await document.resolve(entry));
  if (!dictionary) return undefined;
  const { byteRange, contents, padding } = await readSignatureValue(document, dictionary);
  const revisionEnd = byteRange && byteRange[2] + byteRange[3];
  const subFilter = nameOf(await document.lookup(dictionary, 'SubFilter'));
  return {
    fieldName: field.name,
    reference: entry.kind === 'reference' ? entry : undefined,
    kind: subFilter === TIMESTAMP ? 'documentTimeStamp' : 'signature',
    filter: nameOf(await document.lookup(dictionary, 'Filter')),
    subFilter,
    byteRange,
    contents,
    isPaddingZero: isZero(padding),
    isGapExact: byteRange !== undefined && (await isGapExact(document, dictionary, byteRange)),
    isAmbiguous: isAmbiguous(dictionary, field.dictionary, subFilter),
    coversWholeFile: revisionEnd === document.size,
    revisionEnd,
    claimedTime: await text(document, dictionary, 'M'),
    name: await text(document, dictionary, 'Name'),
    reason: await text(document, dictionary, 'Reason'),
    location: await text(document, dictionary, 'Location'),
    ...(await readRules(document, dictionary, field.dictionary)),
  };
}

/** What tells one signature from another, and the bytes behind its value. */
export async function readSignatureValue(
  document: PdfDocument,
  dictionary: PdfDictionary,
): Promise<Pick<PdfSignature, 'byteRange' | 'contents'> & { readonly padding: Uint8Array }> {
  const padded = await document.lookup(dictionary, 'Contents');
  const bytes = padded.kind === 'string' ? padded.bytes : new Uint8Array(0);
  const length = berLength(bytes) ?? bytes.length;
  const byteRange = await readByteRange(document, dictionary);
  return { byteRange, contents: bytes.subarray(0, length), padding: bytes.subarray(length) };
}

function isAmbiguous(signature: PdfDictionary, field: PdfDictionary, subFilter: string | undefined): boolean {
  const type = entryOf(signature, 'Type');
  const expected = subFilter === TIMESTAMP ? 'DocTimeStamp' : 'Sig';
  const isTypeWrong = type.kind !== 'null' && nameOf(type) !== expected;
  return isTypeWrong || signature.repeated !== undefined || field.repeated !== undefined;
}

async function text(
  document: PdfDocument,
  dictionary: PdfDictionary,
  key: string,
): Promise<string | undefined> {
  const value = await document.lookup(dictionary, key);
  return value.kind === 'string' ? decodeTextString(value.bytes) : undefined;
}

/** Two ranges that begin at 0, do not overlap and stay within the file. */
async function readByteRange(
  document: PdfDocument,
  dictionary: PdfDictionary,
): Promise<ByteRange | undefined> {
  const array = await document.lookup(dictionary, 'ByteRange');
  if (array.kind !== 'array' || array.items.length !== 4) return undefined;
  const values: PdfValue[] = [];
  for (const item of array.items) values.push(await document.resolve(item.value));
  const [first, end, next, rest] = values.map(integerOf);
  if (first !== 0 || end === undefined || next === undefined || rest === undefined) return undefined;
  if (end < 0 || next <= end || rest < 0 || next + rest > document.size) return undefined;
  return [0, end, next, rest];
}

async function isGapExact(
  document: PdfDocument,
  dictionary: PdfDictionary,
  range: ByteRange,
): Promise<boolean> {
  const item = dictionary.entries.get('Contents');
  const place = item?.value.kind === 'string' ? fileRange(item) : undefined;
  if (place?.start !== range[1] || place.end !== range[2]) return false;
  if (range[2] - range[1] > MAX_CONTENTS)
    throw new OssError('OSS_PDF_LIMIT', { reason: 'size of a signature' });
  const gap = await document.source.read(range[1], range[2] - range[1]);
  return gap[0] === 0x3c && gap.at(-1) === 0x3e && decodeHex(gap.subarray(1, -1)) !== undefined;
}

/** Compared by the runtime: a loop over many thousand bytes is slow until it is compiled. */
const isZero = (bytes: Uint8Array): boolean => Buffer.compare(bytes, new Uint8Array(bytes.length)) === 0;
