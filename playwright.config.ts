import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  // One window at a time: two cores are what the engine under test itself makes use of.
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  outputDir: 'test-results',
});
