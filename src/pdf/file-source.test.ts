import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFileSource, openPdf } from './index.ts';
import { corpus } from './signing.fixture.ts';

const BLOCK = 64 * 1024;

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'source-'));
  path = join(folder, 'a.pdf');
});
afterEach(() => rm(folder, { recursive: true }));

const write = async (size: number): Promise<Buffer> => {
  const bytes = randomBytes(size);
  await writeFile(path, bytes);
  return bytes;
};

describe('a file as a source', () => {
  it.each([0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 5 * BLOCK + 7])(
    'of %i bytes answers what stands there, whatever blocks that touches',
    async (size) => {
      const bytes = await write(size);
      const source = await openFileSource(path);
      expect(source.size).toBe(size);
      const edges = [0, 1, BLOCK - 3, BLOCK, BLOCK + 1, 3 * BLOCK - 1, size - 2, size, size + 5];
      for (const offset of edges.filter((edge) => edge >= 0)) {
        for (const length of [0, 1, 4, 2 * BLOCK, 4 * BLOCK]) {
          const expected = bytes.subarray(offset, offset + length);
          expect(Buffer.compare(await source.read(offset, length), expected)).toBe(0);
          const target = new Uint8Array(expected.length);
          await source.readInto(target, Math.min(offset, size));
          expect(Buffer.compare(target, expected)).toBe(0);
        }
      }
      await source.close();
    },
  );

  it('is one state of a small file: what is parsed is what is hashed', async () => {
    const bytes = await write(10_000);
    const source = await openFileSource(path);
    await truncate(path, 100);
    const target = new Uint8Array(10_000);
    await source.readInto(target, 0);
    expect(Buffer.compare(target, bytes)).toBe(0);
    await expect(source.readInto(target, 1)).rejects.toMatchObject({ code: 'OSS_FILE_CHANGED' });
    await source.close();
  });

  it('says so when a large file became shorter', async () => {
    await write(4 * BLOCK);
    const source = await openFileSource(path);
    await truncate(path, 2 * BLOCK);
    await expect(source.read(3 * BLOCK, 10)).rejects.toMatchObject({ code: 'OSS_FILE_CHANGED' });
    await expect(source.readInto(new Uint8Array(BLOCK), BLOCK + 1)).rejects.toMatchObject({
      code: 'OSS_FILE_CHANGED',
    });
    await source.close();
  });

  it('is a file: neither a folder nor a device', async () => {
    await expect(openFileSource(folder)).rejects.toMatchObject({ code: 'OSS_FILE_NOT_FOUND' });
    await expect(openFileSource('/dev/null')).rejects.toMatchObject({ code: 'OSS_FILE_NOT_FOUND' });
  });

  it('lends its blocks: what a document remembers of an object is no larger than the object', async () => {
    const original = corpus('reportlab.pdf');
    const at = original.lastIndexOf('startxref');
    const padding = Buffer.alloc(3 * BLOCK, '%ab\n');
    await writeFile(path, Buffer.concat([original.subarray(0, at), padding, original.subarray(at)]));
    const source = await openFileSource(path);
    const document = await openPdf(source);
    const catalog = await document.load(document.catalog.reference);
    const kept = catalog?.item.window.bytes.buffer.byteLength ?? BLOCK;
    expect(kept).toBeLessThan(1_000);
    await source.close();
  });
});

describe.skipIf(process.platform === 'win32')('what is no regular file', () => {
  it.each<[string, (at: string) => unknown, string]>([
    ['a link to a file', (at) => symlink(process.execPath, at), 'it is a link'],
    ['a link to nothing', (at) => symlink(join(at, 'nothing'), at), 'it is a link'],
    ['a pipe that nobody writes to', (at) => execFileSync('mkfifo', [at]), 'not a regular file'],
    ['a folder', (at) => mkdir(at), 'not a regular file'],
  ])('%s is refused at once', async (_name, make, reason) => {
    await make(path);
    await expect(openFileSource(path)).rejects.toMatchObject({
      code: 'OSS_FILE_NOT_FOUND',
      details: { reason },
    });
  });

  it('a device and a socket are refused', async () => {
    await expect(openFileSource('/dev/zero')).rejects.toMatchObject({
      details: { reason: 'not a regular file' },
    });
    const server = createServer().listen(path);
    await once(server, 'listening');
    await expect(openFileSource(path)).rejects.toMatchObject({ code: 'OSS_FILE_NOT_FOUND' });
    server.close();
  });
});
