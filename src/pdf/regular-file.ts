/** Opens what is a file and nothing else: no link, no pipe, no device, no folder. */
import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { OssError } from '../contract/errors.ts';

/** A pipe without a writer must not block; a link must not lead elsewhere. Windows knows neither flag. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
const KNOWS_LINKS = constants.O_NOFOLLOW !== undefined;

/** How POSIX systems answer to O_NOFOLLOW at a link (EMLINK, EFTYPE: the BSDs). */
const LINK_CODES = ['ELOOP', 'EMLINK', 'EFTYPE'];

const REASONS: Readonly<Record<string, string>> = Object.freeze({
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ENXIO: 'not a regular file', // a socket
});

const notRegular = (reason: string, cause?: unknown): OssError =>
  new OssError('OSS_FILE_NOT_FOUND', { reason }, { cause });

/**
 * What was opened is what is judged, so nobody can put something else in its place in between. Where the system
 * cannot refuse a link while it opens (Windows), the path is looked at before.
 * @throws OssError OSS_FILE_NOT_FOUND with the reason
 */
export async function openRegularFile(path: string): Promise<FileHandle> {
  try {
    if (!KNOWS_LINKS && (await lstat(path)).isSymbolicLink()) throw notRegular('it is a link');
    return await open(path, FLAGS);
  } catch (cause) {
    if (cause instanceof OssError) throw cause;
    const { code = '' } = cause as NodeJS.ErrnoException;
    if (LINK_CODES.includes(code)) throw notRegular('it is a link', cause);
    const reason = REASONS[code];
    throw new OssError('OSS_FILE_NOT_FOUND', reason === undefined ? {} : { reason }, { cause });
  }
}

/** @throws OssError OSS_FILE_NOT_FOUND */
export function assertRegular(status: { isFile(): boolean }): void {
  if (!status.isFile()) throw notRegular('not a regular file');
}
