import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import { KeyedQueue } from '../../base/keyed-queue.ts';
import type { Store } from '../store/store.ts';
import type { CredentialCheck } from './credential-check.ts';
import type { LoggedInOfficer } from './session.ts';

/** @throws OssError OSS_CREDENTIALS_INVALID, OSS_RATE_LIMITED (details: retryAfterSeconds) */
export type PinCheck = (
  officer: Pick<LoggedInOfficer, 'username' | 'pinHash' | 'session'>,
  pin: string,
) => Promise<void>;

/** Of each log-in one; the oldest makes room, and its PIN is stretched once more. */
const MAX_REMEMBERED = 10_000;

interface PinCheckPorts {
  readonly store: { readonly officers: Pick<Store['officers'], 'lockedUntil'> };
  readonly clock: Clock;
  readonly check: CredentialCheck;
}

/**
 * Compares the PIN of every approval, and stretches it (scrypt) only once for each log-in: afterwards it is compared
 * with a keyed hash of what was proven. That hash is in the memory of this process only, under a key of this process
 * only, and holds for one token and one stored PIN: a new PIN is stretched first. A wrong PIN takes the way with the
 * lock-out, and so does the next right one of that log-in, which ends the count. While the officer is locked out no
 * PIN is taken, proven or not. That they are active is asked when the token is, on every call.
 */
export function pinCheck({ store, clock, check }: PinCheckPorts): PinCheck {
  const key = randomBytes(32);
  const proven = new Map<string, Buffer>();
  const queue = new KeyedQueue();

  const remember = (session: string, proof: Buffer): void => {
    proven.set(session, proof);
    const [oldest] = proven.keys();
    if (proven.size > MAX_REMEMBERED && oldest !== undefined) proven.delete(oldest);
  };

  return async ({ username, pinHash, session }, pin) => {
    const text = JSON.stringify([session, pinHash, pin.normalize('NFKC')]);
    const proof = createHmac('sha256', key).update(text).digest();
    const isTaken = async (): Promise<boolean> => {
      const known = proven.get(session);
      if (known === undefined || !timingSafeEqual(known, proof)) return false;
      return (await store.officers.lockedUntil(`pin:${username}`)) <= clock().getTime();
    };
    if (await isTaken()) return;
    await queue.run(session, async () => {
      // Of many that came at once the first has proven it for all.
      if (await isTaken()) return;
      proven.delete(session);
      await check('pin', username, pin, pinHash);
      remember(session, proof);
    });
  };
}
