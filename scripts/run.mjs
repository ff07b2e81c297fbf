// Runs programs: those of this project's packages, and those of the system.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '..');

/**
 * Runs a program with this terminal and answers its exit code.
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
export function run(program, args) {
  return new Promise((settle, fail) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', fail);
    child.on('close', (code) => settle(code ?? 1));
  });
}

/** @typedef {{ package: string, bin: string, args: readonly string[] }} Tool */

/**
 * What Node.js is given to run the program of an installed package, without a shell, so that it works alike on every
 * system.
 * @param {Tool} tool
 */
export function commandOf(tool) {
  const folder = join(ROOT, 'node_modules', tool.package);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return [join(folder, typeof bin === 'string' ? bin : bin[tool.bin]), ...tool.args];
}

/**
 * @param {Tool} tool
 * @param {string} [node]  the Node.js that runs it
 * @returns {Promise<number>}
 */
export const runPackage = (tool, node = process.execPath) => run(node, commandOf(tool));

/**
 * What a program prints, or undefined where it does not exist or fails.
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {string | undefined}
 */
export function outputOf(program, args) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 ? stdout + stderr : undefined;
}
