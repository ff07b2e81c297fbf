import { inspectForSigning, openFileSource, openPdf } from '../pdf/index.ts';

export interface FileInspection {
  readonly bytes: number;
  readonly pages: number;
  readonly earlierSignatures: number;
}

/** Whether a file can be signed, before it becomes part of a transaction. @throws OssError OSS_PDF_*, OSS_FILE_NOT_FOUND */
export async function inspectFile(path: string): Promise<FileInspection> {
  const source = await openFileSource(path);
  try {
    const inspection = await inspectForSigning(await openPdf(source));
    return {
      bytes: source.size,
      pages: inspection.pageCount,
      earlierSignatures: inspection.existingSignatures.length,
    };
  } finally {
    await source.close();
  }
}
