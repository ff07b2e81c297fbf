import { configDefaults, defineConfig } from 'vitest/config';

const IS_LONG = process.env.ONESHOT_TESTS === 'long';
const COMMON = { testTimeout: 60_000, hookTimeout: 120_000, pool: 'forks' } as const;

/**
 * Tests beside the sources share their workers: they start no process, and loading the sources once for all of them
 * costs much less than once for each file. The others bring servers, processes and judges along.
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
          include: ['test/**/*.test.ts'],
          // Minutes of bad weather belong to the long form.
          exclude: [...configDefaults.exclude, ...(IS_LONG ? [] : ['test/chaos/**'])],
          globalSetup: ['test/conformance/judges/kept-judges.ts'],
        },
      },
    ],
  },
});
