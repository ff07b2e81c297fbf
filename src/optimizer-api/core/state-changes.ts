import type { Transaction } from '../../contract/model/transaction.ts';
import type { ApiRequestState } from '../../contract/optimizer-api/index.ts';
import { type ApiCore, keyOfRequest } from './api-core.ts';
import { stateOf } from './request-state.ts';

type Parts = Pick<ApiCore, 'records' | 'store' | 'callbacks'>;

/**
 * Compares the state of a request with what its client was last told, and orders a callback where they
 * differ; both in one step on the disk, so that nothing is told twice or never.
 */
export function noteState({ records, store, callbacks }: Parts, pk: number, transaction?: Transaction): void {
  store.atomically(() => {
    const record = records.requests.get(keyOfRequest(pk));
    if (!record?.acknowledged) return;
    const to = stateOf(record, transaction);
    const from: ApiRequestState = record.toldState ?? 'CREATED';
    if (to === from) return;
    records.requests.put(keyOfRequest(pk), { ...record, toldState: to });
    callbacks.announce({ record, from, to, transaction });
  });
}

/** The request was just acknowledged; the newer dialect tells of that too. */
export function announceCreation(
  { records, callbacks }: Parts,
  pk: number,
  state: 'CREATED' | 'VIDEOPENDING',
): void {
  const record = records.requests.get(keyOfRequest(pk));
  if (record?.dialect === 'newer') callbacks.announce({ record, from: state, to: state });
}
