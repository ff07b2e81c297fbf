// Start, first page, memory: `node bench/station/station.mjs` after `npm run build`. On the stand-in unless
// STATION_HOST=electron, and it says so.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { buildStandIn } from '../../scripts/hosts.mjs';
import { ROOT } from '../../scripts/run.mjs';
import { writeManyPages, writeScans } from './documents.mjs';
import { memoryOfTree } from './memory.mjs';

const RUNS = 5;
const PATIENCE_MS = 60_000;
const MEGABYTE = 1e6;
const folder = mkdtempSync(join(tmpdir(), 'station-bench-'));

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('@playwright/test').ElectronApplication} App */

/** @param {string} name */
async function launch(name) {
  const userData = join(folder, name);
  const startedAt = Date.now();
  const app = await _electron.launch({
    args: [ROOT, `--user-data-dir=${userData}`],
    env: { .../** @type {Record<string, string>} */ (process.env), STANDIN_HEADLESS: '1' },
  });
  const clerk = await app.firstWindow();
  await clerk.getByRole('button', { name: 'Choose files…' }).waitFor();
  // What the window shows first is the desk itself: the page has no content before it.
  const usableAt = await clerk.evaluate(() => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    return performance.timeOrigin + (paint?.startTime ?? performance.now());
  });
  return { app, clerk, start: usableAt - startedAt };
}

/** Answers the file dialog, presses the button, waits for the picture of page 1. @param {App} app @param {Page} clerk @param {string} file */
async function firstPage(app, clerk, file) {
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, file);
  return clerk.evaluate(
    (patience) =>
      new Promise((resolve, reject) => {
        setTimeout(() => reject(new Error('the first page does not appear')), patience);
        const isDrawn = () => document.querySelector('.page[data-page-number="1"][data-loaded] canvas');
        const observer = new MutationObserver(() => {
          if (!isDrawn()) return;
          observer.disconnect();
          requestAnimationFrame(() => resolve(performance.now() - pressedAt));
        });
        observer.observe(document, { subtree: true, childList: true, attributes: true });
        const pressedAt = performance.now();
        const buttons = [...document.querySelectorAll('button')];
        buttons.find(({ textContent }) => textContent?.startsWith('Choose files'))?.click();
      }),
    PATIENCE_MS,
  );
}

/** @param {Page} clerk */
const settle = (clerk) => clerk.waitForTimeout(3000);

/** @param {readonly number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** @param {string} what @param {number} value @param {number} target @param {string} unit */
function report(what, value, target, unit) {
  const ratio = value / target;
  const verdict = ratio <= 1 ? 'met' : 'MISSED';
  const line = `${value.toFixed(0).padStart(6)} ${unit}, target ${target} ${unit}, ratio ${ratio.toFixed(2)}`;
  console.log(`${what.padEnd(44)} ${line}, ${verdict}`);
}

const onElectron = process.env.STATION_HOST === 'electron';
if (!onElectron) {
  await buildStandIn();
  process.env.ELECTRON_OVERRIDE_DIST_PATH = join(ROOT, 'test', 'standin', 'binary');
}
console.log(
  onElectron
    ? 'On Electron.'
    : 'On the stand-in: Node and the installed Chromium, not Electron. Numbers of Electron will differ.',
);
console.log(`${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), median of ${RUNS}\n`);

try {
  const manyPages = join(folder, '2000-pages.pdf');
  const scans = join(folder, '1-gigabyte.pdf');
  await writeManyPages(manyPages, 2000);
  await writeScans(scans, 1000 * MEGABYTE);
  const starts = [];
  const pages = [];
  for (let run = 0; run < RUNS; run += 1) {
    const { app, clerk, start } = await launch(`run-${run}`);
    starts.push(start);
    await settle(clerk);
    pages.push(Number(await firstPage(app, clerk, manyPages)));
    await app.close();
  }
  report('cold start to a usable clerk window', median(starts), 1500, 'ms');
  report('first page of a PDF of 2,000 pages', median(pages), 300, 'ms');

  if (process.platform === 'linux') {
    const { app, clerk } = await launch('memory');
    const pid = app.process().pid ?? 0;
    await settle(clerk);
    await settle(clerk);
    const idle = memoryOfTree(pid);
    await firstPage(app, clerk, scans);
    await settle(clerk);
    for (let page = 0; page < 10; page += 1) {
      await clerk.getByRole('button', { name: 'Next page' }).click();
      await clerk.waitForTimeout(500);
    }
    await settle(clerk);
    const open = memoryOfTree(pid);
    await app.close();
    console.log(`${'idle, all processes'.padEnd(44)} ${(idle / MEGABYTE).toFixed(0).padStart(6)} MB`);
    report('1 GB PDF open, 11 pages seen, over idle', (open - idle) / MEGABYTE, 400, 'MB');
  } else {
    console.log('Memory is measured on Linux only.');
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
