#!/usr/bin/env node
/*
 * node scripts/set-up.mjs [--window [--display]]
 *
 * Installs missing parts: npm's packages; with --window, everything for a window, if one can be shown; with --display,
 * a virtual screen if there is none. Plain Node, because it runs before anything is installed. Prints nothing if
 * nothing is missing.
 */
import process from 'node:process';
import { parseArgs } from 'node:util';

import { Failure, runScript } from './lib/failure.mjs';
import { setUp } from './lib/set-up.mjs';

await runScript(() => setUp(readOptions(process.argv.slice(2))));

/** @param {string[]} args */
function readOptions(args) {
  try {
    return parseArgs({ args, options: { window: { type: 'boolean' }, display: { type: 'boolean' } } }).values;
  } catch {
    throw new Failure('Usage: node scripts/set-up.mjs [--window [--display]]');
  }
}
