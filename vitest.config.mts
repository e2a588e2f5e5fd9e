import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'scripts/**/*.test.mjs', 'soak/**/*.test.ts'],
    // They need a server that `npm run test:cluster` installs or finds.
    exclude: [...configDefaults.exclude, '**/*.cluster.test.ts'],
    // By default one of two cores stays idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // The first query of a process loads DuckDB, which takes seconds on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
