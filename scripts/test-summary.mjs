#!/usr/bin/env node
/*
 * node scripts/test-summary.mjs <log of npm test>
 *
 * Prints "N passed, N failed", summed from the closing lines of the test runners in the log.
 */
import { readFileSync } from 'node:fs';
import process from 'node:process';

import { Failure, runScript } from './lib/failure.mjs';
import { countTests } from './lib/test-counts.mjs';

await runScript(async () => {
  const file = process.argv[2];
  if (file === undefined) throw new Failure('Usage: node scripts/test-summary.mjs <log of npm test>');
  const counts = countTests(readFileSync(file, 'utf8'));
  if (counts === undefined)
    throw new Failure('No test runner got as far as its closing line, so there is nothing to count.');
  process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);
  return counts.failed > 0 ? 1 : 0;
});
