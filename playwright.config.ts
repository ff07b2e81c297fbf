import { defineConfig } from '@playwright/test';

// One suite for two hosts: with STATION_HOST=electron the genuine binary, otherwise the stand-in.
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'out/e2e',
  globalSetup: './test/e2e/host.ts',
  // Nothing is decided by how busy the machine is: these end what hangs.
  timeout: 240_000,
  expect: { timeout: 45_000 },
  // Each station has a profile of its own; the tests of one file follow each other.
  workers: 2,
  // A test that fails once is a defect, of the product or of the test.
  retries: 0,
  reporter: 'list',
});
