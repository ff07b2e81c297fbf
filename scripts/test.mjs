// `npm test`: prepares what the tests need, compiles, checks the sources, runs every suite, and ends with
// one line that counts it all. The compilation and each check of the sources count as one.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { runChecks } from './checks.mjs';
import { installPrerequisites } from './install-prerequisites.mjs';
import { ROOT, runPackage } from './run.mjs';

const REPORT = join(ROOT, '.cache', 'test-report.json');

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/** @returns {Promise<Tally>} */
async function runSuites() {
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  rmSync(REPORT, { force: true });
  const code = await runPackage({
    package: 'vitest',
    bin: 'vitest',
    args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`],
  });
  const tally = readReport();
  // A run that ended badly without a failed test (an error outside every test) is a failure too.
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

/** @returns {Tally} */
function readReport() {
  /** @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
   *    testResults: { status: string, assertionResults: { status: string }[] }[] }} */
  let report;
  try {
    report = JSON.parse(readFileSync(REPORT, 'utf8'));
  } catch {
    console.log('The test runner ended without a report.');
    return { passed: 0, failed: 1, skipped: 0 };
  }
  // A file that does not even load has no failed test of its own.
  const failedFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + failedFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

await installPrerequisites();
console.log('\nCompiling');
const built = await build();
const checks = await runChecks();
const suites = await runSuites();

const passed = checks.passed + suites.passed + (built ? 1 : 0);
const failed = checks.failed + suites.failed + (built ? 0 : 1);
process.exitCode = failed === 0 ? 0 : 1;
console.log(`\n${passed} passed, ${failed} failed${suites.skipped > 0 ? `, ${suites.skipped} skipped` : ''}`);
