import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileOrder } from '../../contract/model/file-order.ts';
import type { Transaction } from '../../contract/model/transaction.ts';
import { newTransactionId, type Optimizer } from '../../optimizer/index.ts';
import type { WatchedFolders } from './folders.ts';

/** Which seal an order asks for; undefined for one that asks for none, or for the only one there is. */
export const sealNamed = ({ seal }: FileOrder): string | undefined => (seal === true ? undefined : seal);

/** Where the signed documents wait for the seal. */
export const unsealedFolder = (work: string): string => join(work, 'unsealed');

/**
 * Sets the seal over what was signed; called again after a crash it goes on with the transaction that was begun.
 * @param signed the delivered transaction of the signer
 * @returns the transaction of the seal
 * @throws OssError OSS_SEAL_NOT_OFFERED, and of the step that failed
 */
export async function sealOrder(
  optimizer: Optimizer,
  folders: WatchedFolders,
  { name, order, signed }: { readonly name: string; readonly order: FileOrder; readonly signed: Transaction },
): Promise<Transaction> {
  const work = folders.workOf(name);
  const known = await folders.readNote(name, 'seal.txt');
  const isOpen = known !== undefined && (await optimizer.has(known)) && !(await hasFailed(optimizer, known));
  const id = isOpen ? known : newTransactionId();
  if (!isOpen) {
    // On the disk before it begins, so that a second one never begins beside it.
    await folders.writeNote(name, 'seal.txt', id);
    const { identity, seal, profile = '' } = await optimizer.sealSigner(sealNamed(order));
    const options = order.sealVisible === undefined ? {} : { visible: order.sealVisible };
    const documents = (signed.delivered ?? []).map((path, index) => ({
      path,
      name: signed.documents[index]?.name ?? '',
      options,
    }));
    const { registrationAuthority, level } = signed;
    const deliverTo = join(work, 'signed');
    await optimizer.create({
      id,
      identity,
      seal,
      profile,
      documents,
      registrationAuthority,
      level,
      deliverTo,
    });
  }
  const sealed = await optimizer.placeSeal(id);
  await rm(unsealedFolder(work), { recursive: true, force: true });
  return sealed;
}

const hasFailed = async (optimizer: Optimizer, id: string): Promise<boolean> =>
  ['cancelled', 'expired'].includes((await optimizer.get(id)).state);
