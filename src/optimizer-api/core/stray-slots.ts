import { rm } from 'node:fs/promises';
import { FINAL_STATES, type Transaction } from '../../contract/model/transaction.ts';
import { slotOf } from '../../optimizer/index.ts';
import type { ApiCore } from './api-core.ts';

/**
 * Takes out of a transaction, and off the disk, what no client was told of: a process that was killed within an
 * upload, or a full disk, may have left a document there that the records do not have. Nobody agreed to it, so it is
 * not signed.
 * @returns the transaction as it is then
 * @throws OssError OSS_DISK_FULL where it cannot be taken out now
 */
export async function withoutStrays(
  core: ApiCore,
  pk: number,
  transaction: Transaction,
): Promise<Transaction> {
  const { state, documents, hashes = [], id } = transaction;
  if (FINAL_STATES.includes(state) || ['signing', 'signed'].includes(state)) return transaction;
  const known = core.records.documents.list(`${pk}/`);
  const slots = new Set(known.map(({ slot }) => slot));
  const strays = [...documents.map(slotOf), ...hashes.map(({ slot }) => slot)].filter(
    (slot) => !slots.has(slot),
  );
  if (strays.length === 0) return transaction;
  for (const slot of strays) await core.optimizer.removeSlot(id, slot);
  await removeStrayFiles(core, pk);
  return core.optimizer.get(id);
}

/** Uploads of a request that its records do not have. */
export async function removeStrayFiles({ files, records }: ApiCore, pk: number): Promise<void> {
  const known = new Set(records.documents.list(`${pk}/`).map(({ uid, ext }) => `${uid}${ext}`));
  for (const path of await files.strangersOf(pk, known)) await rm(path, { force: true });
}
