import { configDefaults, defineConfig } from 'vitest/config';

const IS_LONG = process.env.ONESHOT_TESTS === 'long';
/** Minutes of bad weather, and a build that nothing is run from. */
const ONLY_LONG = ['test/chaos/**', 'test/packages/same-build.test.ts'];
const COMMON = {
  testTimeout: 240_000,
  hookTimeout: 120_000,
  // A busy machine decides nothing: this ends what would never come.
  expect: { poll: { timeout: 30_000, interval: 50 } },
  pool: 'forks',
} as const;
/** These change what loading a module gives: they replace one, or set what it reads once. */
const IN_OWN_PROCESS = [
  'test/faults/index-and-journals.test.ts',
  'test/faults/other-disk.test.ts',
  'test/integration/names.test.ts',
];

/**
 * Loading the sources once for all files of a worker costs much less than once for each. What a file changes for all
 * of its process it puts back: environment, listeners, clocks.
 */
export default defineConfig({
  test: {
    // Twice the processors of a small machine: about half of its time a test waits for another process.
    maxWorkers: 4,
    projects: [
      { test: { ...COMMON, name: 'sources', include: ['src/**/*.test.ts'], isolate: false } },
      {
        test: {
          ...COMMON,
          name: 'suites',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...IN_OWN_PROCESS, ...(IS_LONG ? [] : ONLY_LONG)],
          globalSetup: ['test/conformance/judges/kept-judges.ts'],
          isolate: false,
        },
      },
      { test: { ...COMMON, name: 'own process', include: IN_OWN_PROCESS } },
    ],
  },
});
