import type { DocumentNote } from '../../contract/model/document-notes.ts';
import { USUAL_LEVEL } from '../../contract/model/signature-level.ts';
import { type ByteSource, describeDocument, openFileSource } from '../../pdf/index.ts';
import { type ExamineOptions, type OpenedForSigning, openForSigning } from './open-for-signing.ts';
import { rehearseSigning } from './rehearse-signing.ts';

export interface Examined extends OpenedForSigning {
  readonly notes: readonly DocumentNote[];
}

/** What the record of a transaction says of a document, and what must follow it before it can be signed. */
export interface Examination {
  readonly pages: number;
  readonly earlierSignatures: number;
  readonly notes: readonly DocumentNote[];
  readonly repair: Uint8Array | undefined;
}

/**
 * Whether a document can be signed and what to know before. Signing asks the same question in the same way, so that
 * the two never disagree.
 * @throws OssError OSS_PDF_*
 */
export async function examineDocument(source: ByteSource, options: ExamineOptions = {}): Promise<Examined> {
  const opened = await openForSigning(source, options);
  await rehearseSigning(source, opened, { level: USUAL_LEVEL.withData, ...options });
  const notes = await describeDocument(opened.document, opened.inspection);
  return { ...opened, notes: opened.repair ? [{ code: 'repaired' }, ...notes] : notes };
}

/** As `examineDocument`, for a file. @throws OssError OSS_PDF_*, OSS_FILE_NOT_FOUND */
export async function examineFile(path: string, options: ExamineOptions = {}): Promise<Examination> {
  const source = await openFileSource(path);
  try {
    const { inspection, notes, repair } = await examineDocument(source, options);
    const earlierSignatures = inspection.existingSignatures.length;
    return { pages: inspection.pageCount, earlierSignatures, notes, repair };
  } finally {
    await source.close();
  }
}
