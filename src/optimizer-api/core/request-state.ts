import type { Transaction } from '../../contract/model/transaction.ts';
import type { ApiRequestState } from '../../contract/optimizer-api/index.ts';
import type { ApiRequestRecord } from '../store/records.ts';

/** In these nothing changes any more; `store/request-index.ts` finds the others. */
const FINAL_API_STATES: readonly ApiRequestState[] = ['ISSUED', 'CANCELLED'];

/** A state that the client was told and that is the last one: its transaction need not be asked again. */
export const settledState = ({
  toldState,
}: Pick<ApiRequestRecord, 'toldState'>): ApiRequestState | undefined =>
  toldState !== undefined && FINAL_API_STATES.includes(toldState) ? toldState : undefined;

/**
 * The state that clients are told, from what the transaction says: a request that is signed at the desk is
 * ISSUED here too. ISSUED only once the signed files can be fetched.
 */
export function stateOf(
  record: Pick<ApiRequestRecord, 'cancelled' | 'video' | 'countersignature'>,
  transaction: Pick<Transaction, 'state'> | undefined,
): ApiRequestState {
  if (record.cancelled) return 'CANCELLED';
  switch (transaction?.state) {
    case undefined:
      return record.video?.state ?? 'CREATED';
    case 'created':
      return 'CREATED';
    case 'delivered':
      // With the seal that was ordered, or not yet.
      return record.countersignature?.done === false ? 'ENROLLREADY' : 'ISSUED';
    case 'cancelled':
    case 'expired':
      return 'CANCELLED';
    default:
      return 'ENROLLREADY';
  }
}
