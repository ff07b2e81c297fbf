import { appendFile, mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SecretName, SecretStore } from '../secrets/port.ts';
import { AuditList } from './audit-list.ts';

describe('the audit list', () => {
  let path: string;
  let secrets: Map<SecretName, string>;
  let isLocked: boolean;
  const opened = () =>
    new AuditList({ path, account: 'clerk7', secrets: async () => (isLocked ? undefined : store), now });
  const now = () => new Date('2026-06-01T09:00:00Z');
  const store: SecretStore = {
    keptIn: 'keychain',
    read: async (name) => secrets.get(name),
    write: async (name, secret) => void secrets.set(name, secret),
    remove: async (name) => void secrets.delete(name),
  };
  const lines = async () => (await readFile(path, 'utf8')).split('\n').slice(0, -1);
  const put = (kept: readonly string[]) => writeFile(path, kept.map((line) => `${line}\n`).join(''));
  const chain = async () => (await opened().read()).chain;

  beforeEach(async () => {
    path = join(await mkdtemp(join(tmpdir(), 'audit-')), 'audit.jsonl');
    secrets = new Map();
    isLocked = false;
    const list = opened();
    await list.append({ role: 'admin', action: 'signedIn' });
    await list.append(
      { role: 'admin', action: 'settingChanged', subject: 'organisation', before: 'Bank', after: 'Caixa' },
      { role: 'admin', action: 'secretStored', subject: 'officer-pin' },
    );
    await opened().append({ role: 'station', action: 'recordsRemoved', after: '3' });
  });

  it('says who changed what and when, from old to new, and is whole', async () => {
    const { entries, chain: found } = await opened().read();
    expect(found).toEqual({ outcome: 'intact', entries: 4 });
    expect(entries.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    expect(entries[1]).toMatchObject({
      at: '2026-06-01T09:00:00.000Z',
      role: 'admin',
      account: 'clerk7',
      action: 'settingChanged',
      subject: 'organisation',
      before: 'Bank',
      after: 'Caixa',
    });
    expect((await stat(path)).mode & 0o077).toBe(0);
  });

  it.each([
    ['a changed value', (all: string[]) => all.map((line) => line.replace('Caixa', 'Other')), 2],
    ['a removed line', (all: string[]) => all.filter((_, index) => index !== 1), 2],
    ['lines in another order', ([a = '', b = '', c = '', d = '']: string[]) => [a, c, b, d], 2],
    ['a first line that is gone', (all: string[]) => all.slice(1), 1],
    ['a line of garbage', (all: string[]) => [...all.slice(0, 2), '{"sequence":3}', ...all.slice(3)], 3],
    ['a key that was added', (all: string[]) => all.map((line) => line.replace('"role"', '"x":1,"role"')), 1],
  ])('notices %s', async (_what, change, brokenAt) => {
    await put(change(await lines()));
    expect(await chain()).toMatchObject({ outcome: 'broken', brokenAt });
  });

  it('notices that its end was cut off, which a chain alone cannot', async () => {
    await put((await lines()).slice(0, 2));
    expect(await chain()).toEqual({ outcome: 'truncated', entries: 2 });
  });

  it('notices a list that was rewritten, with a chain that holds', async () => {
    await writeFile(path, '');
    isLocked = true;
    const forged = opened();
    for (let entry = 0; entry < 4; entry += 1) await forged.append({ role: 'admin', action: 'signedIn' });
    expect(await chain()).toMatchObject({ outcome: 'intact' });
    isLocked = false;
    expect(await chain()).toMatchObject({ outcome: 'truncated' });
  });

  it('goes on while secrets are locked, and after a line that a crash tore', async () => {
    isLocked = true;
    await opened().append({ role: 'clerk', action: 'settingChanged', subject: 'language' });
    isLocked = false;
    expect(await chain()).toEqual({ outcome: 'intact', entries: 5 });
    await appendFile(path, '{"sequence":6,"at');
    expect(await chain()).toEqual({ outcome: 'intact', entries: 5 });
    await opened().append({ role: 'admin', action: 'signedIn' });
    expect(await chain()).toEqual({ outcome: 'intact', entries: 6 });
  });

  it('keeps the order of entries that come at once', async () => {
    const list = opened();
    await Promise.all(Array.from({ length: 20 }, () => list.append({ role: 'admin', action: 'signedIn' })));
    expect(await chain()).toEqual({ outcome: 'intact', entries: 24 });
  });
});
