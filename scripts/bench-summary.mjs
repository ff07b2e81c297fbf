// `node scripts/bench-summary.mjs`: what the last benchmarks measured beside what was kept (bench/kept.json), by the
// ratio to the limit of the same run, and what moved. `--keep` keeps what was measured. Ends with 1 where something
// costs a fifth more than was kept.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './run.mjs';

export const FIGURES = join(ROOT, '.cache', 'bench', 'figures.jsonl');
const KEPT = join(ROOT, 'bench', 'kept.json');
/** Less is what two runs on one machine differ by. */
const MOVED = 0.2;

/** @typedef {{ value: number, unit: string, limit: number, ratio: number }} Measured */
/** @typedef {{ node?: string, machine?: string, figures: Record<string, Measured> }} Summary */

/**
 * The last word on each thing.
 * @param {string} lines
 * @returns {Summary}
 */
export function summaryOf(lines) {
  const figures = lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .map(({ what, value, unit, limit }) => [what, { value, unit, limit, ratio: value / limit }]);
  const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`;
  return { node: process.version, machine, figures: Object.fromEntries(figures) };
}

/**
 * @param {Summary} kept
 * @param {Summary} now
 * @returns {{ lines: string[], isWorse: boolean }}
 */
export function compare(kept, now) {
  let isWorse = false;
  const lines = Object.entries(now.figures).map(([what, { value, unit, ratio }]) => {
    const before = kept.figures[what];
    const figure = `${what}: ${value.toFixed(value < 10 ? 1 : 0)} ${unit}, ${ratio.toFixed(2)} x the limit`;
    if (before === undefined) return `${figure}; new`;
    const change = ratio / before.ratio - 1;
    if (Math.abs(change) <= MOVED) return `${figure}; as before (${before.ratio.toFixed(2)})`;
    isWorse ||= change > 0;
    const percent = Math.round(Math.abs(change) * 100);
    return `${figure}; MOVED: ${percent} % ${change > 0 ? 'more' : 'less'} than ${before.ratio.toFixed(2)}`;
  });
  const missing = Object.keys(kept.figures).filter((what) => !(what in now.figures));
  return { lines: [...lines, ...missing.map((what) => `${what}: not measured`)], isWorse };
}

if (process.argv[1] === import.meta.filename) {
  if (!existsSync(FIGURES)) {
    console.error('Nothing was measured yet: npm run bench');
    process.exitCode = 2;
  } else {
    const now = summaryOf(readFileSync(FIGURES, 'utf8'));
    /** @type {Summary} */
    const kept = existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, 'utf8')) : { figures: {} };
    const { lines, isWorse } = compare(kept, now);
    console.log(lines.join('\n'));
    if (process.argv.includes('--keep')) {
      const all = { ...now, figures: { ...kept.figures, ...now.figures } };
      writeFileSync(KEPT, `${JSON.stringify(all, undefined, 2)}\n`);
    } else if (isWorse) process.exitCode = 1;
  }
}
