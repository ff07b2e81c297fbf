import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type Libsql from 'libsql';

/** What a file of derived data holds. */
export interface DerivedShape {
  /** Another one than this is not read: the file is made again. */
  readonly version: number;
  readonly schema: string;
  /** Whether a change has reached the disk when it returns; without it a power cut may take the last ones back. */
  readonly durable: boolean;
}

export interface DerivedFile {
  readonly database: Libsql.Database;
  /** Nothing stands in it yet: everything has to be read once. */
  readonly isNew: boolean;
}

/**
 * Opens a file (SQLite) of what can be read elsewhere too and is only found faster here. One that is damaged is set
 * aside as `<name>.damaged` and made again, and so is one of another version; where none can be written, it is kept in
 * memory. There is no reason for which it would not open.
 * @param onSetAside told the name of a damaged file
 */
export async function openDerivedFile(
  path: string,
  shape: DerivedShape,
  onSetAside: (name: string) => void,
): Promise<DerivedFile> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 }).catch(() => undefined);
  try {
    return await open(path, shape);
  } catch (error) {
    if (isDamage(error)) {
      await setAside(path, onSetAside);
      try {
        return await open(path, shape);
      } catch {
        // As where none can be written.
      }
    }
    return open(':memory:', shape);
  }
}

/** Everything stands in the file itself afterwards, also where its statements are collected later. */
export function closeDerivedFile(database: Libsql.Database): void {
  try {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // Somebody else has it open, or the disk is full: the log is read the next time.
  }
  database.close();
}

/** Takes a file away that turned out to be damaged while it was open. */
export async function setAside(path: string, onSetAside: (name: string) => void): Promise<void> {
  await rename(path, `${path}.damaged`)
    .then(() => onSetAside(basename(path)))
    .catch(() => undefined);
  await removeDerivedFile(path);
}

/** Whether the file is not what was written; a full disk, a lock or a missing permission are of the moment. */
export function isDamage(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  // What cannot even be opened, such as a folder of that name, has no code.
  if (code === undefined) return true;
  return ['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_MISMATCH', 'SQLITE_ERROR'].some((damage) =>
    String(code).startsWith(damage),
  );
}

/** Takes a file away with what SQLite keeps beside it. */
export const removeDerivedFile = async (path: string): Promise<void> => {
  for (const suffix of ['', '-wal', '-shm']) {
    await rm(`${path}${suffix}`, { force: true, recursive: true }).catch(() => undefined);
  }
};

async function open(path: string, shape: DerivedShape): Promise<DerivedFile> {
  // Loaded here: inspecting and verifying need no database.
  const { default: Driver } = await import('libsql');
  const database = new Driver(path, { timeout: 2000 });
  try {
    const found = versionOf(database);
    if (found !== shape.version && found !== 0) {
      database.close();
      await removeDerivedFile(path);
      return await open(path, shape);
    }
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${shape.durable ? 'FULL' : 'NORMAL'};`);
    if (found === 0) {
      database.exec(`BEGIN IMMEDIATE; ${shape.schema} PRAGMA user_version = ${shape.version}; COMMIT;`);
      if (path !== ':memory:') await chmod(path, 0o600);
    }
    return { database, isNew: found === 0 };
  } catch (error) {
    database.close();
    throw error;
  }
}

const versionOf = (database: Libsql.Database): number =>
  (database.prepare('PRAGMA user_version').get([]) as { user_version: number }).user_version;
