import type { Transaction } from '../../../contract/model/transaction.ts';
import type { ApiRequestState } from '../../../contract/optimizer-api/index.ts';
import type { RequestRecord } from '../store/records.ts';

/**
 * The state that clients are told, from what the transaction says: a request that is signed at the desk is
 * ISSUED here too. ISSUED only once the signed files can be fetched.
 */
export function stateOf(
  record: Pick<RequestRecord, 'cancelled' | 'video'>,
  transaction: Pick<Transaction, 'state'> | undefined,
): ApiRequestState {
  if (record.cancelled) return 'CANCELLED';
  switch (transaction?.state) {
    case undefined:
      return record.video?.state ?? 'CREATED';
    case 'created':
      return 'CREATED';
    case 'delivered':
      return 'ISSUED';
    case 'cancelled':
    case 'expired':
      return 'CANCELLED';
    default:
      return 'ENROLLREADY';
  }
}
