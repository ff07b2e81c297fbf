import type { Clock } from '../../base/clock.ts';
import { OssError } from '../../contract/errors.ts';
import type { Officer } from '../store/officer-repository.ts';
import type { RequestRecord } from '../store/request-repository.ts';
import type { Store } from '../store/store.ts';

/** States in which a request that nobody finishes expires; `signing` ends by itself. */
const EXPIRING = ['approved', 'otpSent'] as const;

/** Finds a request on behalf of an officer, with its state as the clock has it. */
export type RequestAccess = (id: string, officer: Officer) => Promise<RequestRecord>;

/**
 * A request of another registration authority does not exist for this officer. A request past its time
 * (EN 319 411-1 SIG-6.3.1-14: the session ends) expires when it is next looked at.
 */
export const requestAccess =
  (store: Store, clock: Clock): RequestAccess =>
  async (id, officer) => {
    const request = await store.requests.find(id);
    if (request === undefined || !officer.registrationAuthorities.includes(request.registrationAuthority)) {
      throw new OssError('OSS_REQUEST_NOT_FOUND');
    }
    const overdue = request.expiresAt <= clock().getTime() && EXPIRING.some((s) => s === request.state);
    if (!overdue) return request;
    await store.transaction(async ({ requests, challenges, events }) => {
      if (!(await requests.move(id, EXPIRING, 'expired'))) return;
      await challenges.end(id);
      await events.append(id, 'request.expired');
    });
    return (await store.requests.find(id)) ?? request;
  };
