import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  // A window per virtual screen; on a screen that people look at one at a time, since windows take each other's focus.
  workers: process.env.SCREENS?.split(',').length ?? 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // CI's machines are shared: a window that was starved once is tried again, and its test reported as flaky.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  outputDir: 'test-results',
});
