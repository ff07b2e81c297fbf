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

/**
 * Runs the program of an installed package, without a shell, so that it works alike on every system.
 * @param {{ package: string, bin: string, args: readonly string[] }} tool
 * @param {string} [node]  the Node.js that runs it
 * @returns {Promise<number>}
 */
export function runPackage(tool, node = process.execPath) {
  const folder = join(ROOT, 'node_modules', tool.package);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const script = typeof bin === 'string' ? bin : bin[tool.bin];
  return run(node, [join(folder, script), ...tool.args]);
}

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
