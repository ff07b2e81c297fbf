import { access, constants, lstat, readdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OssError } from '../../contract/errors.ts';
import type { HealthLine } from '../../contract/model/health.ts';
import { assertWritableFolder } from '../../optimizer/index.ts';
import type { Surroundings } from '../surroundings.ts';
import { line } from './line.ts';

/** Copies of documents, journals and evidence of a day at a busy desk. */
const LOW_BYTES = 2 * 1024 ** 3;
/** Below this not even one large document can be signed. */
const FULL_BYTES = 200 * 1024 ** 2;
const OTHERS_WRITE = 0o022;
const OTHERS_READ = 0o044;
/** Files and folders that are looked at, so that a large archive takes no longer. */
const MOST_ENTRIES = 20_000;

/** Whether the folders can be used, who else can read or change what is in them, and how much room is left. */
export async function checkData(surroundings: Surroundings): Promise<HealthLine[]> {
  const lines = await Promise.all(
    surroundings.dataDirectories.map(async (folder) => {
      const use = await checkUse(folder, surroundings);
      const permissions =
        use.outcome === 'broken' || use.reason === 'dataNew' ? [] : [await checkPermissions(folder)];
      return [use, ...permissions, await checkRoom(folder, surroundings)];
    }),
  );
  return lines.flat();
}

async function checkUse(folder: string, { isInUse }: Surroundings): Promise<HealthLine> {
  try {
    if (!(await exists(folder))) {
      await access(await nearestAbove(folder), constants.W_OK | constants.X_OK);
      return line('data', 'ok', 'dataNew', { folder });
    }
    await assertWritableFolder(folder);
    return line('data', 'ok', (await isInUse(folder)) ? 'dataInUse' : 'dataGood', { folder });
  } catch (thrown) {
    const reason = thrown instanceof OssError ? String(thrown.details.reason ?? thrown.code) : codeOf(thrown);
    return line('data', 'broken', 'dataUnusable', { folder, why: reason });
  }
}

const codeOf = (thrown: unknown): string => (thrown as NodeJS.ErrnoException).code ?? 'unknown';

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

async function nearestAbove(path: string): Promise<string> {
  for (let folder = path; ; folder = dirname(folder)) {
    if ((await exists(folder)) || dirname(folder) === folder) return folder;
  }
}

/** By mode and owner; access lists of Windows are the installer's to set. */
async function checkPermissions(folder: string): Promise<HealthLine> {
  if (process.platform === 'win32') return line('permissions', 'ok', 'permissionsGood', { folder });
  const own = process.getuid?.() ?? 0;
  let readable: string | undefined;
  for await (const { path, mode, uid, isFile } of entriesBelow(await realpath(folder))) {
    if ((mode & OTHERS_WRITE) !== 0)
      return line('permissions', 'broken', 'permissionsWritable', { folder: path });
    if (uid !== own && own !== 0)
      return line('permissions', 'broken', 'permissionsForeign', { folder: path });
    // Of a folder others learn names of ours only; what they can read in it is found below.
    if (isFile && (mode & OTHERS_READ) !== 0) readable ??= path;
  }
  return readable === undefined
    ? line('permissions', 'ok', 'permissionsGood', { folder })
    : line('permissions', 'look', 'permissionsReadable', { folder: readable });
}

interface Entry {
  readonly path: string;
  readonly mode: number;
  readonly uid: number;
  readonly isFile: boolean;
}

/** What others can reach: below a folder that is closed to them nothing has to be looked at. */
async function* entriesBelow(root: string): AsyncGenerator<Entry> {
  const open = [root];
  for (let seen = 0; seen < MOST_ENTRIES; seen += 1) {
    const path = open.pop();
    if (path === undefined) return;
    const status = await lstat(path).catch(() => undefined);
    if (status === undefined || status.isSymbolicLink()) continue;
    yield { path, mode: status.mode, uid: status.uid, isFile: status.isFile() };
    if (!status.isDirectory() || (status.mode & 0o011) === 0) continue;
    for (const name of await readdir(path).catch(() => [])) open.push(join(path, name));
  }
}

async function checkRoom(folder: string, { room }: Surroundings): Promise<HealthLine> {
  const free = await room(await nearestAbove(folder));
  const facts = { folder, megabytes: Math.round(free / 1024 ** 2) };
  if (free < FULL_BYTES) return line('disk', 'broken', 'diskFull', facts);
  return free < LOW_BYTES ? line('disk', 'look', 'diskLow', facts) : line('disk', 'ok', 'diskRoom', facts);
}
