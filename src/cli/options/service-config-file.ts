import { readFile } from 'node:fs/promises';
import { OssError } from '../../contract/errors.ts';

/** The configuration of the service as it stands in the file. @throws OssError OSS_FILE_NOT_FOUND, OSS_CONFIG_INVALID */
export async function readServiceConfig(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new OssError('OSS_FILE_NOT_FOUND', { file }, { cause });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new OssError('OSS_CONFIG_INVALID', { reason: `${file} is not JSON` }, { cause });
  }
}
