import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockDirectory } from './lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('lets one Optimizer own a data directory at a time', async () => {
  const lock = await lockDirectory(folder);
  await expect(lockDirectory(folder)).rejects.toMatchObject({ code: 'OSS_TRANSACTION_BUSY' });
  await lock.release();
  await (await lockDirectory(folder)).release();
});

it('takes over the lock of a process that is gone', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  await writeFile(join(folder, 'optimizer.lock'), String(pid));
  await (await lockDirectory(folder)).release();
});
