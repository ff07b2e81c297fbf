import { type FileHandle, mkdir, open, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { OssError } from '../../contract/errors.ts';

const REASONS: Readonly<Record<string, string>> = Object.freeze({
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOENT: 'it does not exist',
  ENOTDIR: 'a part of the path is not a folder',
  EEXIST: 'a file has that name',
  ENAMETOOLONG: 'the name is too long',
  SQLITE_CANTOPEN: 'its lock cannot be opened',
  SQLITE_READONLY: 'its lock cannot be written',
  SQLITE_IOERR: 'its file system knows no locks',
  EIO: 'the disk or the share reports an error',
});

/** Why a folder cannot be used: its path, and the reason in words. */
export function folderFailure(folder: string, cause: unknown): OssError {
  return new OssError('OSS_FOLDER_UNUSABLE', { reason: folderReason(folder, cause), folder }, { cause });
}

export function folderReason(folder: string, cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  return `${folder}: ${code === undefined ? message : (REASONS[code] ?? code)}`;
}

/** One name, so that a probe that a killed process left is removed with the next one. */
const PROBE = '.oneshot.probe';
/** Two programs may probe one folder at the same moment. */
const PROBE_TRIES = 5;

/**
 * Makes a folder where there is none and writes a file into it that is removed again: whatever permissions, shares and
 * mounts say, only that proves that files can be put there.
 * @throws OssError OSS_FOLDER_UNUSABLE naming path and reason
 */
export async function assertWritableFolder(path: string): Promise<void> {
  const folder = resolve(path);
  await probe(folder).catch((cause: unknown) => {
    throw folderFailure(folder, cause);
  });
}

async function probe(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    if (!(await stat(folder)).isDirectory()) throw Object.assign(new Error(), { code: 'EEXIST' });
    const file = await newProbe(join(folder, PROBE));
    try {
      await file.write('.', 0);
      await file.datasync();
    } finally {
      await file.close();
    }
  } finally {
    await rm(join(folder, PROBE), { force: true }).catch(() => undefined);
  }
}

/** Always a new file: what lies there under that name, perhaps a second name of another file, is not written to. */
async function newProbe(path: string): Promise<FileHandle> {
  for (let left = PROBE_TRIES; ; left -= 1) {
    await rm(path, { force: true });
    try {
      return await open(path, 'wx', 0o600);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST' || left === 1) throw cause;
    }
  }
}
