import { readFile, stat } from 'node:fs/promises';
import { OssError } from '../../contract/errors.ts';

/** The bytes of a file that a person chose; one that is larger is not read. @throws OssError OSS_FILE_NOT_FOUND, OSS_PAYLOAD_TOO_LARGE */
export async function readChosen(path: string, maxBytes: number): Promise<Buffer> {
  const fail = (cause: unknown): never => {
    throw new OssError('OSS_FILE_NOT_FOUND', {}, { cause });
  };
  const { size } = await stat(path).catch(fail);
  if (size > maxBytes) throw new OssError('OSS_PAYLOAD_TOO_LARGE', { maxBytes });
  return readFile(path).catch(fail);
}
