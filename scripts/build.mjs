// Compiles the sources into out/, and knows whether that is needed.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runPackage } from './run.mjs';

export const COMMAND_LINE = join(ROOT, 'out', 'main', 'oneshot.js');
/** What processes run that work on documents. */
export const DOCUMENT_WORKER = join(ROOT, 'out', 'main', 'document-worker.js');

const INPUTS = ['src', 'resources', 'package-lock.json', 'electron.vite.config.ts', 'tsconfig.json'];

/** @returns {Promise<boolean>} whether it succeeded */
export async function build() {
  return (await runPackage({ package: 'electron-vite', bin: 'electron-vite', args: ['build'] })) === 0;
}

/** True where a source is newer than the compiled command line, or nothing is compiled yet. */
export function isBuildNeeded() {
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
