import { type Backoff, backoff } from '../../base/backoff.ts';
import type { Clock } from '../../base/clock.ts';
import { KeyedQueue } from '../../base/keyed-queue.ts';
import { NOBODY_HASH, verifySecret } from '../../base/secret-hash.ts';
import { OssError } from '../../contract/errors.ts';
import type { Store } from '../store/store.ts';

/** Four failures cost nothing; from then on each doubles the time in which nothing is accepted, up to an hour. */
const LOCK_OUT: Backoff = { free: 4, firstMs: 15_000, longestMs: 60 * 60_000 };

/** How long after that many failures in a row nothing is accepted, in milliseconds. */
export const delayAfter = (failures: number): number => backoff(LOCK_OUT, failures);

/** The delays one after another, up to the longest. */
const DELAYS: readonly number[] = Array.from({ length: 13 }, (_, index) => delayAfter(index + 1));

export type CredentialCheck = (
  kind: 'password' | 'pin',
  username: string,
  secret: string,
  storedHash: string | undefined,
) => Promise<void>;

/**
 * Compares passwords and PINs with a lock-out whose delay grows and which survives a restart. An attempt is
 * counted before it is compared, in one statement of the database: many at once get no further than one
 * after another, in however many processes. It is kept by name, whether an officer of that name exists or
 * not, so that it tells nobody which names exist. One comparison per name at a time in a process, so that
 * somebody who calls often with the right secret is not taken for many who guess.
 */
export function credentialCheck(store: Store, clock: Clock): CredentialCheck {
  const queue = new KeyedQueue();

  const check: CredentialCheck = async (kind, username, secret, storedHash) => {
    const subject = `${kind}:${username}`;
    const now = clock().getTime();
    const attempts = await store.officers.countAttempt(subject, now, DELAYS);
    if (attempts === undefined) {
      const wait = (await store.officers.lockedUntil(subject)) - now;
      throw new OssError('OSS_RATE_LIMITED', { retryAfterSeconds: Math.max(1, Math.ceil(wait / 1000)) });
    }
    if (await verifySecret(secret, storedHash ?? NOBODY_HASH)) {
      await store.officers.clearLockout(subject);
      return;
    }
    await store.transaction(({ events }) =>
      events.append('service', 'officer.refused', { kind, officer: username, failures: attempts }),
    );
    throw new OssError('OSS_CREDENTIALS_INVALID');
  };

  return (kind, username, secret, storedHash) =>
    queue.run(`${kind}:${username}`, () => check(kind, username, secret, storedHash));
}
