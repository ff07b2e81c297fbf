import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secretsOpenToAll } from './open-secrets.ts';

let folder: string;
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secrets-'));
  for (const [name, mode] of [
    ['master', 0o644],
    ['pin', 0o604],
    ['key', 0o640],
    ['smsc', 0o600],
    ['other', 0o644],
  ] as const) {
    await writeFile(at(name), 'x');
    await chmod(at(name), mode);
  }
});
afterAll(() => rm(folder, { recursive: true }));

const config = () => ({
  masterSecret: { from: 'file', path: at('master') },
  keys: { uri: { token: {}, pinFile: at('pin') } },
  api: { tls: { certificateFile: at('other'), keyFile: at('key') } },
  sms: [
    { password: { from: 'file', path: at('smsc') } },
    { password: { from: 'file', path: at('missing') } },
  ],
});

describe('files of secrets', () => {
  it('that every user can read are named, wherever the configuration names them', () => {
    expect(secretsOpenToAll(config(), 'linux')).toEqual([at('master'), at('pin')]);
  });

  it('are not judged by their mode where it says nothing', () => {
    expect(secretsOpenToAll(config(), 'win32')).toEqual([]);
  });
});
