import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder `resources`, from source (src/base) and from a bundle (out/main, out/main/chunks)
 * alike: the nearest one above this file.
 */
export function resourcesDirectory(from: string = import.meta.url): string {
  for (let folder = dirname(fileURLToPath(from)); ; folder = dirname(folder)) {
    const candidate = join(folder, 'resources');
    if (existsSync(join(candidate, 'fonts'))) return candidate;
    if (dirname(folder) === folder) throw new Error('The folder "resources" is missing.');
  }
}
