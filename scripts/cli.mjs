#!/usr/bin/env node
/*
 * micro-warehouse <command> [options]
 *
 * The command line, also from a fresh clone: installs and builds missing parts first (with messages only on stderr),
 * then starts the app.
 */
import process from 'node:process';

import { runCommandLine } from './lib/command-line.mjs';
import { runScript } from './lib/failure.mjs';

await runScript(() => runCommandLine(process.argv.slice(2)));
