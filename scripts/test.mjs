// `npm test`: prepares what the tests need, compiles, checks the sources, runs every suite, and ends with one line
// that counts it all. The compilation and each check of the sources count as one. `npm test -- src/pdf` runs only
// the tests in files whose path has that in it.
import { aside } from './aside.mjs';
import { build, isBuildNeeded } from './build.mjs';
import { runChecks } from './checks.mjs';
import { conclude, runSuites, runWindows } from './suites.mjs';

const WINDOWS = 'test/e2e';

/** @returns {Promise<import('./suites.mjs').Tally>} */
async function compile() {
  console.log('\nCompiling');
  const ok = await build();
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

async function runAll() {
  const prerequisites = aside(['scripts/install-prerequisites.mjs']);
  const compiled = await compile();
  const checked = { ...(await runChecks()), skipped: 0 };
  console.log(await prerequisites);
  // One after the other: beside the suites a window on two cores waits longer than a person would.
  const suites = await runSuites();
  conclude([compiled, checked, suites, await runWindows()]);
}

/** @param {readonly string[]} filters */
async function runPart(filters) {
  const windows = filters.filter((filter) => filter.startsWith(WINDOWS));
  const others = filters.filter((filter) => !filter.startsWith(WINDOWS));
  conclude([
    ...(isBuildNeeded() ? [await compile()] : []),
    ...(others.length > 0 ? [await runSuites(others)] : []),
    ...(windows.length > 0 ? [await runWindows(windows)] : []),
  ]);
}

const filters = process.argv.slice(2);
await (filters.length === 0 ? runAll() : runPart(filters));
