import { opendir, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** What the care of an archive keeps in it. */
export const CARE_FOLDER = '.oneshot-archive';
/** Prefix of a copy that is being renewed beside its file; a killed process leaves it behind. */
export const RENEWAL_PREFIX = '.renewing-';
/** Nothing but what `renewInPlace` names so: the archive is somebody's folder. */
const RENEWAL_COPY = /^\.renewing-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Files named `*.pdf` below a folder, by their path from it with `/`; one after the other, however many there are.
 * Links are not followed, folders whose name begins with a dot are left alone, and copies that a killed renewal left
 * are removed: the caller holds the lock of the archive.
 */
export async function* archiveFiles(root: string, folder = root): AsyncGenerator<string> {
  const subfolders: string[] = [];
  for await (const entry of await opendir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith('.')) subfolders.push(path);
    } else if (!entry.isFile()) continue;
    else if (RENEWAL_COPY.test(entry.name)) await rm(path, { force: true });
    else if (entry.name.toLowerCase().endsWith('.pdf')) yield relative(root, path).split(sep).join('/');
  }
  for (const path of subfolders) yield* archiveFiles(root, path);
}
