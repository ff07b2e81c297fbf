// Start, first page, memory: `node bench/station/station.mjs` after `npm run build`. On the stand-in unless
// STATION_HOST=electron, and it says so. Beside each: the least that the same host does in the same run.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { buildStandIn } from '../../scripts/hosts.mjs';
import { ROOT } from '../../scripts/run.mjs';
import { note } from '../summary/note.mjs';
import { writeManyPages, writeScans } from './documents.mjs';
import { start } from './host.mjs';
import { memoryOfTree } from './memory.mjs';
import { bareFirstPage, connected, drawBare, firstPage, firstPaint, showNext } from './steps.mjs';

const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const SETTLED_MS = 4000;
const PAGES_SEEN = 11;
const MEGABYTE = 1e6;
const BARE = join(import.meta.dirname, 'bare');
const folder = mkdtempSync(join(tmpdir(), 'station-bench-'));

/** @param {string} application @param {string} name @param {string} picks */
const open = (application, name, picks) => start(application, { userData: join(folder, name), picks });

/** @param {readonly number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** @param {string} what @param {number} value @param {number} target @param {string} unit @param {number} least */
function report(what, value, target, unit, least) {
  note({ what, value, unit, limit: least });
  const verdict = value <= target ? 'met' : 'MISSED';
  const limit = `limit here ${least.toFixed(0)} ${unit}, ratio ${(value / least).toFixed(2)}`;
  console.log(
    `${what.padEnd(42)} ${value.toFixed(0).padStart(5)} ${unit}, target ${target}: ${verdict}; ${limit}`,
  );
}

/** @param {number} run @param {string} document */
async function timesOf(run, document) {
  const bare = await open(BARE, `bare-${run}`, document);
  const leastStart = await firstPaint(bare);
  const leastPage = await bareFirstPage(bare);
  await bare.close();
  const station = await open(ROOT, `station-${run}`, document);
  const started = await firstPaint(station);
  await connected(station);
  await pause(SETTLED_MS);
  const page = await firstPage(station);
  await station.close();
  return { leastStart, leastPage, started, page };
}

/** Of all processes together, over what they have before the document is opened, in bytes. @param {string} document */
async function memoryWith(document) {
  const bare = await open(BARE, 'bare-memory', document);
  await firstPaint(bare);
  const least = await growthOf(bare, () => drawBare(bare, PAGES_SEEN));
  await bare.close();
  const station = await open(ROOT, 'station-memory', document);
  await firstPaint(station);
  await connected(station);
  const grown = await growthOf(station, async () => {
    await firstPage(station);
    for (let page = 2; page <= PAGES_SEEN; page += 1) await showNext(station, page);
  });
  await station.close();
  return { least, grown };
}

/** @param {import('./host.mjs').Host} host @param {() => Promise<void>} work */
async function growthOf(host, work) {
  await pause(2 * SETTLED_MS);
  const before = memoryOfTree(host.pid);
  await work();
  await pause(SETTLED_MS);
  return { before, more: memoryOfTree(host.pid) - before };
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
console.log(`${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), median of ${RUNS}`);
console.log('Limits: an empty window; pdf.js alone in it, drawing the same pages without a viewer.\n');

try {
  const manyPages = join(folder, '2000-pages.pdf');
  await writeManyPages(manyPages, 2000);
  /** @type {Awaited<ReturnType<typeof timesOf>>[]} */
  const times = [];
  for (let run = 0; run < RUNS; run += 1) times.push(await timesOf(run, manyPages));
  const middle = (/** @type {keyof typeof times[number]} */ what) => median(times.map((one) => one[what]));
  report('cold start to a usable clerk window', middle('started'), 1500, 'ms', middle('leastStart'));
  report('first page of a PDF of 2,000 pages', middle('page'), 300, 'ms', middle('leastPage'));

  if (process.platform === 'linux') {
    const scans = join(folder, '1-gigabyte.pdf');
    await writeScans(scans, 1000 * MEGABYTE);
    const { least, grown } = await memoryWith(scans);
    const [value, limit] = [grown.more / MEGABYTE, least.more / MEGABYTE];
    report(`1 GB PDF open, ${PAGES_SEEN} pages seen, over idle`, value, 400, 'MB', limit);
    report('idle, all processes', grown.before / MEGABYTE, 450, 'MB', least.before / MEGABYTE);
  } else {
    console.log('Memory is measured on Linux only.');
  }
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
