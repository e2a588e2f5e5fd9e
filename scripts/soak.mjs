#!/usr/bin/env node
/*
 * node scripts/soak.mjs [--minutes <n>] [--seed <n>]
 *
 * Uses the built app in a real window repeatedly, and fails if anything grows; see soak/.
 */
import process from 'node:process';
import { parseArgs } from 'node:util';

import { Failure, runScript } from './lib/failure.mjs';
import { runAttached } from './lib/processes.mjs';

await runScript(async () => {
  const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } });
  const env = { ...process.env };
  for (const [name, text] of Object.entries(values)) {
    if (!(Number(text) > 0)) throw new Failure(`--${name} takes a number greater than 0, not "${text}".`);
    env[`SOAK_${name.toUpperCase()}`] = text;
  }
  const playwright = ['node_modules/@playwright/test/cli.js', 'test', '-c', 'soak/playwright.config.ts'];
  return runAttached(process.execPath, ['scripts/with-display.mjs', process.execPath, ...playwright], { env });
});
