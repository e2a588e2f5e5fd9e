/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 */

/** The runners' words for a test that counts as failed. */
const failing = ['failed', 'interrupted', 'timed out'];

/** A flaky test failed first and passed when tried again. */
const passing = ['passed', 'flaky'];

/**
 * Adds up the closing lines of the test runners.
 *
 * @param {string} log the output of `npm test`
 * @returns {Counts | undefined} undefined if no runner printed any
 */
export function countTests(log) {
  const lines = plain(log).split(/\r?\n/);
  const found = lines.flatMap((line) => vitestCounts(line) ?? playwrightCount(line) ?? []);
  if (found.length === 0) return undefined;
  const sum = (/** @type {string[]} */ words) =>
    found.reduce((total, { count, word }) => total + (words.includes(word) ? count : 0), 0);
  return { passed: sum(passing), failed: sum(failing) };
}

/**
 * Vitest: "      Tests  1 failed | 12 passed | 2 skipped (15)".
 *
 * @param {string} line
 */
function vitestCounts(line) {
  const counts = /^\s*Tests {2}(.*) \(\d+\)$/.exec(line)?.[1];
  return counts?.split(' | ').map((part) => {
    const [count = '0', ...word] = part.trim().split(' ');
    return { count: Number(count), word: word.join(' ') };
  });
}

/**
 * Playwright: "  9 passed (20.1s)", and on lines of their own "  1 failed", "  2 flaky", "  1 interrupted".
 *
 * @param {string} line
 */
function playwrightCount(line) {
  const match = /^ {2}(\d+) (passed|failed|flaky|interrupted|timed out|skipped|did not run)( \([^)]*\))?$/.exec(line);
  return match ? [{ count: Number(match[1]), word: match[2] ?? '' }] : undefined;
}

/**
 * The skipped screenshot comparisons with their reasons, as printed by the tests (see e2e/looks.spec.ts).
 *
 * @param {string} log the output of `npm test`
 * @returns {string[]} a sentence each: "2 screenshot comparisons skipped: ..."
 */
export function skippedComparisons(log) {
  const reasons = [...plain(log).matchAll(/^\s*Screenshot comparison skipped: (.+?)\s*$/gm)].map(
    ([, reason = '']) => reason,
  );
  return [...new Set(reasons)].map((reason) => {
    const count = reasons.filter((other) => other === reason).length;
    return `${count} screenshot ${count === 1 ? 'comparison' : 'comparisons'} skipped: ${reason}`;
  });
}

/**
 * What test:cluster and .ci/run say about tests on a cluster that did not run, in the order of the log.
 *
 * @param {string} log the output of `npm run test:cluster`
 * @returns {string[]} a sentence each: "Cluster tests skipped: ..."
 */
export function skippedClusterTests(log) {
  return [...plain(log).matchAll(/^Cluster tests (?:skipped: |cut short ).+?\s*$/gm)].map(([line]) => line.trim());
}

/** @param {string} log */
function plain(log) {
  // eslint-disable-next-line no-control-regex -- colours are control characters
  return log.replace(/\u001b\[[0-9;]*m/g, '');
}
