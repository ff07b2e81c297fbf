import { toOssError } from '../../contract/errors.ts';
import { FINAL_STATES, type Transaction } from '../../contract/model/transaction.ts';
import type { Vault } from '../vault/vault.ts';
import { type ResumeOptions, recoverTransaction } from './recover.ts';
import { removeIfUnbegun } from './remove-unbegun.ts';
import type { TransactionIndex } from './transaction-index.ts';
import type { TransactionSteps } from './transaction-steps.ts';

interface Parts {
  readonly vault: Vault;
  readonly index: TransactionIndex;
  readonly steps: TransactionSteps;
}

/** Goes on with every transaction that is open. @returns those that were, as they are now */
export async function resumeOpen(
  { vault, index, steps }: Parts,
  work: ResumeOptions,
): Promise<Transaction[]> {
  const { onStanding = () => undefined } = work;
  const recovered: Transaction[] = [];
  await index.refresh();
  for (const id of index.unsettled()) {
    const failed = (thrown: unknown): undefined => {
      onStanding(id, toOssError(thrown));
      return undefined;
    };
    if (await removeIfUnbegun({ vault, index }, id).catch(failed)) continue;
    // What had ended before it could be sealed and cleared up.
    const transaction = await steps.seal(id).catch(failed);
    if (!transaction || FINAL_STATES.includes(transaction.state)) continue;
    await steps.run(id, 'resume', (context) => recoverTransaction(context, work)).catch(failed);
    const now = await steps.get(id).catch(failed);
    if (now) recovered.push(now);
  }
  return recovered;
}
