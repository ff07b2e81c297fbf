import { OssError, toOssError } from '../../contract/errors.ts';
import { readGivenJson } from '../given-file.ts';

/** The configuration of the service as it stands in the file. @throws OssError OSS_FILE_NOT_FOUND, OSS_CONFIG_INVALID */
export async function readServiceConfig(file: string): Promise<unknown> {
  try {
    return await readGivenJson(file);
  } catch (cause) {
    const error = toOssError(cause);
    throw error.code === 'OSS_REQUEST_INVALID'
      ? new OssError('OSS_CONFIG_INVALID', error.details, { cause })
      : error;
  }
}
