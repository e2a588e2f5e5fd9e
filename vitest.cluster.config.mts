import { defineConfig } from 'vitest/config';

/** The tests on a real cluster, which `scripts/cluster/test.mjs` starts: `npm run test:cluster`. */
export default defineConfig({
  test: {
    include: ['src/**/*.cluster.test.ts'],
    // They share the cluster, and some of them kill parts of it.
    fileParallelism: false,
    testTimeout: 900_000,
    hookTimeout: 300_000,
  },
});
