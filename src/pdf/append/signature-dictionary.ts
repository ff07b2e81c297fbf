/** The signature dictionary with room for /ByteRange and /Contents (ISO 32000-2 table 255, EN 319 142-1 §5.3). */
import type { PdfReference } from '../syntax/values.ts';
import { type Syntax, writeArray, writeDictionary, writeName, writeReference } from '../syntax/writer.ts';
import type { Revision } from './revision.ts';

export interface SignatureDescription {
  /** Written as /M in UTC with whole seconds. */
  readonly claimedSigningTime: Date;
  /** Bytes of DER that /Contents has room for. */
  readonly contentsCapacity: number;
  readonly name?: string;
  readonly reason?: string;
  readonly location?: string;
  readonly contactInfo?: string;
}

/** Where the two placeholders are, in bytes from the start of the dictionary. */
export interface SignaturePlaceholders {
  readonly byteRangeAt: number;
  readonly contentsAt: number;
  readonly contentsLength: number;
}

/** Room for three numbers of 16 digits. */
const BYTE_RANGE_WIDTH = 56;

/** `transforms`: /Reference, where the signature certifies or its field has a lock. */
export function putSignatureDictionary(
  revision: Revision,
  reference: PdfReference,
  description: SignatureDescription,
  transforms: readonly Syntax[],
): SignaturePlaceholders {
  const entries: [string, Syntax][] = [
    ['Type', '/Sig'],
    ['Filter', '/Adobe.PPKLite'],
    ['SubFilter', '/ETSI.CAdES.detached'],
    ['M', revision.textString(reference, pdfDate(description.claimedSigningTime))],
  ];
  const texts = {
    Name: description.name,
    Reason: description.reason,
    Location: description.location,
    ContactInfo: description.contactInfo,
  };
  for (const [key, text] of Object.entries(texts)) {
    if (text !== undefined && text !== '') entries.push([key, revision.textString(reference, text)]);
  }
  if (transforms.length > 0) entries.push(['Reference', writeArray(transforms)]);
  return putWithPlaceholders(revision, reference, entries, description.contentsCapacity);
}

/** A document time stamp has nothing but what is needed (EN 319 142-1 §5.4.3); its time stands in the token. */
export const putTimestampDictionary = (
  revision: Revision,
  reference: PdfReference,
  contentsCapacity: number,
): SignaturePlaceholders =>
  putWithPlaceholders(
    revision,
    reference,
    [
      ['Type', '/DocTimeStamp'],
      ['Filter', '/Adobe.PPKLite'],
      ['SubFilter', '/ETSI.RFC3161'],
      ['V', '0'],
    ],
    contentsCapacity,
  );

function putWithPlaceholders(
  revision: Revision,
  reference: PdfReference,
  entries: readonly [string, Syntax][],
  contentsCapacity: number,
): SignaturePlaceholders {
  const head = writeDictionary(entries).slice(0, -'>>'.length);
  const beforeRange = `${head}/ByteRange `;
  const beforeContents = `${beforeRange}${' '.repeat(BYTE_RANGE_WIDTH)}\n/Contents `;
  // /Contents is the one string that is never encrypted (§7.6.2).
  const contents = `<${'0'.repeat(2 * contentsCapacity)}>`;
  revision.put(reference, `${beforeContents}${contents}\n>>`);
  return {
    byteRangeAt: beforeRange.length,
    contentsAt: beforeContents.length,
    contentsLength: contents.length,
  };
}

export const writeByteRange = (byteRange: readonly number[]): Syntax =>
  `[${byteRange.join(' ')}]`.padEnd(BYTE_RANGE_WIDTH);

/** Such as `D:20261125041500Z` (§7.9.4). */
export const pdfDate = (time: Date): string => `D:${time.toISOString().replaceAll(/[-:T]|\.\d+/g, '')}`;

/**
 * A reference to the transform of a certification or of a field lock (table 256); /Data is what old readers look at.
 */
export const writeTransform = (
  revision: Revision,
  method: 'DocMDP' | 'FieldMDP',
  parameters: ReadonlyMap<string, Syntax>,
): Syntax =>
  writeDictionary([
    ['Type', '/SigRef'],
    ['TransformMethod', writeName(method)],
    ['TransformParams', writeDictionary([['Type', '/TransformParams'], ...parameters, ['V', '/1.2']])],
    ['Data', writeReference(revision.document.catalog.reference)],
  ]);
