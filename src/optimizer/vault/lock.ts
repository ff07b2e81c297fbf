import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OssError } from '../../contract/errors.ts';

/** Held while one Optimizer owns a data directory; a second one would race it for the same journals. */
export interface DirectoryLock {
  release(): Promise<void>;
}

/**
 * Takes the lock of a data directory. A lock whose process is gone (killed, power cut) is taken over.
 * @throws OssError OSS_TRANSACTION_BUSY while a living process holds it
 */
export async function lockDirectory(dataDirectory: string): Promise<DirectoryLock> {
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
  const path = join(dataDirectory, 'optimizer.lock');
  // Linked into place with its content, so that nobody ever sees a lock without an owner.
  const mine = `${path}.${process.pid}`;
  await writeFile(mine, String(process.pid), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      if (await takeLock(mine, path)) return { release: () => rm(path, { force: true }) };
      const holder = Number(await readFile(path, 'utf8').catch(() => ''));
      if (isAlive(holder)) throw new OssError('OSS_TRANSACTION_BUSY', { reason: `process ${holder}` });
      await rm(path, { force: true });
    }
    throw new OssError('OSS_TRANSACTION_BUSY');
  } finally {
    await rm(mine, { force: true });
  }
}

async function takeLock(mine: string, path: string): Promise<boolean> {
  try {
    await link(mine, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
