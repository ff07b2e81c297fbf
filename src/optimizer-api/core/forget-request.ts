import { type ApiCore, keyOfDocument, keyOfRequest } from './api-core.ts';

type Kept = Pick<ApiCore, 'records' | 'pending' | 'files' | 'accounts'>;

/** Where the credentials of a request rest until it has ended. */
export const officerNameOf = (pk: number): string => `request-${pk}`;

/** Nobody is told of these requests any more. */
export function forgetCallbacks({ pending }: Pick<ApiCore, 'pending'>, pks: ReadonlySet<number>): void {
  pending.forget(pks);
}

/** Removes every trace of a request: record, files, credentials, callbacks. */
export async function forgetRequest(kept: Kept, pk: number): Promise<void> {
  const { records, files, accounts } = kept;
  const video = records.requests.get(keyOfRequest(pk))?.video;
  records.requests.remove(keyOfRequest(pk));
  if (video) records.videos.remove(keyOfRequest(video.pk));
  for (const { uid } of records.documents.list(`${pk}/`)) records.documents.remove(keyOfDocument(pk, uid));
  await files.removeRequestFolder(pk);
  await accounts.forget(officerNameOf(pk));
  forgetCallbacks(kept, new Set([pk]));
}

/**
 * Requests go with the records of their transactions, when the time for which these are kept is over.
 * @param transactions the ids of those that are still there
 * @param begunBefore when a request that has none (a video identification that nobody approved, or one that its
 *   application removed) goes
 * @returns whether any did
 */
export async function forgetRemoved(
  kept: Kept,
  transactions: () => Promise<readonly string[]>,
  begunBefore?: Date,
): Promise<boolean> {
  // In this order: a request that comes meanwhile is not among these.
  const requests = kept.records.requests.list();
  const there = new Set(await transactions());
  const latest = begunBefore?.getTime() ?? Number.NEGATIVE_INFINITY;
  const over = requests.filter(({ transactionId, createdAt }) =>
    transactionId === undefined ? Date.parse(createdAt) < latest : !there.has(transactionId),
  );
  for (const { pk } of over) await forgetRequest(kept, pk);
  return over.length > 0;
}
