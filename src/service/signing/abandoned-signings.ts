import type { Clock } from '../../base/clock.ts';
import type { Signing } from '../store/signing-repository.ts';
import type { Store } from '../store/store.ts';

/**
 * Closes an attempt that will not end by itself: its key is gone, nothing of it was answered. The request
 * takes a new code; the plan of the certificate stays in the record (EN 319 401 REQ-7.10).
 */
export const interruptSigning = (
  store: Store,
  signing: Pick<Signing, 'id' | 'requestId'>,
  now: number,
  reason: string,
): Promise<void> =>
  store.transaction(async ({ signings, requests, events }) => {
    if (!(await signings.finish(signing.id, 'interrupted', null, now))) return;
    await requests.move(signing.requestId, ['signing'], 'approved');
    await events.append(signing.requestId, 'signing.interrupted', { signing: signing.id, reason });
  });

/** Closes what killed processes left behind. A living one keeps its work until its lease ends. */
export async function interruptAbandoned(store: Store, clock: Clock): Promise<void> {
  const now = clock().getTime();
  for (const signing of await store.signings.abandoned(now)) {
    await interruptSigning(store, signing, now, 'the process that signed has ended');
  }
}
