import { randomUUID } from 'node:crypto';
import { type FileHandle, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Suffix of a file that is still being written; a crash may leave one behind. */
export const PARTIAL_SUFFIX = '.partial';

/**
 * Writes a file whole or not at all, readable by its owner only: temporary name, fsync, rename, fsync of the
 * directory. Two writers of one path do not disturb each other: the last one wins.
 * @throws the system's error; the temporary file is removed
 */
export async function writeFileDurably(path: string, content: string | Uint8Array): Promise<void> {
  const partial = `${path}.${randomUUID()}${PARTIAL_SUFFIX}`;
  try {
    await writeAndFlush(partial, content);
    await renameDurably(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/**
 * Removes what a killed process left half written in a folder that nobody else writes into.
 * @throws the system's error; nothing where there is no such folder
 */
export async function removePartials(directory: string): Promise<void> {
  for (const name of await listIfPresent(directory)) {
    if (name.endsWith(PARTIAL_SUFFIX)) await rm(join(directory, name), { force: true });
  }
}

/** Gives a flushed file its final name, and makes that name survive a power cut. @throws the system's error */
export async function renameDurably(from: string, to: string): Promise<void> {
  await rename(from, to);
  await syncDirectory(dirname(to));
}

/** Flushes the names in a directory. @throws the system's error */
export async function syncDirectory(path: string): Promise<void> {
  // Windows cannot open directories; its rename is journalled by the file system.
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync().catch(ignoreUnsupported);
  } finally {
    await directory.close();
  }
}

/** Undefined if there is no such file. */
export const readIfPresent = (path: string): Promise<Buffer | undefined> =>
  ifPresent(readFile(path), undefined);

/** Undefined if there is no such file. */
export const readTextIfPresent = (path: string): Promise<string | undefined> =>
  ifPresent(readFile(path, 'utf8'), undefined);

/** Empty if there is no such directory. */
export const listIfPresent = (path: string): Promise<string[]> => ifPresent(readdir(path), []);

/** The result of a file operation, or `substitute` if what it names does not exist. */
export async function ifPresent<T, U>(operation: Promise<T>, substitute: U): Promise<T | U> {
  try {
    return await operation;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return substitute;
    throw error;
  }
}

async function writeAndFlush(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Writes all of the bytes at a position. A disk that fills up takes a part of them and says so only by a number.
 * @throws the system's error, ENOSPC where nothing more is taken
 */
export async function writeWhole(
  file: Pick<FileHandle, 'write'>,
  bytes: Uint8Array,
  position: number,
): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    if (bytesWritten === 0) throw Object.assign(new Error('the disk takes no more'), { code: 'ENOSPC' });
    done += bytesWritten;
  }
}

/** Some network file systems cannot flush a directory; a failing disk is not excused. */
function ignoreUnsupported(error: NodeJS.ErrnoException): void {
  if (!['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EPERM'].includes(error.code ?? '')) throw error;
}
