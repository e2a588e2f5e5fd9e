#!/usr/bin/env node
/*
 * node scripts/test-summary.mjs <log of npm test, and of npm run test:cluster>
 *
 * Prints the screenshot comparisons and the tests on a cluster that were skipped, with the reason, and as its last line
 * "N passed, N failed", summed from the closing lines of the test runners in the log.
 */
import { readFileSync } from 'node:fs';
import process from 'node:process';

import { Failure, runScript } from './lib/failure.mjs';
import { countTests, skippedClusterTests, skippedComparisons } from './lib/test-counts.mjs';

await runScript(async () => {
  const file = process.argv[2];
  if (file === undefined) throw new Failure('Usage: node scripts/test-summary.mjs <log of npm test>');
  const log = readFileSync(file, 'utf8');
  const counts = countTests(log);
  if (counts === undefined)
    throw new Failure('No test runner got as far as its closing line, so there is nothing to count.');
  const skipped = [...skippedComparisons(log), ...skippedClusterTests(log)];
  const lines = [...skipped, `${counts.passed} passed, ${counts.failed} failed`];
  process.stdout.write(`${lines.join('\n')}\n`);
  return counts.failed > 0 ? 1 : 0;
});
