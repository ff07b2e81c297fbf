import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { MUTANTS } from '../mutants/table.mjs';
import { ROOT } from './markdown.ts';

it('there are mutants for every kind of guard', () => {
  expect(MUTANTS.length).toBeGreaterThanOrEqual(30);
});

it.each(MUTANTS)('$guard: its place in the source is there, once', ({ file, find, replace, tests }) => {
  expect(readFileSync(join(ROOT, file), 'utf8').split(find)).toHaveLength(2);
  expect(replace).not.toBe(find);
  for (const test of tests) expect(existsSync(join(ROOT, test)), test).toBe(true);
});
