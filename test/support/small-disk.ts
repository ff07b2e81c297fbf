import { execFileSync } from 'node:child_process';
import { mkdir, open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';

/** A disk of its own that a test can fill. */
export interface SmallDisk {
  readonly path: string;
  /** Takes all of the space that is left but so many bytes. */
  fill(left?: number): Promise<void>;
  free(): Promise<void>;
  unmount(): void;
}

/** Undefined where this user cannot mount one. */
export async function mountSmallDisk(path: string, megabytes: number): Promise<SmallDisk | undefined> {
  await mkdir(path);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path], { stdio: 'pipe' });
  } catch {
    return undefined;
  }
  const filler = join(path, 'filler');
  return {
    path,
    async fill(left = 0) {
      const { bavail, bsize } = await statfs(path);
      const file = await open(filler, 'w');
      await file.writeFile(Buffer.alloc(bavail * bsize)).catch(() => undefined);
      if (left > 0) await file.truncate((await file.stat()).size - left);
      await file.close();
    },
    free: () => rm(filler, { force: true }),
    unmount: () => execFileSync('umount', ['-l', path]),
  };
}
