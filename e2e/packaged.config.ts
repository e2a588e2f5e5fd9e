import { defineConfig } from '@playwright/test';
import base from '../playwright.config';

/** Tests that need `npm run package` before. */
export default defineConfig({
  ...base,
  testDir: '.',
  testMatch: ['packaged.ts', 'packaged-shipped.ts'],
  outputDir: '../test-results',
});
