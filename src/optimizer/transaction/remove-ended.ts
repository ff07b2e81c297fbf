import { stat } from 'node:fs/promises';
import { OssError } from '../../contract/errors.ts';
import { FINAL_STATES, type Transaction } from '../../contract/model/transaction.ts';
import { lockDirectory } from '../vault/lock.ts';
import { Vault } from '../vault/vault.ts';
import { Journal } from './journal.ts';

export interface EndedRecords {
  readonly vault: Vault;
  read(id: string): Promise<Transaction>;
  /** Lets go of what is held open of a transaction. */
  release(id: string): Promise<void>;
}

/**
 * Removes what is left of transactions that ended before this moment; open ones stay, whatever their age.
 * @returns how many were removed
 */
export async function removeEnded(records: EndedRecords, endedBefore: Date): Promise<number> {
  let removed = 0;
  for (const id of await records.vault.list()) {
    if ((await endOf(records, id)) >= endedBefore.getTime()) continue;
    await records.release(id);
    await records.vault.remove(id);
    removed += 1;
  }
  return removed;
}

/** When it ended, in ms; Infinity while it has not. A record that cannot be read ended when it was last written. */
async function endOf({ vault, read }: EndedRecords, id: string): Promise<number> {
  try {
    const { state, updatedAt } = await read(id);
    return FINAL_STATES.includes(state) ? Date.parse(updatedAt) : Number.POSITIVE_INFINITY;
  } catch (error) {
    if (!(error instanceof OssError && error.code === 'OSS_JOURNAL_DAMAGED')) throw error;
    return (await stat(vault.journalPath(id))).mtimeMs;
  }
}

/**
 * The same while no Optimizer has the data directory: retention does not depend on a service that answers.
 * @throws OssError OSS_TRANSACTION_BUSY while one has it
 */
export async function removeEndedRecords(dataDirectory: string, endedBefore: Date): Promise<number> {
  const lock = await lockDirectory(dataDirectory);
  try {
    const vault = new Vault(dataDirectory);
    await vault.removeUnbegun();
    return await removeEnded(
      { vault, read: (id) => readOnce(vault, id), release: async () => undefined },
      endedBefore,
    );
  } finally {
    await lock.release();
  }
}

async function readOnce(vault: Vault, id: string): Promise<Transaction> {
  const journal = await Journal.open(vault.journalPath(id), () => new Date());
  try {
    return journal.transaction;
  } finally {
    await journal.close();
  }
}
