import { readFileSync } from 'node:fs';
import { OssError } from '../../contract/errors.ts';

/** The text of a file that holds one secret. @throws OssError OSS_CONFIG_INVALID */
export function readSecretFile(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new OssError('OSS_CONFIG_INVALID', { reason: `${path}: cannot be read` }, { cause });
  }
}
