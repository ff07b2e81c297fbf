import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { OssError } from '../../contract/errors.ts';
import { folderFailure } from './folder.ts';

/** Held while one Optimizer owns a data directory; a second one would race it for the same journals. */
export interface DirectoryLock {
  /** May be called again. */
  release(): Promise<void>;
}

/** Who holds it, for people only: whether it is held is known to the operating system alone. */
const ownerSchema = z.object({
  pid: z.number().int(),
  program: z.string().max(100),
  since: z.iso.datetime(),
});

/**
 * Takes the lock of a data directory. The operating system holds it (a lock on a file, by SQLite) and lets go of it
 * with the process, however that ends: no process number is compared, which another process may have by then.
 * @throws OssError OSS_DATA_IN_USE naming directory and owner while another process holds it, OSS_FOLDER_UNUSABLE
 */
export async function lockDirectory(dataDirectory: string): Promise<DirectoryLock> {
  const note = join(dataDirectory, 'optimizer.lock');
  try {
    await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
    const release = await holdExclusively(join(dataDirectory, 'optimizer.lock.db'));
    if (release === undefined) throw await inUse(dataDirectory, note);
    try {
      await writeFile(note, JSON.stringify(ownerNow()), { mode: 0o600 });
    } catch {
      // For people only: on a full disk one still can look and clear up.
    }
    return { release: async () => release() };
  } catch (cause) {
    if (cause instanceof OssError) throw cause;
    throw folderFailure(dataDirectory, cause);
  }
}

/** @returns what lets go of it; undefined where another process has it */
async function holdExclusively(path: string): Promise<(() => void) | undefined> {
  // Loaded here: inspecting and verifying need no lock.
  const { default: Libsql } = await import('libsql');
  const database = new Libsql(path, { timeout: 0 });
  try {
    // Nothing is ever written: the file stays empty, and only its lock is used.
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return undefined;
    throw error;
  }
  let isHeld = true;
  return () => {
    if (!isHeld) return;
    isHeld = false;
    // The file is closed when its last statement is collected; the lock has to go now.
    database.exec('ROLLBACK');
    database.close();
  };
}

/** The command without what it was given: arguments may name people. */
function ownerNow(): z.infer<typeof ownerSchema> {
  const [, script = process.execPath, command = ''] = process.argv;
  const program = basename(script, '.js');
  return {
    pid: process.pid,
    program: /^[a-z-]+$/.test(command) ? `${program} ${command}` : program,
    since: new Date().toISOString(),
  };
}

async function inUse(directory: string, note: string): Promise<OssError> {
  const owner = await readFile(note, 'utf8')
    .then((text) => ownerSchema.safeParse(JSON.parse(text)).data)
    .catch(() => undefined);
  const who = owner ? `: ${owner.program}, process ${owner.pid}, since ${owner.since}` : '';
  return new OssError('OSS_DATA_IN_USE', {
    reason: `${directory}${who}`,
    folder: directory,
    ...(owner && { process: owner.pid, program: owner.program, since: owner.since }),
  });
}
