import { expect, test } from 'vitest';

import { countTests, skippedClusterTests, skippedComparisons } from './test-counts.mjs';

const vitestEnd = `
 Test Files  2 passed (2)
      Tests  12 passed (12)
   Start at  12:00:00
`;

test('vitest alone, in colours', () => {
  const line =
    '\u001b[2m      Tests \u001b[22m \u001b[1m\u001b[32m12 passed\u001b[39m\u001b[22m\u001b[90m (12)\u001b[39m';
  expect(countTests(line)).toEqual({ passed: 12, failed: 0 });
});

test('vitest with failures, skipped and to do', () => {
  expect(countTests('      Tests  3 failed | 40 passed | 2 skipped | 1 todo (46)')).toEqual({ passed: 40, failed: 3 });
});

test('both runners are added up', () => {
  expect(countTests(`${vitestEnd}\n  9 passed (20.1s)\n`)).toEqual({ passed: 21, failed: 0 });
});

test('playwright with failed, flaky, interrupted and skipped tests', () => {
  const end = [
    '  1 failed',
    '    [electron] › console.spec.ts:5:1 › answers ',
    '  1 interrupted',
    '    [electron] › console.spec.ts:9:1 › cancels ',
    '  2 flaky',
    '  3 skipped',
    '  4 did not run',
    '  8 passed (1.2m)',
  ].join('\n');
  expect(countTests(end)).toEqual({ passed: 10, failed: 2 });
});

test('nothing is made up: without a closing line there is no count', () => {
  expect(countTests('12 passed, so they say\n Test Files  2 passed (2)\n9 passed (20s)\n')).toBeUndefined();
  expect(countTests('      Tests  no tests\n')).toBeUndefined();
});

test('comparisons of screenshots that were skipped are told with their reason', () => {
  const line = 'Screenshot comparison skipped: there are no pictures of Chromium 140';
  expect(
    skippedComparisons(
      `  -  1 looks.spec.ts\n\u001b[33m${line}\u001b[39m\r\n${line}\n  2 skipped\n  9 passed (20.1s)\n`,
    ),
  ).toEqual(['2 screenshot comparisons skipped: there are no pictures of Chromium 140']);
  expect(skippedComparisons(`${line}\n`)).toEqual([
    '1 screenshot comparison skipped: there are no pictures of Chromium 140',
  ]);
  expect(skippedComparisons('  9 passed (20.1s)\n')).toEqual([]);
});

test('tests on a cluster that did not run are told, and count neither as passed nor as failed', () => {
  const log = [
    'Cluster tests skipped: missing here: a Java development kit, version 24 or newer, mvn.',
    '      Tests  2 passed | 3 skipped (5)',
    '  1 skipped',
    'Cluster tests cut short after 9 minutes; those that had not run are skipped.',
    'The Cluster tests skipped: no line of ours',
  ].join('\n');
  expect(skippedClusterTests(log)).toEqual([
    'Cluster tests skipped: missing here: a Java development kit, version 24 or newer, mvn.',
    'Cluster tests cut short after 9 minutes; those that had not run are skipped.',
  ]);
  expect(countTests(log)).toEqual({ passed: 2, failed: 0 });
});
