// Runs a script of this project beside others, and keeps what it prints: mixed with theirs nobody could read it.
import { spawn } from 'node:child_process';
import { ROOT } from './run.mjs';

/**
 * @param {readonly string[]} args  the script and its arguments
 * @returns {Promise<string>} what it printed
 */
export function aside(args) {
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  /** @type {Buffer[]} */
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => printed.push(chunk));
  return new Promise((settle, fail) => {
    child.on('error', fail);
    child.on('close', (code) => {
      const text = Buffer.concat(printed).toString('utf8');
      if (code === 0) settle(text);
      else fail(new Error(text));
    });
  });
}
