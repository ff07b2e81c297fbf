import { mkdtempSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ByteSource, memorySource, openPdf, planSignatureUpdate, writePrepared } from '../index.ts';
import { corpus } from '../signing.fixture.ts';

const MEGABYTE = 1024 * 1024;

/** A document of several blocks: a comment before the last revision makes any PDF as large as one likes. */
const large = (): Buffer => {
  const original = corpus('reportlab.pdf');
  const at = original.lastIndexOf('startxref');
  return Buffer.concat([
    original.subarray(0, at),
    Buffer.alloc(5 * MEGABYTE, '%ab\n'),
    original.subarray(at),
  ]);
};

describe('writing the prepared file', () => {
  let folder: string;
  let target: FileHandle;
  const source = memorySource(large());
  const plan = async (from: ByteSource = source) =>
    planSignatureUpdate(await openPdf(from), { claimedSigningTime: new Date(0), contentsCapacity: 1000 });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pdf-write-'));
    target = await open(join(folder, 'out.pdf'), 'w+');
  });
  afterEach(async () => {
    await target.close();
    rmSync(folder, { recursive: true });
  });

  it('reports the bytes written, in growing steps up to the whole', async () => {
    const update = await plan();
    const steps: number[] = [];
    await writePrepared(source, update, target, { onProgress: (bytes) => steps.push(bytes) });
    expect(steps.length).toBeGreaterThan(3);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(steps.at(-1)).toBe(update.totalSize);
    expect((await target.stat()).size).toBe(update.totalSize);
  });

  it('stops when it is cancelled', async () => {
    const abort = new AbortController();
    const writing = writePrepared(source, await plan(), target, {
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    await expect(writing).rejects.toMatchObject({ code: 'OSS_CANCELLED' });
    expect((await target.stat()).size).toBeLessThan(source.size);
  });

  it('notices an original of another size', async () => {
    const update = await plan();
    const other = memorySource(Buffer.alloc(source.size - 1));
    await expect(writePrepared(other, update, target)).rejects.toMatchObject({ code: 'OSS_FILE_CHANGED' });
  });

  it('says so when the file cannot be written', async () => {
    const readOnly = await open(join(folder, 'out.pdf'), 'r');
    await expect(writePrepared(source, await plan(), readOnly)).rejects.toMatchObject({
      code: 'OSS_FILE_WRITE_FAILED',
    });
    await readOnly.close();
  });
});
