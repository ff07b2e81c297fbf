import { defineConfig } from 'vitest/config';

const COMMON = { testTimeout: 60_000, hookTimeout: 120_000, pool: 'forks' } as const;

/**
 * Tests beside the sources share their workers: they start no process, and loading the sources once for all of them
 * costs a third of what it costs once for each file. The others bring servers, processes and judges along.
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
          globalSetup: ['test/conformance/judges/kept-judges.ts'],
        },
      },
    ],
  },
});
