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

/** Undefined where there is no DSS. Throws what reading a document throws, OSS_PDF_LIMIT for an absurdly large one. */
export async function readValidationData(document: PdfDocument): Promise<ValidationData | undefined> {
  const dss = dictionaryOf(await document.lookup(document.catalog.dictionary, 'DSS'));
  if (!dss) return undefined;
  const budget = { streams: MAX_STREAMS, bytes: MAX_BYTES };
  return {
    certificates: await readStreams(document, dss, DSS_KEYS.certificates, budget),
    crls: await readStreams(document, dss, DSS_KEYS.crls, budget),
    ocspResponses: await readStreams(document, dss, DSS_KEYS.ocspResponses, budget),
  };
}

async function readStreams(
  document: PdfDocument,
  dss: PdfDictionary,
  key: string,
  budget: { streams: number; bytes: number },
): Promise<Uint8Array[]> {
  const array = await document.lookup(dss, key);
  const contents: Uint8Array[] = [];
  for (const { value } of array.kind === 'array' ? array.items : []) {
    const stream = await document.resolve(value);
    if (value.kind !== 'reference' || stream.kind !== 'stream') continue;
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
