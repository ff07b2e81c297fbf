/** The document security store: what validators need in later years (ISO 32000-2 §12.8.4.3, EN 319 142-1 §5.4.2). */
import { OssError } from '../../contract/errors.ts';
import type { PdfDocument } from '../read/document.ts';
import { dictionaryOf, type PdfDictionary } from '../syntax/values.ts';

/** DER certificates, CRLs and OCSP responses. */
export interface ValidationData {
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
}

/** The array of the DSS in which each kind stands (table 261). */
export const DSS_KEYS = Object.freeze({
  certificates: 'Certs',
  crls: 'CRLs',
  ocspResponses: 'OCSPs',
} satisfies Record<keyof ValidationData, string>);

const MAX_STREAMS = 10_000;
const MAX_BYTES = 64 * 1024 * 1024;

/** Older versions than this many are not looked at: a hostile file has thousands. */
const MAX_VERSIONS = 256;

interface Budget {
  streams: number;
  bytes: number;
  /** Where the data of streams begin that were read: several versions of a file share most of them. */
  readonly seen: Set<number>;
}

const fullBudget = (): Budget => ({ streams: MAX_STREAMS, bytes: MAX_BYTES, seen: new Set() });

/**
 * The arrays of the store, undefined where there is none.
 * @throws what reading a document throws, OSS_PDF_LIMIT for an absurdly large one.
 */
export const readValidationData = (document: PdfDocument): Promise<ValidationData | undefined> =>
  readStore(document, fullBudget());

/**
 * What else the file holds: beside the arrays, under single signatures (/VRI, EN 319 142-1 §5.4.2.3), and in the stores
 * of earlier versions, of which a later one may leave out what speaks against it.
 * @throws OSS_PDF_LIMIT where all of that together is absurdly large.
 */
export async function readFurtherValidationData(document: PdfDocument): Promise<ValidationData[]> {
  const budget = fullBudget();
  const found = await readRelated(document, budget);
  const versions = Math.min(document.xref.links.length, MAX_VERSIONS);
  for (let newer = 1; newer < versions; newer += 1)
    found.push(...(await readEarlier(document, newer, budget)));
  return found;
}

/** Nothing, too, where there is no document, as at one half of the cross-reference of a linearized file. */
async function readEarlier(document: PdfDocument, newer: number, budget: Budget): Promise<ValidationData[]> {
  try {
    const earlier = await document.openEarlier(newer);
    const store = await readStore(earlier, budget);
    return store ? [store, ...(await readRelated(earlier, budget))] : [];
  } catch (error) {
    const isOfTheVersion = error instanceof OssError && error.code.startsWith('OSS_PDF_');
    if (isOfTheVersion && error.code !== 'OSS_PDF_LIMIT') return [];
    throw error;
  }
}

const storeOf = async (document: PdfDocument): Promise<PdfDictionary | undefined> =>
  dictionaryOf(await document.lookup(document.catalog.dictionary, 'DSS'));

async function readStore(document: PdfDocument, budget: Budget): Promise<ValidationData | undefined> {
  const dss = await storeOf(document);
  return dss && readArrays(document, dss, DSS_KEYS, budget);
}

async function readRelated(document: PdfDocument, budget: Budget): Promise<ValidationData[]> {
  const dss = await storeOf(document);
  const related = dss && dictionaryOf(await document.lookup(dss, 'VRI'));
  const found: ValidationData[] = [];
  for (const key of related?.entries.keys() ?? []) {
    const one = related && dictionaryOf(await document.lookup(related, key));
    if (one) found.push(await readArrays(document, one, VRI_KEYS, budget));
  }
  return found;
}

const readArrays = async (
  document: PdfDocument,
  dictionary: PdfDictionary,
  keys: Readonly<Record<keyof ValidationData, string>>,
  budget: Budget,
): Promise<ValidationData> => ({
  certificates: await readStreams(document, dictionary, keys.certificates, budget),
  crls: await readStreams(document, dictionary, keys.crls, budget),
  ocspResponses: await readStreams(document, dictionary, keys.ocspResponses, budget),
});

/** The same under one signature (table 262). */
const VRI_KEYS: Readonly<Record<keyof ValidationData, string>> = Object.freeze({
  certificates: 'Cert',
  crls: 'CRL',
  ocspResponses: 'OCSP',
});

async function readStreams(
  document: PdfDocument,
  dictionary: PdfDictionary,
  key: string,
  budget: Budget,
): Promise<Uint8Array[]> {
  const array = await document.lookup(dictionary, key);
  const contents: Uint8Array[] = [];
  for (const { value } of array.kind === 'array' ? array.items : []) {
    const stream = await document.resolve(value);
    if (value.kind !== 'reference' || stream.kind !== 'stream' || budget.seen.has(stream.dataOffset))
      continue;
    budget.seen.add(stream.dataOffset);
    const data = await document.streamData(value, stream);
    budget.streams -= 1;
    budget.bytes -= data.length;
    if (budget.streams < 0 || budget.bytes < 0)
      throw new OssError('OSS_PDF_LIMIT', { reason: 'validation data' });
    // A copy: what was read may be a view of a block that the source keeps.
    contents.push(Uint8Array.from(data));
  }
  return contents;
}
