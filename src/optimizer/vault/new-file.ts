import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { OssError } from '../../contract/errors.ts';

const MAX_NAMES = 1000;

/**
 * Writes a file under a name that is free: `report.pdf`, then `report-2.pdf`. Never over a file.
 * @returns its path
 * @throws OssError OSS_FILE_EXISTS, OSS_FILE_WRITE_FAILED
 */
export async function writeNewFile(base: string, extension: string, bytes: Uint8Array): Promise<string> {
  for (let n = 1; n <= MAX_NAMES; n++) {
    const path = `${base}${n === 1 ? '' : `-${n}`}${extension}`;
    try {
      const file = await open(path, 'wx', 0o644);
      await file.writeFile(bytes).finally(() => file.close());
      return path;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw new OssError('OSS_FILE_WRITE_FAILED', { folder: dirname(base) }, { cause });
    }
  }
  throw new OssError('OSS_FILE_EXISTS', { folder: dirname(base) });
}
