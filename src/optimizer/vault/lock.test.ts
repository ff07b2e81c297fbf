import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDirectory } from './lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the lock of a data directory', () => {
  it('lets one Optimizer own it at a time, and says which directory and since when', async () => {
    const lock = await lockDirectory(folder);
    await expect(lockDirectory(folder)).rejects.toMatchObject({
      code: 'OSS_DATA_IN_USE',
      message: expect.stringMatching(new RegExp(`${folder}.*process ${process.pid}, since 20`)),
    });
    await lock.release();
    await (await lockDirectory(folder)).release();
  });

  it.each([
    ['a process number that another program has by now', String(process.pid)],
    ['the same process number, as in a container that was started again', `{"pid":${process.pid}}`],
    ['a note that was cut off', '{"pid":'],
  ])('does not go by %s', async (_name, note) => {
    await writeFile(join(folder, 'optimizer.lock'), note);
    await (await lockDirectory(folder)).release();
  });

  it('names the folder that cannot be made, and why', async () => {
    await writeFile(join(folder, 'file'), '');
    const path = join(folder, 'file', 'data');
    await expect(lockDirectory(path)).rejects.toMatchObject({
      code: 'OSS_FOLDER_UNUSABLE',
      details: { folder: path, reason: expect.stringContaining('not a folder') },
    });
  });
});
