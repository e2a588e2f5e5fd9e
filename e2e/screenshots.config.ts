import { defineConfig } from '@playwright/test';
import base from '../playwright.config';

export default defineConfig({
  ...base,
  testDir: '.',
  testMatch: ['screenshots.ts', 'review.ts', 'review-models.ts', 'review-console.ts'],
  outputDir: '../test-results',
});
