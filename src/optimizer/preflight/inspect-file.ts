import { toOssError } from '../../contract/errors.ts';
import { verdictOfNotes } from '../../contract/model/document-notes.ts';
import type { FileInspection, SignableInspection } from '../../contract/model/file-inspection.ts';
import { type ByteSource, openFileSource } from '../../pdf/index.ts';
import { placementFacts } from '../placement-facts.ts';
import { examineDocument } from './examine-document.ts';
import { type ExamineOptions, type OpenedForSigning, openForSigning } from './open-for-signing.ts';

/** What decides whether and where a file can be signed. */
export type SignableFacts = Omit<SignableInspection, 'verdict' | 'notes'>;

/**
 * Whether a file can be signed, without looking through its contents: takes no longer for 2,000 pages than for two.
 * @throws OssError OSS_PDF_*, OSS_FILE_NOT_FOUND
 */
export const readSignableFacts = (path: string, options: ExamineOptions = {}): Promise<SignableFacts> =>
  withSource(path, async (source) => factsOf(path, source, await openForSigning(source, options)));

/**
 * Whether a file can be signed, before it becomes part of a transaction, and what to know about it.
 * @throws OssError OSS_PDF_*, OSS_FILE_NOT_FOUND
 */
export const inspectFile = (path: string, options: ExamineOptions = {}): Promise<SignableInspection> =>
  withSource(path, async (source) => {
    const { notes, ...opened } = await examineDocument(source, options);
    return {
      verdict: verdictOfNotes(notes),
      notes: [...notes],
      ...(await factsOf(path, source, opened)),
    };
  });

const factsOf = async (
  file: string,
  source: ByteSource,
  { document, inspection }: OpenedForSigning,
): Promise<SignableFacts> => ({
  file,
  bytes: source.size,
  pages: inspection.pageCount,
  earlierSignatures: inspection.existingSignatures.length,
  ...(await placementFacts(document, inspection)),
});

async function withSource<T>(path: string, read: (source: ByteSource) => Promise<T>): Promise<T> {
  const source = await openFileSource(path);
  try {
    return await read(source);
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
