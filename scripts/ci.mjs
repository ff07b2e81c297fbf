// What the build machine runs after `npm ci`: the command that the README names, then what takes longer. The last
// line counts all of it; whatever failed makes the whole fail.
import { spawn } from 'node:child_process';
import { ROOT } from './run.mjs';
import { conclude, tallyIn } from './suites.mjs';

const COMMANDS = [['test'], ['run', 'test:node']];

/**
 * @param {readonly string[]} args
 * @returns {Promise<import('./suites.mjs').Tally>}
 */
function npm(args) {
  console.log(`\n=== npm ${args.join(' ')}`);
  const child = spawn('npm', args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  // Enough for the last line, however much is printed.
  let tail = '';
  child.stdout.on('data', (chunk) => {
    process.stdout.write(chunk);
    tail = (tail + chunk).slice(-1000);
  });
  return new Promise((settle, fail) => {
    child.on('error', fail);
    child.on('close', (code) => {
      const tally = tallyIn(tail) ?? { passed: 0, failed: 0, skipped: 0 };
      settle(code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally);
    });
  });
}

const tallies = [];
for (const args of COMMANDS) {
  const begun = Date.now();
  tallies.push(await npm(args));
  console.log(`(${Math.round((Date.now() - begun) / 1000)} s)`);
}
conclude(tallies);
