#!/usr/bin/env node
/*
 * node scripts/set-up.mjs start|test|cli
 *
 * Installs what is missing: npm's packages, an Electron runtime, system libraries. Plain Node, because it runs before
 * anything is installed. Says nothing when nothing is missing.
 */
import process from 'node:process';

import { Failure, runScript } from './lib/failure.mjs';
import { purposes, setUp } from './lib/set-up.mjs';

await runScript(async () => {
  const purpose = purposes.find((name) => name === process.argv[2]);
  if (purpose === undefined) throw new Failure(`Usage: node scripts/set-up.mjs ${purposes.join('|')}`);
  await setUp(purpose);
});
