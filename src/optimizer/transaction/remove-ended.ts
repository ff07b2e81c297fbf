import { stat } from 'node:fs/promises';
import { toOssError } from '../../contract/errors.ts';
import { readJournal } from '../journal/journal.ts';
import { lockDirectory } from '../vault/lock.ts';
import { Vault } from '../vault/vault.ts';
import { EndedIndex } from './ended-index.ts';

/**
 * Removes what is left of transactions that ended before this moment. Open ones stay, whatever their age, and so
 * does one whose evidence is not sealed yet; the evidence itself is kept elsewhere and stays.
 * @param release lets go of what is held open of a transaction
 * @returns how many were removed
 */
export async function removeEnded(
  { vault, index }: { readonly vault: Vault; readonly index: EndedIndex },
  endedBefore: Date,
  release: (id: string) => Promise<void>,
): Promise<number> {
  const over = index.endedBefore(endedBefore.getTime());
  for (const id of await vault.list()) {
    if (!index.has(id) && (await endOf(vault.journalPath(id))) < endedBefore.getTime()) over.push(id);
  }
  for (const id of over) {
    await release(id);
    index.forget(id);
    await vault.remove(id);
  }
  if (over.length > 0) await index.rewrite();
  return over.length;
}

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
 * @throws OssError OSS_DATA_IN_USE while one has it
 */
export async function removeEndedRecords(dataDirectory: string, endedBefore: Date): Promise<number> {
  const lock = await lockDirectory(dataDirectory);
  try {
    const vault = new Vault(dataDirectory);
    const index = await EndedIndex.open(dataDirectory, vault);
    for (const id of await vault.list()) if (!index.has(id)) await vault.removeIfUnbegun(id);
    return await removeEnded({ vault, index }, endedBefore, async () => undefined);
  } finally {
    await lock.release();
  }
}
