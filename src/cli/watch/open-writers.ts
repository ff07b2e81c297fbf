import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';

const WRITE_ONLY = 1;
const READ_WRITE = 2;

/**
 * Files, as `device inode`, that a process of this machine has open for writing, as far as this one may see it. Linux
 * tells in /proc; elsewhere, and for a share, nothing is known, and a file counts as written when it stops changing.
 */
export async function filesBeingWritten(): Promise<ReadonlySet<string>> {
  const written = new Set<string>();
  if (process.platform !== 'linux') return written;
  const processes = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const pid of processes) {
    const folder = join('/proc', pid, 'fd');
    for (const fd of await readdir(folder).catch(() => [])) {
      const file = await writtenBy(pid, join(folder, fd), fd).catch(() => undefined);
      if (file !== undefined) written.add(file);
    }
  }
  return written;
}

async function writtenBy(pid: string, path: string, fd: string): Promise<string | undefined> {
  if (!(await readlink(path)).startsWith('/')) return undefined;
  const flags = /^flags:\s*([0-7]+)/m.exec(await readFile(join('/proc', pid, 'fdinfo', fd), 'utf8'))?.[1];
  const mode = Number.parseInt(flags ?? '0', 8) & (WRITE_ONLY | READ_WRITE);
  if (mode === 0) return undefined;
  const { dev, ino } = await stat(path, { bigint: true });
  return `${dev} ${ino}`;
}
