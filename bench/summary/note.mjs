// What a benchmark has measured, for the summary: `scripts/bench-summary.mjs` reads it.
import { appendFileSync } from 'node:fs';

/**
 * @typedef {object} Figure
 * @property {string} what   the same words at every run
 * @property {number} value
 * @property {string} unit   'ms' or 'MB'
 * @property {number} limit  the least, measured in the same run: the ratio to it is what moves with the program alone
 */

/** @param {Figure} figure */
export function note(figure) {
  const { BENCH_FIGURES: path } = process.env;
  if (path) appendFileSync(path, `${JSON.stringify(figure)}\n`);
}
