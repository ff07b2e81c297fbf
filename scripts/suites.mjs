// Runs the two kinds of suites, and counts what came of them.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildStandIn } from './hosts.mjs';
import { missingChromium } from './prerequisites.mjs';
import { ROOT, runPackage } from './run.mjs';

const REPORTS = join(ROOT, '.cache');

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/**
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export const sum = (tallies) =>
  tallies.reduce(
    (all, { passed, failed, skipped }) => ({
      passed: all.passed + passed,
      failed: all.failed + failed,
      skipped: all.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );

/**
 * The tests beside the sources and those in test/, but for the windows.
 * @param {readonly string[]} filters  parts of paths; without any, all of them
 * @param {string} [node]  the Node.js that runs them
 * @returns {Promise<Tally>}
 */
export async function runSuites(filters = [], node = process.execPath) {
  const report = join(REPORTS, 'test-report.json');
  mkdirSync(REPORTS, { recursive: true });
  rmSync(report, { force: true });
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...filters];
  const code = await runPackage({ package: 'vitest', bin: 'vitest', args }, node);
  const tally = readReport(report);
  // A run that ended badly without a failed test (an error outside every test) is a failure too.
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

/**
 * @param {string} path
 * @returns {Tally}
 */
function readReport(path) {
  /** @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
   *    testResults: { status: string, assertionResults: { status: string }[] }[] }} */
  let report;
  try {
    report = JSON.parse(readFileSync(path, 'utf8'));
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
 * @param {readonly string[]} filters  parts of paths; without any, all of them
 * @returns {Promise<Tally>}
 */
export async function runWindows(filters = []) {
  const missing = missingChromium();
  if (missing && !process.env.CI) {
    console.log(`\nThe windows are not tested: ${missing}.`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  if (missing || !(await buildStandIn())) return { passed: 0, failed: 1, skipped: 0 };
  const report = join(REPORTS, 'windows-report.json');
  rmSync(report, { force: true });
  process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = report;
  const args = ['test', '--reporter=list,json', ...filters];
  const code = await runPackage({ package: '@playwright/test', bin: 'playwright', args });
  try {
    const { expected, flaky, unexpected, skipped } = JSON.parse(readFileSync(report, 'utf8')).stats;
    const failed = code !== 0 && unexpected === 0 ? 1 : unexpected;
    return { passed: expected + flaky, failed, skipped };
  } catch {
    console.log('The test runner of the windows ended without a report.');
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/**
 * The last line of a run of tests, which others read.
 * @param {Tally} tally
 */
export const lastLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

/**
 * @param {string} output
 * @returns {Tally | undefined}
 */
export function tallyIn(output) {
  const line = output.trimEnd().split('\n').at(-1) ?? '';
  const match = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/.exec(line);
  if (!match) return undefined;
  return { passed: Number(match[1]), failed: Number(match[2]), skipped: Number(match[3] ?? 0) };
}

/**
 * Ends the program with this result.
 * @param {readonly Tally[]} tallies
 */
export function conclude(tallies) {
  const all = sum(tallies);
  process.exitCode = all.failed === 0 ? 0 : 1;
  console.log(`\n${lastLine(all)}`);
}
