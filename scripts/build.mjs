// Compiles the sources into out/, and knows whether that is needed.
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runPackage } from './run.mjs';

export const COMMAND_LINE = join(ROOT, 'out', 'main', 'oneshot.js');
/** What processes run that work on documents. */
export const DOCUMENT_WORKER = join(ROOT, 'out', 'main', 'document-worker.js');

const INPUTS = ['src', 'resources', 'package-lock.json', 'electron.vite.config.ts', 'tsconfig.json'];

/** There while what is compiled is for development: not minified, React with its warnings. */
const DEVELOPMENT_MARK = join(ROOT, 'out', 'development');

/** Says that what is in out/ is for development, and tells open windows that it is new. */
export const markAsDevelopment = () => writeFileSync(DEVELOPMENT_MARK, new Date().toISOString());

/** @returns {Promise<boolean>} whether it succeeded */
export async function build() {
  rmSync(DEVELOPMENT_MARK, { force: true });
  return (await runPackage({ package: 'electron-vite', bin: 'electron-vite', args: ['build'] })) === 0;
}

/** True where a source is newer than the compiled command line, or nothing is compiled for use yet. */
export function isBuildNeeded() {
  if (existsSync(DEVELOPMENT_MARK)) return true;
  const built = statSync(COMMAND_LINE, { throwIfNoEntry: false })?.mtimeMs;
  return built === undefined || INPUTS.some((input) => newestChange(join(ROOT, input)) > built);
}

/**
 * @param {string} path
 * @returns {number}
 */
function newestChange(path) {
  const info = statSync(path);
  const inside = info.isDirectory() ? readdirSync(path) : [];
  return Math.max(info.mtimeMs, ...inside.map((name) => newestChange(join(path, name))));
}

if (process.argv[1] === import.meta.filename) process.exitCode = (await build()) ? 0 : 1;
