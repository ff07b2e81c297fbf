import { stat } from 'node:fs/promises';
import { ifPresent } from '../../base/durable-file.ts';
import { toOssError } from '../../contract/errors.ts';
import { readJournal } from '../journal/journal.ts';
import { lockDirectory } from '../vault/lock.ts';
import { Vault } from '../vault/vault.ts';
import { TransactionIndex } from './transaction-index.ts';

/**
 * Removes what is left of transactions that ended before this moment. Open ones stay, whatever their age, and so
 * does one whose evidence is not sealed yet; the evidence itself is kept elsewhere and stays.
 * @param release lets go of what is held open of a transaction
 * @returns how many were removed
 */
export async function removeEnded(
  { vault, index }: { readonly vault: Vault; readonly index: TransactionIndex },
  endedBefore: Date,
  release: (id: string) => Promise<void>,
): Promise<number> {
  const moment = endedBefore.getTime();
  const over: string[] = [];
  for (const id of await index.settledBefore(moment)) {
    // The index says where to look; what is removed is over by what its own journal says.
    const end = (await isThere(vault.journalPath(id))) ? await endOf(vault.journalPath(id)) : 0;
    if (end < moment) over.push(id);
    else if (end === Number.POSITIVE_INFINITY) await index.reopen(id);
  }
  for (const id of index.unsettled()) {
    if ((await endOf(vault.journalPath(id))) < moment) over.push(id);
  }
  for (const id of over) {
    await release(id);
    await vault.remove(id);
  }
  await index.remove(over);
  return over.length;
}

/** Without a journal it is what a removal left that was interrupted. */
const isThere = (journal: string): Promise<boolean> =>
  ifPresent(
    stat(journal).then(() => true),
    false,
  );

const KEPT: readonly string[] = ['OSS_JOURNAL_UNKNOWN', 'OSS_TRANSACTION_NOT_FOUND'];

/**
 * When it ended and was sealed, in ms; Infinity while it has not. A record that cannot be read ended when it was
 * last written.
 */
async function endOf(journal: string): Promise<number> {
  try {
    // Only what has ended can be sealed (reduce.ts), and what happened since has to be sealed again.
    const last = (await readJournal(journal)).at(-1);
    return last?.event.type === 'sealed' ? Date.parse(last.at) : Number.POSITIVE_INFINITY;
  } catch (error) {
    const { code } = toOssError(error);
    if (code === 'OSS_JOURNAL_DAMAGED') return (await stat(journal)).mtimeMs;
    // Of another version, which knows when it ended; or not begun yet.
    if (KEPT.includes(code)) return Number.POSITIVE_INFINITY;
    throw error;
  }
}

/**
 * The same while no Optimizer has the data directory: retention does not depend on a service that answers.
 * @param onSetAside as `OptimizerOptions.onSetAside`
 * @throws OssError OSS_DATA_IN_USE while one has it
 */
export async function removeEndedRecords(
  dataDirectory: string,
  endedBefore: Date,
  onSetAside?: (name: string) => void,
): Promise<number> {
  const lock = await lockDirectory(dataDirectory);
  try {
    const vault = new Vault(dataDirectory);
    const index = await TransactionIndex.open(dataDirectory, vault, onSetAside);
    try {
      for (const id of index.unsettled()) if (await vault.removeIfUnbegun(id)) await index.remove([id]);
      return await removeEnded({ vault, index }, endedBefore, async () => undefined);
    } finally {
      await index.close();
    }
  } finally {
    await lock.release();
  }
}
