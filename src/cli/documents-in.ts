/** The documents that arguments name: files as they are, folders as what stands in them. */
import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** Files with these extensions in folders and the folders below, in the order of their names; links are not followed. */
export async function documentsIn(
  given: readonly string[],
  extensions: readonly string[] = ['pdf'],
): Promise<string[]> {
  const found: string[] = [];
  for (const path of given) {
    const isFolder = await stat(path).then(
      (facts) => facts.isDirectory(),
      () => false,
    );
    if (isFolder) await addFolder(path, extensions, found);
    else found.push(path);
  }
  return found;
}

const isNamed = (name: string, extensions: readonly string[]): boolean =>
  extensions.includes(extname(name).slice(1).toLowerCase());

async function addFolder(folder: string, extensions: readonly string[], found: string[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await addFolder(path, extensions, found);
    else if (entry.isFile() && isNamed(entry.name, extensions)) found.push(path);
  }
}
