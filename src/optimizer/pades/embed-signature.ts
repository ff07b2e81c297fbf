import { open } from 'node:fs/promises';
import type { PreparedDocument } from '../../contract/model/transaction.ts';
import { embedContents } from '../../pdf/index.ts';

/**
 * Fills the placeholder of a prepared vault copy and flushes it. Doing it again writes the same bytes, so a process
 * killed half-way loses nothing.
 * @throws OssError OSS_PDF_CONTENTS_OVERFLOW before anything is written
 */
export async function embedSignature(
  path: string,
  placeholder: Pick<PreparedDocument, 'contentsOffset' | 'contentsLength'>,
  cms: Uint8Array,
): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await embedContents(file, placeholder, cms);
    await file.datasync();
  } finally {
    await file.close();
  }
}
