#!/usr/bin/env node
/*
 * micro-warehouse <command> [options]
 *
 * The command line, from a fresh clone too: installs and builds what is missing first (and speaks of that on stderr
 * only), then hands over to the app.
 */
import process from 'node:process';

import { runCommandLine } from './lib/command-line.mjs';
import { runScript } from './lib/failure.mjs';

await runScript(() => runCommandLine(process.argv.slice(2)));
