import { configDefaults, defineConfig } from 'vitest/config';

const IS_LONG = process.env.ONESHOT_TESTS === 'long';
const COMMON = { testTimeout: 60_000, hookTimeout: 120_000, pool: 'forks' } as const;
const SUITES = 'test/**/*.test.ts';
/** These put something of their own in the place of a module, which nobody after them may find there. */
const MODULES_REPLACED = ['test/faults/other-disk.test.ts', 'test/faults/index-and-journals.test.ts'];

/**
 * Loading the sources once for all files of a worker costs much less than once for each. What a file changes for all
 * of its process it puts back: environment, listeners, clocks. Only files that replace modules have their own process.
 */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { ...COMMON, name: 'sources', include: ['src/**/*.test.ts'], isolate: false } },
      {
        test: {
          ...COMMON,
          name: 'suites',
          include: [SUITES],
          // Minutes of bad weather belong to the long form.
          exclude: [
            ...configDefaults.exclude,
            ...MODULES_REPLACED,
            ...(IS_LONG ? [] : ['test/chaos/**']),
          ],
          globalSetup: ['test/conformance/judges/kept-judges.ts'],
          isolate: false,
        },
      },
      { test: { ...COMMON, name: 'modules replaced', include: MODULES_REPLACED } },
    ],
  },
});
