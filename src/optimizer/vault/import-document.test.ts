import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyIntoVault, hashPrefix } from './import-document.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-'));
});
afterEach(() => rm(folder, { recursive: true }));

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('copying a document into the vault', () => {
  it.each([1, 1024 * 1024, 1024 * 1024 + 1, 5 * 1024 * 1024 + 13])(
    'copies and hashes %i bytes in one pass',
    async (size) => {
      const bytes = randomBytes(size);
      await writeFile(join(folder, 'a.pdf'), bytes);
      const seen: number[] = [];
      const copy = await copyIntoVault(join(folder, 'a.pdf'), join(folder, 'copy'), {
        onProgress: (done) => seen.push(done),
      });
      expect((await readFile(join(folder, 'copy'))).equals(bytes)).toBe(true);
      expect(Buffer.from(copy.sha256).toString('hex')).toBe(sha256(bytes));
      expect(seen.at(-1)).toBe(size);
      // The state after the original goes on to the appended update, in this process or after a restart.
      const update = Buffer.from('update');
      const whole = sha256(Buffer.concat([bytes, update]));
      expect(copy.hash.copy().update(update).digest('hex')).toBe(whole);
      expect((await hashPrefix(join(folder, 'copy'), size)).update(update).digest('hex')).toBe(whole);
    },
  );

  it('names what is missing, empty or not a file', async () => {
    await writeFile(join(folder, 'empty.pdf'), '');
    const copy = (name: string) => copyIntoVault(join(folder, name), join(folder, `${name}.copy`));
    await expect(copy('none.pdf')).rejects.toMatchObject({ code: 'OSS_FILE_NOT_FOUND' });
    await expect(copy('empty.pdf')).rejects.toMatchObject({ code: 'OSS_PDF_EMPTY' });
    await expect(copy('.')).rejects.toMatchObject({ code: 'OSS_FILE_NOT_FOUND' });
  });

  it('stops when told to', async () => {
    await writeFile(join(folder, 'a.pdf'), randomBytes(4 * 1024 * 1024));
    const stop = new AbortController();
    const copying = copyIntoVault(join(folder, 'a.pdf'), join(folder, 'copy'), {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(copying).rejects.toMatchObject({ code: 'OSS_CANCELLED' });
  });
});
