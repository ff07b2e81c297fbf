import { CaseStore } from './case/case-store.ts';
import { removeEndedCases } from './case/remove-ended-cases.ts';
import { removeEnded } from './transaction/remove-ended.ts';
import { removeIfUnbegun } from './transaction/remove-unbegun.ts';
import { TransactionIndex } from './transaction/transaction-index.ts';
import { lockDirectory } from './vault/lock.ts';
import { Vault } from './vault/vault.ts';

/**
 * As `Optimizer.removeEnded` while no Optimizer has the data directory: retention does not depend on a service that
 * answers.
 * @param onSetAside as `OptimizerOptions.onSetAside`
 * @returns how many transactions were removed
 * @throws OssError OSS_DATA_IN_USE while one has it
 */
export async function removeEndedRecords(
  dataDirectory: string,
  endedBefore: Date,
  onSetAside?: (name: string) => void,
): Promise<number> {
  const lock = await lockDirectory(dataDirectory);
  try {
    await removeEndedCases(new CaseStore(dataDirectory), endedBefore);
    const vault = new Vault(dataDirectory);
    const index = await TransactionIndex.open(dataDirectory, vault, onSetAside);
    try {
      for (const id of index.unsettled()) await removeIfUnbegun({ vault, index }, id);
      return await removeEnded({ vault, index }, endedBefore, async () => undefined);
    } finally {
      await index.close();
    }
  } finally {
    await lock.release();
  }
}
