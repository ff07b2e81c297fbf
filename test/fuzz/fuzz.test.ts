/** The short form of `npm run fuzz`: some runs, and every document that once surprised. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isLongForm } from '../support/long-form.ts';
import { execute, inputOf } from './one-run.ts';
import { loadSeeds } from './seed-documents.ts';

const FOUND = join(import.meta.dirname, 'seeds');
const RUNS = isLongForm ? 60_000 : 3_000;

describe('damaged documents', () => {
  it(`are refused with a typed error or signed, in ${RUNS} runs, each within a second`, async () => {
    const seeds = loadSeeds(join(import.meta.dirname, '../corpus'));
    const surprises: string[] = [];
    let signable = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const { outcome, problem } = await execute(inputOf(run, seeds));
      if (problem !== undefined) surprises.push(`run ${run}: ${problem}`);
      if (outcome === 'signable') signable += 1;
    }
    expect(surprises).toEqual([]);
    // Both outcomes occur, so the damage is neither harmless nor always fatal.
    expect(signable).toBeGreaterThan(RUNS / 10);
    expect(signable).toBeLessThan(RUNS * 0.9);
  }, 1_200_000);

  it.each(readdirSync(FOUND))('%s surprises no more', async (name) => {
    const bytes = readFileSync(join(FOUND, name));
    for (const run of [0, 1, 2]) {
      expect(await execute({ run, name, bytes, password: undefined })).toMatchObject({ problem: undefined });
    }
  });
});
