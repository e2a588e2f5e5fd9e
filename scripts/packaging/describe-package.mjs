#!/usr/bin/env node
/*
 * node scripts/packaging/describe-package.mjs
 *
 * Tells as JSON what `npm run package` made: where it lies and how large it is, and where the test build of it lies. The
 * packaged smoke test asks.
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
