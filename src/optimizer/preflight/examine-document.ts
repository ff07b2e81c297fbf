import type { DocumentNote } from '../../contract/model/document-notes.ts';
import { type ByteSource, describeDocument } from '../../pdf/index.ts';
import { type ExamineOptions, type OpenedForSigning, openForSigning } from './open-for-signing.ts';

export interface Examined extends OpenedForSigning {
  readonly notes: readonly DocumentNote[];
}

/** Whether a document can be signed and what to know before. @throws OssError OSS_PDF_* */
export async function examineDocument(source: ByteSource, options: ExamineOptions = {}): Promise<Examined> {
  const opened = await openForSigning(source, options);
  const notes = await describeDocument(opened.document, opened.inspection);
  return { ...opened, notes: opened.repair ? [{ code: 'repaired' }, ...notes] : notes };
}
