import { defineConfig } from 'vitest/config';

/* `npm run prove`: planted facts of many random recipes, and the table of the smallest that are found. */
export default defineConfig({
  test: {
    include: ['src/engine/facts/**/*.test.ts', 'src/engine/facts/**/*.prove.ts'],
    env: { PROVE_RECIPES: '200', PROVE_LOOPS: '10', PROVE_LOOP_ROWS: '200000', ...process.env },
    testTimeout: 600_000,
  },
});
