import { stat, statfs } from 'node:fs/promises';
import { OssError } from '../../contract/errors.ts';
import { isLongTerm, type Transaction } from '../../contract/model/transaction.ts';
import { slotOf } from '../journal/slots.ts';
import type { Vault } from '../vault/vault.ts';
import type { StepContext } from './context.ts';
import { folderFor } from './delivery-folder.ts';

/** Lines of the journal, and the evidence that is made of them. */
const RECORDS = 128 * 1024;
/** The response of the service, and what its document adds to journal and evidence; a signature over a hash. */
const EACH_DOCUMENT = 32 * 1024;
/** Validation data and time stamps that a long-term level appends. */
const EACH_LONG_TERM = 1024 * 1024;

/**
 * Before a code is sent and before it is used: the space for all that is written afterwards is taken now, and given
 * back when it is needed. Where files are delivered to another disk, it has to have room for them.
 * @throws OssError OSS_DISK_FULL naming the folder
 */
export async function reserveSpace({ journal, vault }: StepContext): Promise<void> {
  const { transaction } = journal;
  await vault.reserve(transaction.id, bytesNeeded(transaction));
  await assertRoomForDelivery(transaction, vault);
}

function bytesNeeded({ documents, hashes = [], level }: Transaction): number {
  const each = EACH_DOCUMENT + (isLongTerm(level) ? EACH_LONG_TERM : 0);
  return RECORDS + each * (documents.length + hashes.length);
}

/** On the disk of the vault a delivered file is the vault's own under another name. */
async function assertRoomForDelivery(transaction: Transaction, vault: Vault): Promise<void> {
  const { id, documents, level } = transaction;
  const own = (await stat(vault.folder(id))).dev;
  const needed = new Map<string, number>();
  for (const [index, document] of documents.entries()) {
    const folder = folderFor(transaction, document);
    if ((await stat(folder)).dev === own) continue;
    const { size } = await stat(vault.documentPath(id, slotOf(document, index)));
    const grown = size + (isLongTerm(level) ? EACH_LONG_TERM : 0);
    needed.set(folder, (needed.get(folder) ?? 0) + grown);
  }
  for (const [folder, bytes] of needed) {
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize < bytes)
      throw new OssError('OSS_DISK_FULL', { reason: folder, folder, needed: bytes });
  }
}
