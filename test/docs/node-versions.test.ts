import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { page, ROOT } from './markdown.ts';

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      dev: z.boolean().optional(),
      deprecated: z.string().optional(),
      engines: z.union([z.record(z.string(), z.string()), z.array(z.string())]).optional(),
    }),
  ),
});
const lock = lockSchema.parse(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')));
const packages = Object.entries(lock.packages).map(([path, entry]) => ({
  name: path.replace(/^.*node_modules\//, ''),
  ...entry,
}));

/** The oldest that runs everything, as package.json says in `engines`. */
const OLDEST = [20, 19, 0] as const;

/**
 * Packages that ask for a newer Node.js and work nevertheless, because the Node.js that is installed does not run them.
 * The installation says nothing of them (.npmrc): this list does, and any other is an error here.
 */
const KNOWN: Readonly<Record<string, string>> = {
  electron: 'brings its own Node.js; of older versions that ask for less none gets security fixes',
  '@electron/get': 'fetches the binary of Electron',
  '@electron-internal/extract-zip': 'unpacks the binary of Electron',
  '@electron/rebuild': 'makes packages (electron-builder)',
  'node-abi': 'makes packages (electron-builder)',
  'pdfjs-dist': 'runs in windows; tests use its build for older Node.js',
};

/** Whether a range such as `^20.19.0 || >=22.12.0` has this version; what is not understood has it not. */
function admits(range: string): boolean {
  return range.split('||').some((alternative) =>
    alternative
      .trim()
      .replace(/([<>=^~]+)\s+/g, '$1')
      .split(/\s+/)
      .every(isMet),
  );
}

function isMet(comparator: string): boolean {
  if (comparator === '*' || comparator === '') return true;
  const parts = /^(>=|>|<=|<|\^|~|=|)v?(\d+)(?:\.(\d+|x))?(?:\.(\d+|x))?/.exec(comparator);
  if (!parts) return false;
  const [, operator = '', ...numbers] = parts;
  const bound = numbers.map((number) => (number === undefined || number === 'x' ? 0 : Number(number)));
  const difference = compare(bound);
  const sameMajor = bound[0] === OLDEST[0];
  switch (operator) {
    case '>=':
    case '>':
      return difference >= 0;
    case '<':
    case '<=':
      return difference < 0;
    default:
      return sameMajor && difference >= 0;
  }
}

/** Positive where OLDEST is the newer one. */
function compare(bound: readonly number[]): number {
  for (const [index, number] of OLDEST.entries()) {
    const difference = number - (bound[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

describe('packages', () => {
  it.each(['>= 22.12.0', '>=22.13.0 || >=24', '^22.12.0 || ^24', '>=18 <20', '^18.0.0'])(
    '%s does not admit Node.js 20.19',
    (range) => expect(admits(range)).toBe(false),
  );

  it.each(['>=18', '^20.19.0 || >=22.12.0', '20 || >=22', '>= 0.4', '*', '18.x || 20.x', '>=14.0.0 <23'])(
    '%s admits it',
    (range) => expect(admits(range)).toBe(true),
  );

  it('run on the oldest Node.js that is named, but for those that it does not run', () => {
    const newer = packages
      .filter(({ engines }) => engines && !Array.isArray(engines) && engines.node && !admits(engines.node))
      .map(({ name }) => name);
    expect(newer.toSorted()).toEqual(Object.keys(KNOWN).toSorted());
    const shipped = packages.filter(({ name, dev }) => newer.includes(name) && !dev);
    expect(shipped, 'none of them is part of the service or the command line').toEqual([]);
  });

  it('are none that their authors gave up', () => {
    expect(packages.filter(({ deprecated }) => deprecated !== undefined)).toEqual([]);
  });
});

it('README, .nvmrc, package.json and the test on Node.js 24 name the same versions', () => {
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(engines.node).toBe(`>=${OLDEST[0]}.${OLDEST[1]}`);
  const readme = page('README.md').text;
  expect(readme).toContain('24 LTS');
  expect(readme).toContain(`${OLDEST[0]}.${OLDEST[1]}`);
  expect(readFileSync(join(ROOT, '.nvmrc'), 'utf8').trim()).toBe('24');
  expect(readFileSync(join(ROOT, 'scripts/test-node.mjs'), 'utf8')).toContain("LONG_TERM_SUPPORT = '24'");
});
