import type { Clock } from '../../base/clock.ts';
import { NOBODY_HASH, verifySecret } from '../../base/secret-hash.ts';
import { OssError } from '../../contract/errors.ts';
import type { Store } from '../store/store.ts';

/** Failures that cost nothing; from then on each doubles the wait. */
const FREE_FAILURES = 5;
const FIRST_DELAY_MS = 15_000;
const LONGEST_DELAY_MS = 60 * 60_000;

/** How long after that many failures in a row nothing is accepted. */
export const delayAfter = (failures: number): number =>
  failures < FREE_FAILURES ? 0 : Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - FREE_FAILURES));

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
  const queues = new Map<string, Promise<void>>();

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

  return (kind, username, secret, storedHash) => {
    const subject = `${kind}:${username}`;
    const turn = (queues.get(subject) ?? Promise.resolve()).then(() =>
      check(kind, username, secret, storedHash),
    );
    const settled = turn.then(
      () => undefined,
      () => undefined,
    );
    queues.set(subject, settled);
    void settled.then(() => {
      if (queues.get(subject) === settled) queues.delete(subject);
    });
    return turn;
  };
}
