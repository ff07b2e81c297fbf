// `npm test`: prepares what the tests need, compiles, checks the sources, runs every suite, and ends with
// one line that counts it all. The compilation and each check of the sources count as one.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { runChecks } from './checks.mjs';
import { buildStandIn } from './hosts.mjs';
import { installPrerequisites } from './install-prerequisites.mjs';
import { missingChromium } from './prerequisites.mjs';
import { ROOT, runPackage } from './run.mjs';

const REPORT = join(ROOT, '.cache', 'test-report.json');
const WINDOWS_REPORT = join(ROOT, '.cache', 'windows-report.json');

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

/**
 * The windows, on the stand-in. It is a test host over Chromium, not Electron, and says so in its output.
 * @returns {Promise<Tally>}
 */
async function runWindows() {
  const missing = missingChromium();
  if (missing && !process.env.CI) {
    console.log(`\nThe windows are not tested: ${missing}.`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  if (missing || !(await buildStandIn())) return { passed: 0, failed: 1, skipped: 0 };
  rmSync(WINDOWS_REPORT, { force: true });
  process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = WINDOWS_REPORT;
  const args = ['test', '--reporter=list,json'];
  const code = await runPackage({ package: '@playwright/test', bin: 'playwright', args });
  try {
    const { expected, flaky, unexpected, skipped } = JSON.parse(readFileSync(WINDOWS_REPORT, 'utf8')).stats;
    const failed = code !== 0 && unexpected === 0 ? 1 : unexpected;
    return { passed: expected + flaky, failed, skipped };
  } catch {
    console.log('The test runner of the windows ended without a report.');
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

await installPrerequisites();
console.log('\nCompiling');
const built = await build();
const checks = await runChecks();
const suites = await runSuites();
const windows = await runWindows();

const passed = checks.passed + suites.passed + windows.passed + (built ? 1 : 0);
const failed = checks.failed + suites.failed + windows.failed + (built ? 0 : 1);
const skipped = suites.skipped + windows.skipped;
process.exitCode = failed === 0 ? 0 : 1;
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
