import { type ApiCore, keyOfDocument, keyOfRequest } from './api-core.ts';

type Kept = Pick<ApiCore, 'records' | 'files' | 'accounts'>;

/** Where the credentials of a request rest until it has ended. */
export const officerNameOf = (pk: number): string => `request-${pk}`;

/** Removes every trace of a request: record, files, credentials. */
export async function forgetRequest({ records, files, accounts }: Kept, pk: number): Promise<void> {
  const video = records.requests.get(keyOfRequest(pk))?.video;
  records.requests.remove(keyOfRequest(pk));
  if (video) records.videos.remove(keyOfRequest(video.pk));
  for (const { uid } of records.documents.list(`${pk}/`)) records.documents.remove(keyOfDocument(pk, uid));
  await files.removeRequestFolder(pk);
  await accounts.forget(officerNameOf(pk));
}

/**
 * Requests go with the records of their transactions, when the time for which these are kept is over.
 * @param transactions the ids of those that are still there
 * @param begunBefore when a request that never had one (a video identification that nobody approved) goes
 */
export async function forgetRemoved(
  kept: Kept,
  transactions: () => Promise<readonly string[]>,
  begunBefore?: Date,
): Promise<void> {
  // In this order: a request that comes meanwhile is not among these.
  const requests = kept.records.requests.list();
  const there = new Set(await transactions());
  const latest = begunBefore?.getTime() ?? Number.NEGATIVE_INFINITY;
  for (const { pk, transactionId, createdAt } of requests) {
    const isOver = transactionId === undefined ? Date.parse(createdAt) < latest : !there.has(transactionId);
    if (isOver) await forgetRequest(kept, pk);
  }
}
