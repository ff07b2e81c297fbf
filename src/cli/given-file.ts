import { readFile, writeFile } from 'node:fs/promises';
import { OssError } from '../contract/errors.ts';
import { JsonFault, parseJsonText } from '../contract/json-text.ts';
import { folderFailure } from '../optimizer/index.ts';
import { reasonOf } from './system-error.ts';

/** A file that a person named. @throws OssError OSS_FILE_NOT_FOUND naming it and, beyond its absence, the reason */
export async function readGiven(path: string): Promise<Buffer> {
  return readFile(path).catch((cause: unknown) => {
    const reason = reasonOf(cause);
    throw new OssError('OSS_FILE_NOT_FOUND', { file: path, ...(reason && { reason }) }, { cause });
  });
}

/** @throws OssError as `readGiven`, and OSS_REQUEST_INVALID with line and column */
export async function readGivenJson(path: string): Promise<unknown> {
  const bytes = await readGiven(path);
  try {
    return parseJsonText(bytes);
  } catch (cause) {
    if (!(cause instanceof JsonFault)) throw cause;
    throw new OssError('OSS_REQUEST_INVALID', { reason: `${path} is not JSON: ${cause.message}` }, { cause });
  }
}

/** @throws OssError OSS_FOLDER_UNUSABLE naming path and reason */
export async function writeGiven(path: string, content: string): Promise<void> {
  await writeFile(path, content).catch((cause: unknown) => {
    throw folderFailure(path, cause);
  });
}
