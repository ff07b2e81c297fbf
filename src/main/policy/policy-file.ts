import { closeSync, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import { OssError } from '../../contract/errors.ts';
import { reachOfAccent } from '../../contract/model/accent-contrast.ts';
import { type Policy, policySchema } from '../../contract/policy.ts';

/**
 * One place for everybody on a computer, into which only its administrators write. Not `ProgramData`: there every
 * account may make a folder.
 */
const FILES: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  win32: 'C:\\Program Files\\One-Shot Signature Station Policy\\policy.json',
  darwin: '/Library/Application Support/One-Shot Signature Station/policy.json',
  linux: '/etc/one-shot/station-policy.json',
};

/** 64 anchors of 64,000 characters, and the rest. */
const MOST_BYTES = 5_000_000;

export const policyFile = (
  elsewhere: string | undefined,
  platform: NodeJS.Platform = process.platform,
): string | undefined => elsewhere ?? FILES[platform];

const invalid = (reason: string, cause?: unknown): OssError =>
  new OssError('OSS_POLICY_INVALID', { reason }, { cause });

/**
 * What the operator of this computer has set. Where there is no file nothing is set; one that is there and cannot be
 * taken as it is stops the station, because what it locks would be open.
 * @throws OssError OSS_POLICY_INVALID
 */
export function readPolicy(path: string | undefined): Policy {
  const text = path === undefined ? undefined : textOf(path);
  if (text === undefined) return { version: 1, settings: {} };
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw invalid('it is not JSON', cause);
  }
  const parsed = policySchema.safeParse(content);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join('.') || issue.code);
    throw invalid(`not as it has to be: ${fields.join(', ')}`, parsed.error);
  }
  const accent = parsed.data.settings.branding?.accent;
  if (accent !== undefined && reachOfAccent(accent) === 'nowhere')
    throw invalid('white cannot be read on settings.branding.accent');
  return parsed.data;
}

/** Undefined where there is none. What is judged and what is read is the same opened file. */
function textOf(path: string): string | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const stats = fstatSync(file);
    if (!stats.isFile() || stats.size > MOST_BYTES) throw invalid('it is no file, or too large');
    if (isOpenToOthers(stats)) throw invalid('accounts that do not run the station may write into it');
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (thrown) {
    if (thrown instanceof OssError) throw thrown;
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw invalid('it cannot be read', thrown);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Windows guards the folder of programs by its own lists. */
const isOpenToOthers = ({ uid, mode }: Stats): boolean =>
  process.platform !== 'win32' && ((uid !== 0 && uid !== process.getuid?.()) || (mode & 0o022) !== 0);
