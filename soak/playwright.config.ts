import { defineConfig } from '@playwright/test';
import base from '../playwright.config';

/** It ends by itself, after the given time. */
export default defineConfig({
  ...base,
  testDir: '.',
  testMatch: 'soak.ts',
  timeout: 0,
  expect: { timeout: 60_000 },
  retries: 0,
  outputDir: '../test-results',
});
