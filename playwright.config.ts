import { defineConfig } from '@playwright/test';

// One suite for two hosts: with STATION_HOST=electron the genuine binary, otherwise the stand-in.
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'out/e2e',
  globalSetup: './test/e2e/host.ts',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  workers: 1,
  // A busy build machine may miss a deadline once; twice in a row is a defect.
  retries: process.env.CI ? 1 : 0,
  reporter: 'list',
});
