import { OssError, toOssError } from '../../contract/errors.ts';
import type { SignatureLevel } from '../../contract/model/signature-level.ts';
import {
  type ByteSource,
  extendedSource,
  inspectForSigning,
  openPdf,
  type PdfDocument,
  type PdfInspection,
  planRepair,
} from '../../pdf/index.ts';

export interface ExamineOptions {
  readonly password?: string;
  /** The signature field that is to be used. */
  readonly fieldName?: string;
  /** Of the signature that is to be made; default: B-T. */
  readonly level?: SignatureLevel;
}

/** Readable as long as the source that it was opened from. */
export interface OpenedForSigning {
  readonly document: PdfDocument;
  readonly inspection: PdfInspection;
  /** What must follow the file before it can be signed: a cross-reference in place of a damaged one. */
  readonly repair: Uint8Array | undefined;
}

/**
 * Opens a document that can be signed. A damaged cross-reference is repaired where that puts nothing in doubt.
 * @throws OssError OSS_PDF_*
 */
export async function openForSigning(
  source: ByteSource,
  options: ExamineOptions = {},
): Promise<OpenedForSigning> {
  try {
    return { ...(await open(source, options)), repair: undefined };
  } catch (thrown) {
    if (toOssError(thrown).code !== 'OSS_PDF_XREF_DAMAGED') throw thrown;
  }
  const repair = await planRepair(source, accessOf(options));
  const opened = await open(extendedSource(source, repair), options);
  if (opened.inspection.existingSignatures.length > 0) throw new OssError('OSS_PDF_DAMAGED_SIGNED');
  return { ...opened, repair };
}

async function open(source: ByteSource, options: ExamineOptions): Promise<Omit<OpenedForSigning, 'repair'>> {
  const document = await openPdf(source, accessOf(options));
  const field = options.fieldName === undefined ? {} : { fieldName: options.fieldName };
  return { document, inspection: await inspectForSigning(document, field) };
}

const accessOf = ({ password }: ExamineOptions): { password?: string } =>
  password === undefined ? {} : { password };
