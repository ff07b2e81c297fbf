import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashFile } from './hash-file.ts';

let folder: string;
let path: string;
const bytes = randomBytes(700_000);
const hashOf = (part: Uint8Array) => createHash('sha256').update(part);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hash-'));
  path = join(folder, 'a.pdf');
  await writeFile(path, bytes);
});
afterEach(() => rm(folder, { recursive: true }));

describe('the hash of a file', () => {
  it('covers every byte', async () => {
    expect(await hashFile(path)).toBe(hashOf(bytes).digest('hex'));
  });

  it('goes on from what is known already, which is not read again', async () => {
    const prefix = { bytes: 600_000, hash: hashOf(bytes.subarray(0, 600_000)) };
    await writeFile(path, Buffer.concat([randomBytes(600_000), bytes.subarray(600_000)]));
    const whole = hashOf(bytes).digest('hex');
    expect(await hashFile(path, { prefix })).toBe(whole);
    expect(await hashFile(path, { prefix })).toBe(whole);
  });

  it('is given up when it is cancelled', async () => {
    const hashing = hashFile(path, { signal: AbortSignal.abort() });
    await expect(hashing).rejects.toMatchObject({ code: 'OSS_CANCELLED' });
  });

  it('needs a file', async () => {
    await expect(hashFile(join(folder, 'none.pdf'))).rejects.toMatchObject({ code: 'OSS_FILE_NOT_FOUND' });
  });
});
