import { defineConfig } from 'vite';

/** Bundles the benchmarks for Node, like the command line that they measure. */
export default defineConfig({
  build: {
    ssr: true,
    outDir: 'out/bench',
    target: 'node20',
    rollupOptions: {
      input: ['run', 'raw-generate', 'raw-refresh', 'refresh-in-process', 'polars-generate'].map(
        (name) => `bench/${name}.ts`,
      ),
      external: [/^@duckdb\//, 'nodejs-polars', '@playwright/test'],
      output: { format: 'cjs' },
    },
  },
});
