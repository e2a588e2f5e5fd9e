import { defineConfig } from 'electron-vite';
import react from '@vitejs/plugin-react';
import tailwindcss from '@tailwindcss/vite';
import { notePackages } from './scripts/packaging/licences.mjs';

/**
 * The oldest runtime that the code must run on (Electron 25: Node 18.15, Chromium 114). Named here because
 * electron-vite would derive it from the version of the `electron` package, which is newer.
 */
const nodeTarget = 'node18.15';
const chromeTarget = 'chrome114';

export default defineConfig({
  main: {
    plugins: [notePackages('main')],
    build: {
      target: nodeTarget,
      // All but the native binding is bundled: DuckDB's hundred small modules alone take 70 ms to load one by one.
      externalizeDeps: { exclude: ['@duckdb/node-api'], include: ['@duckdb/node-bindings'] },
      rollupOptions: {
        input: {
          index: 'src/main/index.ts',
          'warehouse-process': 'src/main/warehouse-process/entry.ts',
          'generator-process': 'src/main/generation/generator-entry.ts',
          cli: 'src/cli/index.ts',
          'cli-commands': 'src/cli/commands.ts',
          'cli-generator': 'src/cli/generator-process.ts',
        },
        // Chunks beside the entries, so that `__dirname` is the same folder wherever code ends up.
        output: {
          format: 'cjs',
          chunkFileNames: '[name]-[hash].js',
          codeSplitting: {
            // The window publishes nothing to object storage: with `cli` in its name, the SDK stays out of the package.
            groups: [
              {
                name: 'cli-s3',
                test: /[\\/]node_modules[\\/]@(?:aws-sdk|aws|smithy)[\\/]|[\\/]engine[\\/]publish[\\/]s3[\\/]/,
              },
            ],
            includeDependenciesRecursively: false,
          },
          // Less to read and parse at each start (launch is 10 % shorter); names stay, for the stacks in the logs.
          minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
        },
      },
    },
  },
  preload: {
    plugins: [notePackages('preload')],
    build: {
      target: nodeTarget,
      externalizeDeps: false,
      rollupOptions: { input: { index: 'src/preload/index.ts' }, output: { format: 'cjs' } },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react(), tailwindcss(), notePackages('renderer')],
    build: {
      target: chromeTarget,
      cssTarget: chromeTarget,
      // Half the bytes to parse: what the window waits for most at its start.
      minify: true,
      rollupOptions: {
        input: { index: 'src/renderer/index.html' },
        output: {
          codeSplitting: {
            // All that the window imports at its start is one file: each further one costs it about 7 ms. It also keeps
            // the modules in the order of their imports, so that zod is set up before the first schema is made.
            groups: [{ name: 'start', tags: ['$initial'] }],
          },
        },
      },
    },
  },
});
