import { constants } from 'node:fs';
import { copyFile, open, rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { OssError } from '../../contract/errors.ts';

const MAX_NAMES = 1000;

/**
 * Writes a file under a name that is free: `report.pdf`, then `report-2.pdf`. Never over a file.
 * @returns its path
 * @throws OssError OSS_FILE_EXISTS, OSS_FILE_WRITE_FAILED
 */
export const writeNewFile = (base: string, extension: string, bytes: Uint8Array): Promise<string> =>
  writeBlocks(base, extension, async function* whole() {
    yield bytes;
  });

/**
 * The same for what comes in blocks; nothing of it stays where it breaks off.
 * @throws OssError as writeNewFile, and what `blocks` throws
 */
export function writeBlocks(
  base: string,
  extension: string,
  blocks: () => AsyncIterable<Uint8Array>,
): Promise<string> {
  return atFreeName(base, extension, async (path) => {
    const file = await open(path, 'wx');
    try {
      for await (const block of blocks()) await file.writeFile(block);
      await file.close();
    } catch (error) {
      await file.close();
      await rm(path, { force: true });
      throw error;
    }
  });
}

async function atFreeName(
  base: string,
  extension: string,
  write: (path: string) => Promise<void>,
): Promise<string> {
  for (let n = 1; n <= MAX_NAMES; n++) {
    const path = `${base}${n === 1 ? '' : `-${n}`}${extension}`;
    try {
      await write(path);
      return path;
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      // Not of the file system: what was to be written came to no end.
      if (code === undefined || cause instanceof OssError) throw cause;
      if (code === 'EEXIST') continue;
      if (code === 'ENOENT') throw new OssError('OSS_FILE_NOT_FOUND', { file: basename(base) }, { cause });
      throw new OssError('OSS_FILE_WRITE_FAILED', { folder: dirname(base) }, { cause });
    }
  }
  throw new OssError('OSS_FILE_EXISTS', { folder: dirname(base) });
}

/** Copies a file into a folder under its own name, or the next that is free. @throws OssError as writeNewFile */
export async function copyToNewFile(path: string, folder: string): Promise<string> {
  const extension = extname(path);
  const base = join(folder, basename(path, extension));
  return atFreeName(base, extension, (target) => copyFile(path, target, constants.COPYFILE_EXCL));
}
