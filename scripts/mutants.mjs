// `npm run mutants [words]`: breaks each guard of test/mutants/table.mjs on purpose, runs the tests that must notice it,
// and puts the source back. It changes sources while it runs, so nothing else should.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MUTANTS } from '../test/mutants/table.mjs';
import { ROOT } from './run.mjs';

const LEAST_KILLED = 0.85;
const VITEST = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
const TIME_LIMIT_MS = 300_000;
/** Tests of time fail on a busy machine, and would notice what they do not. */
const NOT_OF_TIME = '^(?!.*(500 authorities|million entries)).*$';

/** @type {{ path: string, text: string } | undefined} */
let broken;
const restore = () => {
  if (broken) writeFileSync(broken.path, broken.text);
  broken = undefined;
};
process.on('exit', restore);
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => process.exit(1));

/** @param {readonly string[]} tests */
const testsPass = (tests) =>
  spawnSync(process.execPath, [VITEST, 'run', '--bail=1', '-t', NOT_OF_TIME, ...tests], {
    cwd: ROOT,
    timeout: TIME_LIMIT_MS,
    stdio: 'ignore',
  }).status === 0;

const words = process.argv.slice(2).join(' ');
const chosen = MUTANTS.filter(({ guard, file }) => guard.includes(words) || file.includes(words));

// A test that fails anyway notices nothing.
const suites = [...new Set(chosen.flatMap(({ tests }) => tests))];
if (!testsPass(suites)) {
  console.log(`The tests fail without any breach: ${suites.join(', ')}`);
  process.exit(1);
}

/** @type {import('../test/mutants/table.mjs').Mutant[]} */
const survivors = [];
for (const mutant of chosen) {
  const path = join(ROOT, mutant.file);
  const text = readFileSync(path, 'utf8');
  if (text.split(mutant.find).length !== 2) throw new Error(`${mutant.file} must hold once: ${mutant.find}`);
  broken = { path, text };
  writeFileSync(
    path,
    text.replace(mutant.find, () => mutant.replace),
  );
  const survived = testsPass(mutant.tests);
  restore();
  if (survived) survivors.push(mutant);
  console.log(`${survived ? 'SURVIVED' : 'killed  '}  ${mutant.guard} (${mutant.file})`);
}

const killed = chosen.length - survivors.length;
console.log(`\n${killed} of ${chosen.length} killed`);
for (const { guard, survives } of survivors)
  console.log(`  ${guard}: ${survives ?? 'no reason is known: write its test'}`);
const unexplained = survivors.filter(({ survives }) => survives === undefined);
process.exitCode = unexplained.length === 0 && killed >= LEAST_KILLED * chosen.length ? 0 : 1;
