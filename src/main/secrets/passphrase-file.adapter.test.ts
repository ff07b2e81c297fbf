import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openPassphraseFile } from './passphrase-file.adapter.ts';
import { SECRET_NAMES } from './port.ts';

describe('secrets in a passphrase file', () => {
  let path: string;
  beforeEach(async () => {
    path = join(await mkdtemp(join(tmpdir(), 'secrets-')), 'secrets.json');
  });

  it('are there again at the next start, and nowhere in the file as text', async () => {
    await (await openPassphraseFile(path, 'correct horse')).write('officer-pin', '20417');
    const reopened = await openPassphraseFile(path, 'correct horse');
    expect(await reopened.read('officer-pin')).toBe('20417');
    expect(await reopened.read('officer-password')).toBeUndefined();
    expect(await readFile(path, 'utf8')).not.toContain('20417');
  });

  it('are refused to a wrong passphrase', async () => {
    await (await openPassphraseFile(path, 'correct horse')).write('officer-pin', '20417');
    await expect(openPassphraseFile(path, 'battery staple')).rejects.toMatchObject({
      code: 'OSS_CREDENTIALS_INVALID',
    });
  });

  it('are refused when a byte of the file was changed', async () => {
    await (await openPassphraseFile(path, 'correct horse')).write('officer-pin', '20417');
    const file = JSON.parse(await readFile(path, 'utf8'));
    const sealed = Buffer.from(file.secrets, 'base64');
    sealed.writeUInt8(sealed.readUInt8(0) ^ 1, 0);
    await writeFile(path, JSON.stringify({ ...file, secrets: sealed.toString('base64') }));
    await expect(openPassphraseFile(path, 'correct horse')).rejects.toMatchObject({
      code: 'OSS_CREDENTIALS_INVALID',
    });
  });

  it('are all there when several are written at the same time', async () => {
    const store = await openPassphraseFile(path, 'correct horse');
    await Promise.all(SECRET_NAMES.map((name) => store.write(name, `secret of ${name}`)));
    const reopened = await openPassphraseFile(path, 'correct horse');
    for (const name of SECRET_NAMES) expect(await reopened.read(name)).toBe(`secret of ${name}`);
  });

  it('are gone once removed', async () => {
    const store = await openPassphraseFile(path, 'correct horse');
    await store.write('officer-pin', '20417');
    await store.remove('officer-pin');
    expect(await (await openPassphraseFile(path, 'correct horse')).read('officer-pin')).toBeUndefined();
  });
});
