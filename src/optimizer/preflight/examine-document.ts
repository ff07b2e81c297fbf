import { OssError, toOssError } from '../../contract/errors.ts';
import type { DocumentNote } from '../../contract/model/document-notes.ts';
import {
  type ByteSource,
  describeDocument,
  extendedSource,
  inspectForSigning,
  openPdf,
  type PdfInspection,
  planRepair,
} from '../../pdf/index.ts';

export interface ExamineOptions {
  readonly password?: string;
  /** The signature field that is to be used. */
  readonly fieldName?: string;
}

export interface Examined {
  readonly inspection: PdfInspection;
  readonly notes: readonly DocumentNote[];
  /** What must follow the file before it can be signed: a cross-reference in place of a damaged one. */
  readonly repair: Uint8Array | undefined;
}

/**
 * Whether a document can be signed and what to know before. A damaged cross-reference is repaired where that puts
 * nothing in doubt.
 * @throws OssError OSS_PDF_*
 */
export async function examineDocument(source: ByteSource, options: ExamineOptions = {}): Promise<Examined> {
  try {
    return { ...(await examine(source, options)), repair: undefined };
  } catch (thrown) {
    if (toOssError(thrown).code !== 'OSS_PDF_XREF_DAMAGED') throw thrown;
  }
  const repair = await planRepair(source, accessOf(options));
  const { inspection, notes } = await examine(extendedSource(source, repair), options);
  if (inspection.existingSignatures.length > 0) throw new OssError('OSS_PDF_DAMAGED_SIGNED');
  return { inspection, notes: [{ code: 'repaired' }, ...notes], repair };
}

async function examine(source: ByteSource, options: ExamineOptions): Promise<Omit<Examined, 'repair'>> {
  const document = await openPdf(source, accessOf(options));
  const field = options.fieldName === undefined ? {} : { fieldName: options.fieldName };
  const inspection = await inspectForSigning(document, field);
  return { inspection, notes: await describeDocument(document, inspection) };
}

const accessOf = ({ password }: ExamineOptions): { password?: string } =>
  password === undefined ? {} : { password };
