#!/usr/bin/env node
/*
 * node scripts/packaging/describe-package.mjs
 *
 * Prints the results of `npm run package` as JSON, for the packaged smoke test: path and size of the app, and the path
 * of its test build.
 */
import process from 'node:process';

import { Failure, runScript } from '../lib/failure.mjs';
import { packagedApp, testBuildFolder } from './packaged-app.mjs';
import { maxOwnBytes, ownCompressedBytes } from './package-size.mjs';

await runScript(async () => {
  const app = packagedApp();
  const compressedBytes = await ownCompressedBytes(app.resources).catch(() => {
    throw new Failure('There is no packaged app yet. Run "npm run package", then the same command again.');
  });
  const testBuild = packagedApp(testBuildFolder);
  process.stdout.write(JSON.stringify({ ...app, compressedBytes, maxCompressedBytes: maxOwnBytes, testBuild }));
});
