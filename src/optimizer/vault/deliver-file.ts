import { constants } from 'node:fs';
import { copyFile, link, lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { ifPresent } from '../../base/durable-file.ts';
import { OssError } from '../../contract/errors.ts';
import { folderReason } from './folder.ts';
import { hashFile } from './hash-file.ts';
import { setMode } from './set-mode.ts';

const MAX_NAMES = 1000;
/** Of ext4, XFS, APFS and, in characters, NTFS. */
const MAX_NAME_BYTES = 255;
/** Of `-1000`. */
const NUMBER_BYTES = 5;
/** Longer ones are part of the name that happens to have a dot. */
const MAX_EXTENSION_BYTES = 20;
/** What `link` answers where it is not possible at all, as opposed to a name that is taken. */
const NO_LINK = ['EXDEV', 'EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK'];

/**
 * Puts a finished file into a folder under a name that is free: `contract.pdf` becomes
 * `contract-signed.pdf`, then `contract-signed-2.pdf`, and so does `contract-signed.pdf` that is signed again. Never
 * overwrites, and the name appears with the whole content at once: a hard link is made in one step and fails where the
 * name exists.
 * @returns the path of the delivered file
 * @throws OssError OSS_FILE_WRITE_FAILED, OSS_FILE_EXISTS
 */
export async function deliverFile(
  vaultPath: string,
  directory: string,
  originalName: string,
  suffix = '-signed',
): Promise<string> {
  const name = nameWith(originalName, suffix);
  try {
    await mkdir(directory, { recursive: true });
    const delivered =
      (await publish(vaultPath, directory, name, linkExclusively)) ??
      (await deliverCopy(vaultPath, directory, name));
    await setMode(delivered, modeOfNewFile());
    return delivered;
  } catch (cause) {
    throw cause instanceof OssError
      ? cause
      : new OssError(
          'OSS_FILE_WRITE_FAILED',
          { folder: directory, reason: folderReason(directory, cause) },
          { cause },
        );
  }
}

/** As if the file had been made there: the copy in the vault is for this user alone, a delivered document is not. */
const modeOfNewFile = (): number => 0o666 & ~process.umask();

/** For another file system: a flushed copy beside the final name first, so that publishing is one step again. */
async function deliverCopy(vaultPath: string, directory: string, name: string): Promise<string> {
  // One name for each document: what a kill leaves is taken up by the next attempt.
  const partial = join(directory, `.${basename(dirname(vaultPath))}.${basename(vaultPath)}.partial`);
  const interrupted = await ifPresent(lstat(partial), undefined);
  try {
    await rm(partial, { force: true });
    await copyFile(vaultPath, partial, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    const file = await open(partial, 'r+');
    await file.sync().finally(() => file.close());
    const delivered =
      (await publish(partial, directory, name, linkUnlessDelivered)) ??
      (await publish(partial, directory, name, (path, target) =>
        reserveAndRename(path, target, interrupted?.mtimeMs),
      ));
    if (!delivered) throw new OssError('OSS_FILE_WRITE_FAILED', { folder: directory });
    return delivered;
  } finally {
    await rm(partial, { force: true });
  }
}

/** FAT counts in steps of so many ms. */
const COARSE_MS = 2000;

async function isReservedSince(target: string, moment: number): Promise<boolean> {
  const status = await lstat(target);
  return status.isFile() && status.size === 0 && status.mtimeMs >= moment - COARSE_MS;
}

type PublishOutcome = 'published' | 'taken' | 'impossible';

/** Tries one name after the other; undefined where this way of publishing does not exist on the file system. */
async function publish(
  path: string,
  directory: string,
  name: string,
  way: (path: string, target: string) => Promise<PublishOutcome>,
): Promise<string | undefined> {
  const extension = extname(name);
  const stem = basename(name, extension);
  for (let n = 1; n <= MAX_NAMES; n++) {
    const target = join(directory, `${stem}${n === 1 ? '' : `-${n}`}${extension}`);
    const outcome = await way(path, target);
    if (outcome === 'published') return target;
    if (outcome === 'impossible') return undefined;
  }
  throw new OssError('OSS_FILE_EXISTS', { folder: directory, file: name });
}

/**
 * The original name with the suffix, shortened where it would be longer than file systems take: the original itself
 * may be as long as that.
 */
function nameWith(originalName: string, suffix: string): string {
  const known = extname(originalName);
  const extension = Buffer.byteLength(known) > MAX_EXTENSION_BYTES ? '' : known;
  const end = `${suffix}${extension || '.pdf'}`;
  const room = MAX_NAME_BYTES - NUMBER_BYTES - Buffer.byteLength(end);
  return `${beginningOf(withoutSuffix(basename(originalName, extension), suffix), room)}${end}`;
}

/**
 * What was delivered before carries the suffix already, perhaps with a number; a name that is nothing else keeps it.
 */
function withoutSuffix(stem: string, suffix: string): string {
  const end = stem.replace(/-\d{1,4}$/, '');
  for (const candidate of [stem, end]) {
    if (candidate.endsWith(suffix) && candidate.length > suffix.length)
      return candidate.slice(0, -suffix.length);
  }
  return stem;
}

/** At most so many bytes of UTF-8, and whole characters only. */
function beginningOf(text: string, maxBytes: number): string {
  let [bytes, end] = [0, 0];
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > maxBytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}

async function linkExclusively(path: string, target: string): Promise<PublishOutcome> {
  try {
    await link(path, target);
    return 'published';
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    // The same file under that name: delivered already, by a process that was killed before it could say so.
    if (code === 'EEXIST') return (await isSameFile(path, target)) ? 'published' : 'taken';
    if (NO_LINK.includes(code)) return 'impossible';
    throw error;
  }
}

async function isSameFile(path: string, target: string): Promise<boolean> {
  const [one, other] = await Promise.all([lstat(path), lstat(target)]);
  return one.ino === other.ino && one.dev === other.dev;
}

/** On another disk a killed delivery left a copy, which only its content tells: no two signatures are the same. */
async function linkUnlessDelivered(path: string, target: string): Promise<PublishOutcome> {
  const outcome = await linkExclusively(path, target);
  return outcome === 'taken' && (await hasSameContent(path, target)) ? 'published' : outcome;
}

async function hasSameContent(path: string, target: string): Promise<boolean> {
  const [one, other] = await Promise.all([lstat(path), lstat(target)]);
  if (!other.isFile() || one.size !== other.size) return false;
  return (await hashFile(path)) === (await hashFile(target));
}

/**
 * Without hard links (FAT, some shares): an empty file reserves the name, the rename replaces only that.
 * @param interruptedAt when an earlier attempt wrote its copy, in ms; what it reserved since is taken up
 */
async function reserveAndRename(
  path: string,
  target: string,
  interruptedAt: number | undefined,
): Promise<PublishOutcome> {
  try {
    await (await open(target, 'wx')).close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (await hasSameContent(path, target)) return 'published';
    if (interruptedAt === undefined || !(await isReservedSince(target, interruptedAt))) return 'taken';
  }
  try {
    await rename(path, target);
    return 'published';
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
}
