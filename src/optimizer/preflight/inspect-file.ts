import { toOssError } from '../../contract/errors.ts';
import { verdictOfNotes } from '../../contract/model/document-notes.ts';
import type { FileInspection, SignableInspection } from '../../contract/model/file-inspection.ts';
import { openFileSource } from '../../pdf/index.ts';
import { type ExamineOptions, examineDocument } from './examine-document.ts';

/**
 * Whether a file can be signed, before it becomes part of a transaction, and what to know about it.
 * @throws OssError OSS_PDF_*, OSS_FILE_NOT_FOUND
 */
export async function inspectFile(path: string, options: ExamineOptions = {}): Promise<SignableInspection> {
  const source = await openFileSource(path);
  try {
    const { inspection, notes } = await examineDocument(source, options);
    return {
      verdict: verdictOfNotes(notes),
      file: path,
      bytes: source.size,
      pages: inspection.pageCount,
      earlierSignatures: inspection.existingSignatures.length,
      notes: [...notes],
    };
  } finally {
    await source.close();
  }
}

/** The refusal of a file as a verdict on it. @throws OssError OSS_INTERNAL for what is no fault of the file */
export async function verdictOn(
  path: string,
  inspect: (path: string) => Promise<SignableInspection> = inspectFile,
): Promise<FileInspection> {
  try {
    return await inspect(path);
  } catch (thrown) {
    const error = toOssError(thrown);
    if (error.code === 'OSS_INTERNAL') throw error;
    const { reason } = error.details;
    return {
      verdict: 'refuse',
      file: path,
      code: error.code,
      ...(typeof reason === 'string' ? { reason } : {}),
    };
  }
}
