#!/usr/bin/env node
/*
 * node scripts/build.mjs
 *
 * Builds the app into out/, and records its sources, so that other commands needn't build it again.
 */
import { build } from './lib/build.mjs';
import { runScript } from './lib/failure.mjs';
import { withLock } from './lib/lock.mjs';
import { setUp } from './lib/set-up.mjs';

await runScript(async () => {
  await setUp();
  await withLock('build', build);
});
