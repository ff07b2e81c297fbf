import { stat } from 'node:fs/promises';
import { OssError } from '../../contract/errors.ts';
import { readJournal } from '../journal/journal.ts';
import { lockDirectory } from '../vault/lock.ts';
import { Vault } from '../vault/vault.ts';

/**
 * Removes what is left of transactions that ended before this moment. Open ones stay, whatever their age, and so
 * does one whose evidence is not sealed yet; the evidence itself is kept elsewhere and stays.
 * @param release lets go of what is held open of a transaction
 * @returns how many were removed
 */
export async function removeEnded(
  vault: Vault,
  endedBefore: Date,
  release: (id: string) => Promise<void>,
): Promise<number> {
  let removed = 0;
  for (const id of await vault.list()) {
    if ((await endOf(vault.journalPath(id))) >= endedBefore.getTime()) continue;
    await release(id);
    await vault.remove(id);
    removed += 1;
  }
  return removed;
}

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
    if (!(error instanceof OssError && error.code === 'OSS_JOURNAL_DAMAGED')) throw error;
    return (await stat(journal)).mtimeMs;
  }
}

/**
 * The same while no Optimizer has the data directory: retention does not depend on a service that answers.
 * @throws OssError OSS_DATA_IN_USE while one has it
 */
export async function removeEndedRecords(dataDirectory: string, endedBefore: Date): Promise<number> {
  const lock = await lockDirectory(dataDirectory);
  try {
    const vault = new Vault(dataDirectory);
    await vault.removeUnbegun();
    return await removeEnded(vault, endedBefore, async () => undefined);
  } finally {
    await lock.release();
  }
}
