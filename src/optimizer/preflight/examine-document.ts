import type { DocumentNote } from '../../contract/model/document-notes.ts';
import { type ByteSource, describeDocument } from '../../pdf/index.ts';
import { type ExamineOptions, type OpenedForSigning, openForSigning } from './open-for-signing.ts';
import { rehearseSigning } from './rehearse-signature.ts';

export interface Examined extends OpenedForSigning {
  readonly notes: readonly DocumentNote[];
}

/**
 * Whether a document can be signed and what to know before. Signing asks the same question in the same way, so that
 * the two never disagree.
 * @throws OssError OSS_PDF_*
 */
export async function examineDocument(source: ByteSource, options: ExamineOptions = {}): Promise<Examined> {
  const opened = await openForSigning(source, options);
  await rehearseSigning(source, opened, { level: 'B-T', ...options });
  const notes = await describeDocument(opened.document, opened.inspection);
  return { ...opened, notes: opened.repair ? [{ code: 'repaired' }, ...notes] : notes };
}
