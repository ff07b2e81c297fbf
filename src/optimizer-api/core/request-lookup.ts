import type { Transaction } from '../../contract/model/transaction.ts';
import type { ApiRequestRecord } from '../store/records.ts';
import { type ApiCore, keyOfRequest } from './api-core.ts';
import { Refusal } from './refusal.ts';

/**
 * The request that a path names. A number of a video identification names its request too: the two never
 * coincide.
 * @param text what the call answers for an unknown one
 * @throws Refusal 404
 */
export function requestNamed(
  { records }: Pick<ApiCore, 'records'>,
  pk: string | undefined,
  text: (pk: string) => string,
): ApiRequestRecord {
  const name = pk ?? '';
  const record = /^\d{1,15}$/.test(name) ? records.requests.get(keyOfRequest(Number(name))) : undefined;
  const found = record ?? requestOfVideo(records, name);
  if (!found?.acknowledged) throw new Refusal(404, text(name.slice(0, 40)));
  return found;
}

const requestOfVideo = (records: ApiCore['records'], name: string): ApiRequestRecord | undefined => {
  const pk = /^\d{1,15}$/.test(name) ? records.videos.get(keyOfRequest(Number(name))) : undefined;
  return pk === undefined ? undefined : records.requests.get(keyOfRequest(pk));
};

/** @throws Refusal 412 where the request has no transaction yet (a video identification under way) */
export async function transactionOf(
  { optimizer }: Pick<ApiCore, 'optimizer'>,
  { transactionId }: ApiRequestRecord,
): Promise<Transaction> {
  if (transactionId === undefined) throw new Refusal(412, 'Invalid request status');
  return optimizer.get(transactionId);
}
