import type { Clock } from '../../base/clock.ts';
import type { RequestState } from '../../contract/model/request-state.ts';
import type { Store } from '../store/store.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Erased in one go, so that calls have their turn. */
const AT_ONCE = 100;

/** One that is signing ends by itself first. */
const UNSIGNED: readonly RequestState[] = ['approved', 'otpSent', 'cancelled', 'expired'];

export interface RequestRetention {
  /** Days that a request is kept that was not signed, from the end of its time on. */
  readonly unsignedDays: number;
  /** The same of one that was signed. */
  readonly signedDays: number;
}

/**
 * Erases who a request was for (identity, pictures, contract, codes, signature) when it has been kept long enough; that there was
 * one stays in the log of events, which names nobody, and in the transparency log, where its entries say nothing any
 * more.
 * @returns to be called again and again: it does a part of the work, and nothing until a day after the last of it
 */
export function overdueRequests(
  store: Store,
  clock: Clock,
  { unsignedDays, signedDays }: RequestRetention,
): () => Promise<void> {
  let nextAt = Number.NEGATIVE_INFINITY;
  const erase = async (states: readonly RequestState[], before: number): Promise<number> => {
    const ids = await store.requests.endedBefore(states, before, AT_ONCE);
    for (const id of ids) {
      await store.transaction(async ({ requests, idPictures, log, events }) => {
        // Another process may have been faster.
        if (!(await requests.erase(id))) return;
        await idPictures.erase(id);
        await log.erase(id);
        await events.append(id, 'request.erased');
      });
    }
    return ids.length;
  };
  return async () => {
    const now = clock().getTime();
    // A clock that was set back is no reason to wait longer than a day.
    if (now < nextAt && nextAt - now <= DAY_MS) return;
    const unsigned = await erase(UNSIGNED, now - unsignedDays * DAY_MS);
    const signed = await erase(['signed'], now - signedDays * DAY_MS);
    if (unsigned < AT_ONCE && signed < AT_ONCE) nextAt = now + DAY_MS;
  };
}
