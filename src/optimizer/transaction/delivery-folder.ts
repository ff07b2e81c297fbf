import { dirname } from 'node:path';
import { OssError, toOssError } from '../../contract/errors.ts';
import type { Transaction } from '../../contract/model/transaction.ts';
import { assertWritableFolder } from '../vault/folder.ts';

/** Where a signed document goes: the folder of the transaction, or beside its original. */
export const folderFor = (
  { deliverTo }: Transaction,
  { sourcePath }: Transaction['documents'][number],
): string => deliverTo ?? dirname(sourcePath);

/**
 * Everything that is going to be signed can be put where it belongs. Asked before a code is sent and before it is used:
 * afterwards the signature exists, and nobody could fetch it.
 * @throws OssError OSS_FOLDER_UNUSABLE naming path and reason
 */
export async function assertDeliverable(transaction: Transaction): Promise<void> {
  const { documents, hashes = [], deliverTo } = transaction;
  if (hashes.length > 0 && deliverTo === undefined)
    throw new OssError('OSS_FOLDER_UNUSABLE', { reason: 'no folder is set' });
  for (const folder of new Set(documents.map((document) => folderFor(transaction, document))))
    await assertUsable(folder);
  if (hashes.length > 0 && deliverTo !== undefined) await assertUsable(deliverTo);
}

/** Whether there is room is another question, to which the space that was reserved is the response. */
async function assertUsable(folder: string): Promise<void> {
  await assertWritableFolder(folder).catch((error: OssError) => {
    if (toOssError(error.cause).code !== 'OSS_DISK_FULL') throw error;
  });
}
