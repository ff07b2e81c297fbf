/** The physical limit: one pass that copies and hashes, as fast as this machine can, flushed at the end. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { runJob } from '../job.ts';

const BLOCK = 2 * 1024 * 1024;

await runJob(async ({ inputs, output }) => {
  const start = performance.now();
  let syncMs = 0;
  for (const input of inputs) syncMs += await copyAndHash(input, join(output, basename(input)));
  return { ms: performance.now() - start, syncMs };
});

async function copyAndHash(from: string, to: string): Promise<number> {
  const [source, target] = await Promise.all([open(from, 'r'), open(to, 'w')]);
  const hash = createHash('sha256');
  let [current, spare] = [Buffer.allocUnsafe(BLOCK), Buffer.allocUnsafe(BLOCK)];
  let { bytesRead } = await source.read(current, 0, BLOCK, 0);
  for (let offset = 0; bytesRead > 0; ) {
    const part = current.subarray(0, bytesRead);
    const next = source.read(spare, 0, BLOCK, offset + bytesRead);
    const written = target.write(part, 0, part.length, offset);
    hash.update(part);
    await written;
    offset += part.length;
    ({ bytesRead } = await next);
    [current, spare] = [spare, current];
  }
  hash.digest();
  const start = performance.now();
  await target.datasync();
  const syncMs = performance.now() - start;
  await Promise.all([source.close(), target.close()]);
  return syncMs;
}
