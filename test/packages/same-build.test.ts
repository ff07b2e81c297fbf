import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { isBuildNeeded } from '../../scripts/build.mjs';
import { ROOT, runPackage } from '../../scripts/run.mjs';

if (isBuildNeeded()) throw new Error('out/ is older than the sources: run `npm run build` first');

const PARTS = ['main', 'preload', 'renderer'];
/** As deep as out/, because source maps name the sources from where they are. */
const AGAIN = join(ROOT, '.cache');

afterAll(async () => {
  for (const part of PARTS) await rm(join(AGAIN, part), { recursive: true, force: true });
});

/** The SHA-256 of each file, by its path. */
async function hashesIn(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hashes = paths.sort().map(async (path) => {
    const hash = createHash('sha256').update(await readFile(path));
    return [path.slice(folder.length), hash.digest('hex')] as const;
  });
  return Object.fromEntries(await Promise.all(hashes));
}

it('a second build of the same sources has the same bytes in every file', async () => {
  const args = ['build', '--logLevel', 'warn', '--outDir', AGAIN];
  expect(await runPackage({ package: 'electron-vite', bin: 'electron-vite', args })).toBe(0);
  for (const part of PARTS) {
    const again = await hashesIn(join(AGAIN, part));
    expect(Object.keys(again).length).toBeGreaterThan(3);
    // What pdf.js loads on demand is copied, not built.
    const first = Object.entries(await hashesIn(join(ROOT, 'out', part))).filter(
      ([path]) => !path.startsWith('/pdfjs/'),
    );
    expect(again).toEqual(Object.fromEntries(first));
  }
}, 120_000);
