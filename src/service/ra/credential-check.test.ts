import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashSecret } from '../../base/secret-hash.ts';
import { OssError } from '../../contract/errors.ts';
import { deriveSecrets } from '../settings/master-secret.ts';
import { openStore, type Store } from '../store/store.ts';
import { credentialCheck, delayAfter } from './credential-check.ts';

const secrets = deriveSecrets(randomBytes(32));
let now = new Date('2026-01-31T10:00:00Z');
const clock = () => now;
const later = (seconds: number): void => {
  now = new Date(now.getTime() + seconds * 1000);
};

let folder: string;
let store: Store;
const open = () =>
  openStore(
    { type: 'sqlite', path: join(folder, 'service.db'), keyHex: secrets.databaseKey },
    { clock, box: secrets.box, onConnectionLost: () => undefined },
  );
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'credentials-'));
  store = await open();
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const outcome = (attempt: Promise<void>): Promise<string> =>
  attempt.then(
    () => 'accepted',
    (error: unknown) => (error instanceof OssError ? error.code : String(error)),
  );

describe('the lock-out of an officer', () => {
  it('begins with the fifth failure, doubles, and survives a restart', async () => {
    const hash = await hashSecret('right');
    const attempt = (secret: string) =>
      outcome(credentialCheck(store, clock)('password', 'officer', secret, hash));
    for (let i = 0; i < 5; i++) expect(await attempt('wrong')).toBe('OSS_CREDENTIALS_INVALID');
    expect(await attempt('right')).toBe('OSS_RATE_LIMITED');
    await store.close();
    store = await open();
    expect(await attempt('right')).toBe('OSS_RATE_LIMITED');
    later(16);
    expect(await attempt('wrong')).toBe('OSS_CREDENTIALS_INVALID');
    later(16);
    expect(await attempt('right')).toBe('OSS_RATE_LIMITED');
    later(15);
    expect(await attempt('right')).toBe('accepted');
    expect(await attempt('wrong')).toBe('OSS_CREDENTIALS_INVALID');
    expect(await attempt('right')).toBe('accepted');
  });

  it('stops many who guess at once after the same five', async () => {
    const hash = await hashSecret('right');
    const check = credentialCheck(store, clock);
    const guesses = await Promise.all(
      Array.from({ length: 12 }, () => outcome(check('pin', 'officer', 'wrong', hash))),
    );
    expect(guesses.filter((result) => result === 'OSS_CREDENTIALS_INVALID')).toHaveLength(5);
    expect(guesses.filter((result) => result === 'OSS_RATE_LIMITED')).toHaveLength(7);
  });

  it('holds for names that do not exist too, so that it tells nothing', async () => {
    const check = credentialCheck(store, clock);
    for (let i = 0; i < 5; i++)
      expect(await outcome(check('password', 'nobody', 'x', undefined))).toBe('OSS_CREDENTIALS_INVALID');
    expect(await outcome(check('password', 'nobody', 'x', undefined))).toBe('OSS_RATE_LIMITED');
    expect((await store.events.read('service')).map(({ type }) => type)).toContain('officer.refused');
  });

  it('grows to an hour and no further', () => {
    expect([4, 5, 6, 7, 13, 50].map(delayAfter)).toEqual([0, 15_000, 30_000, 60_000, 3_600_000, 3_600_000]);
  });
});
