import { OssError } from '../../contract/errors.ts';
import { isLongTerm, type SignatureLevel } from '../../contract/model/transaction.ts';
import {
  type ByteSource,
  changesAfter,
  extendedSource,
  listSignatures,
  openPdf,
  type PdfDocument,
  planDocumentTimestamp,
  planValidationData,
  readValidationData,
  type SignatureUpdate,
} from '../../pdf/index.ts';
import { judgeStructure } from './checks/structure.ts';

export interface RehearsalOptions {
  readonly password?: string;
  /** Long-term levels append more revisions behind the signature, which it has to survive. */
  readonly level: SignatureLevel;
}

/** In place of what only comes after the code: small, since only where it stands is judged. */
const STAND_IN = Uint8Array.of(0x30, 0);
const VALIDATION_DATA = Object.freeze({ certificates: [STAND_IN], crls: [STAND_IN], ocspResponses: [] });
const SMALL_CAPACITY = 64;

/**
 * Reads the file as it would be with this very update, from memory behind the original, and judges what the final
 * verification judges but for hash and certificates. Nothing is written, and no document is read twice for it. So a
 * signature that could not hold is refused before a code is sent.
 * @throws OssError OSS_PDF_WOULD_NOT_VERIFY with the sentence of the check that fails, OSS_PDF_*
 */
export async function rehearseUpdate(
  source: ByteSource,
  update: SignatureUpdate,
  options: RehearsalOptions,
): Promise<void> {
  const signed = await openExtended(source, update.appended, options);
  await assertHolds(signed, update.fieldName);
  // Damaged validation data of others would stop the final verification too.
  await readValidationData(signed);
  await assertKeepsEarlier(signed, source.size, update.fieldName);
  if (!isLongTerm(options.level)) return;
  let tail = Buffer.from(update.appended);
  const stored = await planValidationData(signed, VALIDATION_DATA);
  if (stored) tail = Buffer.concat([tail, stored.appended]);
  let lasting = await openExtended(source, tail, options);
  if (options.level === 'B-LTA') {
    const stamp = await planDocumentTimestamp(lasting, { contentsCapacity: SMALL_CAPACITY });
    tail = Buffer.concat([tail, stamp.appended]);
    lasting = await openExtended(source, tail, options);
  }
  await assertHolds(lasting, update.fieldName);
}

const openExtended = (
  source: ByteSource,
  tail: Uint8Array,
  { password }: RehearsalOptions,
): Promise<PdfDocument> => openPdf(extendedSource(source, tail), password === undefined ? {} : { password });

async function assertHolds(pdf: PdfDocument, fieldName: string): Promise<void> {
  const flaw = await judgeStructure(pdf, fieldName);
  if (flaw !== undefined) throw new OssError('OSS_PDF_WOULD_NOT_VERIFY', { reason: flaw });
}

/** A further signature must not break those that are there. */
async function assertKeepsEarlier(
  signed: PdfDocument,
  originalSize: number,
  ownField: string,
): Promise<void> {
  const earlier = (await listSignatures(signed)).filter(({ fieldName }) => fieldName !== ownField);
  if (earlier.length === 0) return;
  const rules = {
    docMdp: earlier.flatMap(({ docMdp }) => docMdp ?? []).sort()[0],
    fieldLocks: earlier.flatMap(({ fieldLocks }) => fieldLocks),
  };
  const broken = (await changesAfter(signed, originalSize, rules)).find(
    ({ outcome }) => outcome === 'forbidden',
  );
  if (broken) throw new OssError('OSS_PDF_WOULD_NOT_VERIFY', { reason: broken.sentence });
}
