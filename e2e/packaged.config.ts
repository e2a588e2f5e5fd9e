import { defineConfig } from '@playwright/test';
import base from '../playwright.config';

/** What needs `npm run package` before it. */
export default defineConfig({
  ...base,
  testDir: '.',
  testMatch: ['packaged.ts', 'packaged-shipped.ts'],
  outputDir: '../test-results',
});
