import { type ApiCore, keyOfDocument, keyOfRequest } from './api-core.ts';

type RequestTraces = Pick<ApiCore, 'records' | 'requests' | 'pending' | 'files' | 'accounts'>;

/** Where the credentials of a request rest until it has ended. */
export const officerNameOf = (pk: number): string => `request-${pk}`;

/** Nobody is told of these requests any more. */
export function forgetCallbacks({ pending }: Pick<ApiCore, 'pending'>, pks: ReadonlySet<number>): void {
  pending.forget(pks);
}

/**
 * Removes every trace of a request: files, credentials, callbacks, and the record last, without which nobody would find
 * the others after a kill.
 */
export async function forgetRequest(traces: RequestTraces, pk: number): Promise<void> {
  const { records, files, accounts } = traces;
  const video = records.requests.get(keyOfRequest(pk))?.video;
  if (video) records.videos.remove(keyOfRequest(video.pk));
  for (const { uid } of records.documents.list(`${pk}/`)) records.documents.remove(keyOfDocument(pk, uid));
  await files.removeRequestFolder(pk);
  await accounts.forget(officerNameOf(pk));
  forgetCallbacks(traces, new Set([pk]));
  records.requests.remove(keyOfRequest(pk));
}

/**
 * Requests go with the records of their transactions, when the time for which these are kept is over. Only those that
 * began before that are looked at: no transaction ended before its request began.
 * @param isThere whether there is still anything of a transaction
 * @param before when a request goes that has no transaction (a video identification that nobody approved, or one that
 *   its application removed); transactions that ended before are removed by now
 * @returns whether any did
 */
export async function forgetRemoved(
  traces: RequestTraces,
  isThere: (transactionId: string) => Promise<boolean>,
  before: Date,
): Promise<boolean> {
  let hasForgotten = false;
  for (const { pk, transactionId } of traces.requests.begunBefore(before)) {
    if (transactionId !== undefined && (await isThere(transactionId))) continue;
    await forgetRequest(traces, pk);
    hasForgotten = true;
  }
  return hasForgotten;
}
