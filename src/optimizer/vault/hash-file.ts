import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { OssError } from '../../contract/errors.ts';

/** SHA-256 of a whole file, hexadecimal. @throws OssError OSS_FILE_NOT_FOUND, OSS_CANCELLED */
export async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const reading = createReadStream(path, { highWaterMark: 1024 * 1024 });
  await pipeline(reading, hash, signal ? { signal } : {}).catch((cause: unknown) => {
    throw new OssError(signal?.aborted ? 'OSS_CANCELLED' : 'OSS_FILE_NOT_FOUND', {}, { cause });
  });
  return hash.digest('hex');
}
