import { toOssError } from '../../contract/errors.ts';
import type { Transaction } from '../../contract/model/transaction.ts';
import type { TransactionIndex } from './transaction-index.ts';

/**
 * Those that are open, and those that ended last, in no order. One whose record cannot be read keeps no other from
 * being listed.
 * @param ended how many that have ended
 */
export async function listTransactions(
  {
    index,
    get,
  }: {
    readonly index: Pick<TransactionIndex, 'unsettled' | 'latest'>;
    readonly get: (id: string) => Promise<Transaction>;
  },
  ended: number,
): Promise<Transaction[]> {
  const transactions: Transaction[] = [];
  // One after the other: as many journals are open at once as are worked on.
  for (const id of [...index.unsettled(), ...(await index.latest(ended))]) {
    const found = await get(id).catch(unlessUnreadable);
    if (found) transactions.push(found);
  }
  return transactions;
}

/** A record that is damaged, of another version, or gone by now; one that could not be opened is none of these. */
function unlessUnreadable(thrown: unknown): undefined {
  const { code } = toOssError(thrown);
  if (code.startsWith('OSS_JOURNAL_') || code === 'OSS_TRANSACTION_NOT_FOUND') return undefined;
  throw thrown;
}
