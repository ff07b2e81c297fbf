import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendUpdate, copyHashed, memorySource, openPdf, planSignatureUpdate } from '../index.ts';
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

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('copying a document and appending an update', () => {
  let folder: string;
  let target: FileHandle;
  const original = large();
  const source = memorySource(original);
  const plan = async () =>
    planSignatureUpdate(await openPdf(source), { claimedSigningTime: new Date(0), contentsCapacity: 1000 });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pdf-write-'));
    target = await open(join(folder, 'out.pdf'), 'w+');
  });
  afterEach(async () => {
    await target.close();
    rmSync(folder, { recursive: true });
  });

  it('copies every byte and hashes the original once, for its own digest and for that of the ByteRange', async () => {
    const hash = await copyHashed(source, target);
    expect(hash.copy().digest('hex')).toBe(sha256(original));
    const update = await plan();
    const digest = await appendUpdate(target, update, hash);
    const written = readFileSync(join(folder, 'out.pdf'));
    expect(written.subarray(0, original.length).equals(original)).toBe(true);
    const [, end, next] = update.byteRange;
    expect(Buffer.from(digest).toString('hex')).toBe(
      sha256(Buffer.concat([written.subarray(0, end), written.subarray(next)])),
    );
  });

  it('reports the bytes copied, in growing steps up to the whole', async () => {
    const steps: number[] = [];
    await copyHashed(source, target, { onProgress: (bytes) => steps.push(bytes) });
    expect(steps.length).toBeGreaterThan(2);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(steps.at(-1)).toBe(source.size);
  });

  it('stops when it is cancelled', async () => {
    const abort = new AbortController();
    const copying = copyHashed(source, target, { signal: abort.signal, onProgress: () => abort.abort() });
    await expect(copying).rejects.toMatchObject({ code: 'OSS_CANCELLED' });
    expect((await target.stat()).size).toBeLessThan(source.size);
  });

  it('says so when the file cannot be written', async () => {
    const readOnly = await open(join(folder, 'out.pdf'), 'r');
    await expect(copyHashed(source, readOnly)).rejects.toMatchObject({ code: 'OSS_FILE_WRITE_FAILED' });
    await readOnly.close();
  });
});
