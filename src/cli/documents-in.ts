/** The documents that arguments name: files as they are, folders as what stands in them. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Files named `*.pdf` in folders and the folders below, in the order of their names; links are not followed. */
export async function documentsIn(given: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of given) {
    const isFolder = await stat(path).then(
      (facts) => facts.isDirectory(),
      () => false,
    );
    if (isFolder) await addFolder(path, found);
    else found.push(path);
  }
  return found;
}

async function addFolder(folder: string, found: string[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await addFolder(path, found);
    else if (entry.isFile() && entry.name.toLowerCase().endsWith('.pdf')) found.push(path);
  }
}
