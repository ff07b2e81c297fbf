import { type OssError, toOssError } from '../../contract/errors.ts';

/**
 * Of disks and shares that are full, away or overburdened for a while, or closed to us until somebody opens them; a file
 * where a folder should be is of that kind too.
 */
const PASSING: readonly string[] = [
  ...['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EMFILE', 'ENFILE', 'ENOMEM', 'EBUSY', 'EAGAIN', 'EACCES', 'EPERM'],
  ...['ESTALE', 'ENODEV', 'ENXIO', 'ENOTCONN', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTDOWN', 'EHOSTUNREACH'],
  ...['ENETDOWN', 'ENETUNREACH', 'ESHUTDOWN', 'EEXIST', 'ENOTDIR'],
];

/** What the operating system said, however deep it lies among the causes. */
export function systemCode(thrown: unknown): string | undefined {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code !== undefined && syscall !== undefined) return code;
  }
  return undefined;
}

/** Whether the same step may succeed later without anybody changing the order. */
export function isPassing(thrown: unknown): boolean {
  const code = systemCode(thrown);
  return toOssError(thrown).retryable || (code !== undefined && PASSING.includes(code));
}

/** What is said about it: the words of the table, and what the system said where that is the cause. */
export function inWords(thrown: unknown): string {
  const error: OssError = toOssError(thrown);
  const code = systemCode(thrown);
  if (error.code === 'OSS_INTERNAL' && code !== undefined)
    return code === 'ENOENT' || !(thrown instanceof Error)
      ? `the folder is not there (${code})`
      : thrown.message;
  return `${error.message} ${error.action} [${error.code}${code === undefined ? '' : `, ${code}`}]`;
}
