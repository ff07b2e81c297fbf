/** Signatures in the versions that a file had one after the other. */
import { OssError } from '../../contract/errors.ts';
import type { PdfDocument } from '../read/document.ts';
import { formFields } from '../read/form-fields.ts';
import { dictionaryOf, entryOf, type PdfDictionary } from '../syntax/values.ts';
import { type PdfSignature, readSignatureValue } from './list-signatures.ts';

/** Older versions than this many are not looked at: a hostile file has thousands. */
const MAX_VERSIONS = 256;

/** Names of fields whose signature an earlier version had and the present one does not. */
export async function vanishedSignatures(
  document: PdfDocument,
  present: readonly PdfSignature[],
): Promise<string[]> {
  const vanished: string[] = [];
  const known = { values: new Set(present.map(keyOf)), dictionaries: new WeakSet<PdfDictionary>() };
  const versions = Math.min(document.xref.links.length, MAX_VERSIONS);
  for (let newer = 1; newer < versions; newer += 1)
    vanished.push(...(await unknownIn(() => document.openEarlier(newer), known)));
  return vanished;
}

interface Known {
  readonly values: Set<string>;
  /** Versions share what none of them replaced, so that it need not be compared again. */
  readonly dictionaries: WeakSet<PdfDictionary>;
}

/** Nothing where there is no document, as at one half of the cross-reference of a linearized file. */
async function unknownIn(open: () => Promise<PdfDocument>, known: Known): Promise<string[]> {
  const unknown = new Map<string, string>();
  try {
    const document = await open();
    for await (const { type, name, value } of formFields(document)) {
      const dictionary = type === 'Sig' ? dictionaryOf(await document.resolve(value)) : undefined;
      if (!dictionary || known.dictionaries.has(dictionary)) continue;
      const key = keyOf(await readSignatureValue(document, dictionary));
      if (isWhole(dictionary)) known.dictionaries.add(dictionary);
      if (!known.values.has(key) && !unknown.has(key)) unknown.set(key, name);
    }
  } catch (error) {
    if (error instanceof OssError && error.code !== 'OSS_FILE_CHANGED') return [];
    throw error;
  }
  for (const key of unknown.keys()) known.values.add(key);
  return [...unknown.values()];
}

/** Its value stands in itself, and is the same in every version that has it. */
function isWhole(dictionary: PdfDictionary): boolean {
  const byteRange = entryOf(dictionary, 'ByteRange');
  return (
    entryOf(dictionary, 'Contents').kind === 'string' &&
    byteRange.kind === 'array' &&
    byteRange.items.every(({ value }) => value.kind === 'number')
  );
}

/** What tells one signature from another; comparing each with each would take the square of their number. */
const keyOf = ({ byteRange, contents }: Pick<PdfSignature, 'byteRange' | 'contents'>): string =>
  `${byteRange} ${Buffer.from(contents.buffer, contents.byteOffset, contents.length).toString('latin1')}`;
