import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GateView } from '../../contract/ipc/admin/gate.ts';
import { SecretKeeper } from '../secrets/secret-keeper.ts';
import { AdminSession, type GateEvent, IDLE_MS, WARNING_SECONDS } from './admin-session.ts';

const PASSWORD = 'correct horse battery';
/** Quick: how much work a guess is does not matter here. */
const COST = { N: 2 ** 10, r: 8, p: 1 };
const PASSPHRASE = 'el tren sale a las ocho';

describe('the area of the administrator, on a computer without keychain', () => {
  let path: string;
  let now: number;
  let events: GateEvent[];
  let left: GateView[];
  let ending: number[];

  /** A station that has just been started. */
  const started = (): AdminSession =>
    new AdminSession({
      secrets: new SecretKeeper({ keychain: async () => undefined, path, now: () => now, cost: COST }),
      now: () => now,
      cost: COST,
      record: async (event) => void events.push(event),
      onLeft: (view) => left.push(view),
      onEnding: (seconds) => ending.push(seconds),
    });
  /** One whose passphrase was entered. */
  const unlocked = async (): Promise<AdminSession> => {
    const session = started();
    await session.unlock(PASSPHRASE);
    return session;
  };

  beforeEach(async () => {
    path = join(await mkdtemp(join(tmpdir(), 'admin-')), 'secrets.json');
    now = Date.parse('2026-06-01T09:00:00Z');
    [events, left, ending] = [[], [], []];
    const session = started();
    await session.choosePassphrase(PASSPHRASE);
    await session.choosePassword(PASSWORD);
    events = [];
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is closed after a start until the passphrase and the password were entered', async () => {
    const session = started();
    expect(await session.view()).toEqual({ secrets: 'locked', signedIn: false, leftIdle: false });
    await expect(session.signIn(PASSWORD)).rejects.toMatchObject({ code: 'OSS_SECRETS_LOCKED' });
    expect(await session.unlock(PASSPHRASE)).toMatchObject({ secrets: 'open', passwordChosen: true });
    expect(() => session.require()).toThrow(expect.objectContaining({ code: 'OSS_ADMIN_LOCKED' }));
    expect(await session.signIn(PASSWORD)).toMatchObject({ signedIn: true });
    expect(() => session.require()).not.toThrow();
    await session.leave();
    expect(() => session.require()).toThrow();
    expect(events).toEqual([{ action: 'signedIn' }, { action: 'signedOut', after: 'left' }]);
  });

  it('keeps neither the password nor a readable hash of it on the disk', async () => {
    const file = await readFile(path, 'utf8');
    expect(file).not.toContain(PASSWORD);
    expect(file).not.toContain('scrypt');
  });

  it('has its password chosen once, and changed only by who knows it', async () => {
    const session = await unlocked();
    await expect(session.choosePassword('another good password')).rejects.toMatchObject({
      code: 'OSS_FORBIDDEN',
    });
    await expect(session.changePassword(PASSWORD, 'another good password')).rejects.toMatchObject({
      code: 'OSS_ADMIN_LOCKED',
    });
    await session.signIn(PASSWORD);
    await expect(session.changePassword('not the password', 'another good one')).rejects.toMatchObject({
      code: 'OSS_ADMIN_PASSWORD_WRONG',
    });
    await session.changePassword(PASSWORD, 'another good password');
    const restarted = await unlocked();
    await expect(restarted.signIn(PASSWORD)).rejects.toMatchObject({ code: 'OSS_ADMIN_PASSWORD_WRONG' });
    expect(await restarted.signIn('another good password')).toMatchObject({ signedIn: true });
    await restarted.leave();
  });

  it('makes anyone who guesses wait ever longer, also across restarts', async () => {
    const guess = async () => {
      const session = await unlocked();
      return session.signIn('wrong').catch(({ code, details }) => ({ code, ...details }));
    };
    for (let tries = 0; tries < 3; tries += 1)
      expect(await guess()).toEqual({ code: 'OSS_ADMIN_PASSWORD_WRONG' });
    expect(await guess()).toEqual({ code: 'OSS_RATE_LIMITED', seconds: 1 });
    now += 1000;
    expect(await guess()).toEqual({ code: 'OSS_ADMIN_PASSWORD_WRONG' });
    expect(await guess()).toEqual({ code: 'OSS_RATE_LIMITED', seconds: 2 });
    now += 1999;
    const right = await unlocked();
    await expect(right.signIn(PASSWORD)).rejects.toMatchObject({ code: 'OSS_RATE_LIMITED' });
    now += 1;
    expect(await right.signIn(PASSWORD)).toMatchObject({ signedIn: true });
    await right.leave();
    expect(await guess()).toEqual({ code: 'OSS_ADMIN_PASSWORD_WRONG' });
  });

  it('counts guesses that come at once one by one', async () => {
    const session = await unlocked();
    const guesses = await Promise.allSettled(Array.from({ length: 6 }, () => session.signIn('wrong')));
    const codes = guesses.map((guess) => guess.status === 'rejected' && guess.reason.code);
    expect(codes).toEqual([
      ...Array(3).fill('OSS_ADMIN_PASSWORD_WRONG'),
      ...Array(3).fill('OSS_RATE_LIMITED'),
    ]);
  });

  it('refuses a wrong passphrase, and makes it wait too', async () => {
    const session = started();
    for (let tries = 0; tries < 3; tries += 1) {
      await expect(session.unlock('wrong')).rejects.toMatchObject({ code: 'OSS_CREDENTIALS_INVALID' });
    }
    await expect(session.unlock(PASSPHRASE)).rejects.toMatchObject({ code: 'OSS_RATE_LIMITED' });
    now += 1000;
    expect(await session.unlock(PASSPHRASE)).toMatchObject({ secrets: 'open' });
    expect(events).toContainEqual({ action: 'passphraseRefused' });
  });

  it('is left when nobody does anything, after a warning that any act takes back', async () => {
    const session = await unlocked();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await session.signIn(PASSWORD);
    vi.advanceTimersByTime(IDLE_MS - WARNING_SECONDS * 1000);
    expect(ending).toEqual([WARNING_SECONDS]);
    session.touch();
    expect(ending).toEqual([WARNING_SECONDS, 0]);
    vi.advanceTimersByTime(IDLE_MS - 1);
    expect(() => session.require()).not.toThrow();
    vi.advanceTimersByTime(IDLE_MS);
    expect(() => session.require()).toThrow(expect.objectContaining({ code: 'OSS_ADMIN_LOCKED' }));
    vi.useRealTimers();
    await vi.waitFor(() => expect(left).toMatchObject([{ signedIn: false, leftIdle: true }]), {
      timeout: 30_000,
    });
    expect(events).toContainEqual({ action: 'signedOut', after: 'idle' });
  });
});
