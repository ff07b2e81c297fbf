import { OssError, toOssError } from '../contract/errors.ts';
import { folderFailure } from '../optimizer/index.ts';

const REASONS: Readonly<Record<string, string>> = Object.freeze({
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
});

/** Why a file cannot be read, in words; undefined where it is not there or nothing is known. */
export const reasonOf = (cause: unknown): string | undefined =>
  REASONS[(cause as NodeJS.ErrnoException).code ?? ''];

const READING: readonly string[] = [
  'open',
  'read',
  'stat',
  'lstat',
  'fstat',
  'scandir',
  'readlink',
  'realpath',
];
const NOT_READABLE: readonly string[] = ['ENOENT', ...Object.keys(REASONS)];

/**
 * What the operating system refused is no failure of this program: it is named with its path or port. Everything else
 * stays what it is.
 */
export function asUserError(thrown: unknown): OssError {
  const error = toOssError(thrown);
  if (error.code !== 'OSS_INTERNAL') return error;
  const { code, syscall, path, port, address } = systemErrorIn(error) ?? {};
  if (code === undefined || syscall === undefined) return error;
  if (syscall === 'listen' || syscall === 'bind') return listenFailure({ code, port, address }, error);
  if (path === undefined) return error;
  if (READING.includes(syscall) && NOT_READABLE.includes(code)) {
    const reason = REASONS[code];
    return new OssError('OSS_FILE_NOT_FOUND', { file: path, ...(reason && { reason }) }, { cause: error });
  }
  return folderFailure(path, Object.assign(new Error(code), { code }));
}

interface SystemError extends NodeJS.ErrnoException {
  readonly port?: number | undefined;
  readonly address?: string | undefined;
}

function systemErrorIn(error: Error): SystemError | undefined {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ((cause as SystemError).syscall !== undefined) return cause as SystemError;
  }
  return undefined;
}

function listenFailure(
  { code, port, address }: Pick<SystemError, 'port' | 'address' | 'code'>,
  cause: Error,
): OssError {
  const words: Readonly<Record<string, string>> = {
    EADDRINUSE: `port ${port} is taken by another program`,
    EACCES: `port ${port}: permission denied`,
    EADDRNOTAVAIL: `${address} is not an address of this machine`,
  };
  const reason = words[code ?? ''] ?? `cannot listen on ${address}, port ${port} (${code})`;
  return new OssError('OSS_CONFIG_INVALID', { reason }, { cause });
}
