/** What the compiled windows must not have: means to run what a document brings. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isBuildNeeded } from '../../scripts/build.mjs';

if (isBuildNeeded()) throw new Error('out/ is older than the sources: run `npm run build` first');

const WINDOWS = join(import.meta.dirname, '../../out/renderer');

/** Before this release a document could run scripts in the window (GHSA-hq66-cqwq-w95j). */
const FIRST_SAFE = [6, 2, 108] as const;

/** The viewer's own code only: our schema library looks whether it may make code, and the policy says no. */
const MAKES_CODE =
  /(?<![\w$.])(?:eval\s*\(|(?:new\s+)?Function\s*\(|import\s*\(\s*["'`](?:data|blob|https?):)/;
const INTERPRETER = /quickjs|pdf\.sandbox/i;

const files = readdirSync(WINDOWS, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));
const version: string = createRequire(import.meta.url)('pdfjs-dist/package.json').version;
const scripts = files.filter((file) => /\.m?js$/.test(file));
const viewer = scripts.filter(
  (file) => file.includes(`${join(WINDOWS, 'pdfjs')}`) || readFileSync(file, 'utf8').includes(version),
);

/** Whether a release is not older than another. */
function isAtLeast(release: string, [major, minor, patch]: readonly [number, number, number]): boolean {
  const [ownMajor = 0, ownMinor = 0, ownPatch = 0] = release.split('.').map(Number);
  if (ownMajor !== major) return ownMajor > major;
  return ownMinor === minor ? ownPatch >= patch : ownMinor > minor;
}

describe('pdf.js in the windows', () => {
  it('is a release in which no script of a document runs', () => {
    expect(isAtLeast('5.6.205', FIRST_SAFE)).toBe(false);
    expect(isAtLeast('6.2.107', FIRST_SAFE)).toBe(false);
    expect(isAtLeast('6.10.1', FIRST_SAFE)).toBe(true);
    expect(isAtLeast(version, FIRST_SAFE), version).toBe(true);
  });

  it('is the installed release, library, viewer and worker', () => {
    const names = viewer.map((file) => file.slice(WINDOWS.length + 1)).join('\n');
    expect(names).toMatch(/assets\/pdf\.worker/);
    expect(names).toMatch(/assets\/open-document/);
    expect(names).toMatch(/assets\/document-view/);
  });

  it('cannot make code from text', () => {
    for (const code of [
      'x=eval(y)',
      'new Function("a",b)',
      ';Function(`a`)',
      'import("data:text/javascript,1")',
    ])
      expect(code).toMatch(MAKES_CODE);
    for (const code of ['new FunctionBasedShading(a)', 'this.eval(x)', 'isFunction(a)'])
      expect(code).not.toMatch(MAKES_CODE);
    for (const file of viewer) expect(MAKES_CODE.exec(readFileSync(file, 'utf8'))?.[0], file).toBeUndefined();
  });

  it('comes without its interpreter for scripts', () => {
    expect(files.filter((file) => INTERPRETER.test(file))).toEqual([]);
  });

  it('names no other place to load from', () => {
    const elsewhere = /["'`]https?:\/\/[^"'`\s]*\.(?:mjs|js|wasm|bcmap|ttf|pfb|icc)["'`]/;
    expect('"https://cdn.example.com/pdf.worker.mjs"').toMatch(elsewhere);
    for (const file of viewer) expect(elsewhere.exec(readFileSync(file, 'utf8'))?.[0], file).toBeUndefined();
  });
});
