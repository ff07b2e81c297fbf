import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientOf, ownerOf } from './api-keys.ts';
import { addApiKey, applicationsIn, readApiClients, revokeApiKey, rotateApiKey } from './key-file.ts';

let directory: string;
let path: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'key-file-'));
  path = join(directory, 'api-keys.jsonl');
});
afterEach(() => rm(directory, { recursive: true }));

const ownerWith = async (key: string): Promise<string | undefined> => {
  const client = clientOf(await readApiClients(path), key);
  return client && ownerOf(client);
};

describe('the keys of applications', () => {
  it('are kept as hashes, readable by this user only', async () => {
    const key = await addApiKey(path, { name: 'bank' });
    expect(await readFile(path, 'utf8')).not.toContain(key);
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o077).toBe(0);
  });

  it('are one for each application: a second is refused, a new one replaces it and keeps what it owns', async () => {
    const key = await addApiKey(path, { name: 'bank' });
    const owner = await ownerWith(key);
    await expect(addApiKey(path, { name: 'bank' })).rejects.toMatchObject({ code: 'OSS_CONFIG_INVALID' });
    const next = await rotateApiKey(path, 'bank');
    expect([await ownerWith(key), await ownerWith(next)]).toEqual([undefined, owner]);
  });

  it('open nothing once they are revoked; an application of the same name owns nothing of the former one', async () => {
    const [key, other] = [await addApiKey(path, { name: 'bank' }), await addApiKey(path, { name: 'other' })];
    const owner = await ownerWith(key);
    await revokeApiKey(path, 'bank', new Date());
    expect(await ownerWith(key)).toBeUndefined();
    expect(await ownerWith(other)).toBeDefined();
    const successor = await ownerWith(await addApiKey(path, { name: 'bank' }));
    expect(successor).toBeDefined();
    expect(successor).not.toBe(owner);
  });

  it('come back for the same things, where a revoked application gets a new one', async () => {
    const key = await addApiKey(path, { name: 'bank' });
    const owner = await ownerWith(key);
    await revokeApiKey(path, 'bank', new Date());
    await expect(readApiClients(path)).rejects.toMatchObject({ code: 'OSS_CONFIG_INVALID' });
    expect(await ownerWith(await rotateApiKey(path, 'bank'))).toBe(owner);
  });

  it('of an earlier version own by name: two lines of one name are one application, also after a new key', async () => {
    const line = (digit: string) => `${JSON.stringify({ name: 'bank', sha256: digit.repeat(64) })}\n`;
    await writeFile(path, line('a'));
    await appendFile(path, line('b'));
    const owners = (await readApiClients(path)).map(ownerOf);
    expect(new Set(owners).size).toBe(1);
    expect(await ownerWith(await rotateApiKey(path, 'bank'))).toBe(owners[0]);
    expect(await readApiClients(path)).toHaveLength(1);
  });

  it('are read again when the file has changed', async () => {
    const key = await addApiKey(path, { name: 'bank' });
    const applications = applicationsIn(path);
    const first = await applications();
    expect(await applications()).toBe(first);
    await revokeApiKey(path, 'bank', new Date());
    expect(clientOf(await applications(), key)).toBeUndefined();
  });

  it.each(['rotate', 'revoke'] as const)('of nobody: %s is refused', async (act) => {
    await addApiKey(path, { name: 'bank' });
    const done = act === 'rotate' ? rotateApiKey(path, 'x') : revokeApiKey(path, 'x', new Date());
    await expect(done).rejects.toMatchObject({ code: 'OSS_CONFIG_INVALID' });
  });
});
