import { FINAL_STATES, type Transaction } from '../../contract/model/transaction.ts';
import { type ApiCore, keyOfRequest } from './api-core.ts';

/** The request that a transaction was made for; undefined for one of a desk. */
export const requestOf = ({ officer = '' }: Pick<Transaction, 'officer'>): number | undefined => {
  const pk = /^request-(\d+)$/.exec(officer)?.[1];
  return pk === undefined ? undefined : Number(pk);
};

/**
 * Open transactions that no request has: the process was killed, or the disk was full, before the request could be told
 * of its transaction, so no client knows of them either. One whose request cannot be read has it.
 */
export async function withoutRequest({ optimizer, records }: ApiCore): Promise<string[]> {
  const isStray = (id: string, pk: number): boolean => {
    try {
      return records.requests.get(keyOfRequest(pk))?.transactionId !== id;
    } catch {
      return false;
    }
  };
  const open = await optimizer.list({ ended: 0 });
  return open.flatMap((transaction) => {
    const pk = requestOf(transaction);
    const isOpen = !FINAL_STATES.includes(transaction.state);
    return isOpen && pk !== undefined && isStray(transaction.id, pk) ? [transaction.id] : [];
  });
}
