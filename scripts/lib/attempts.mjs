/**
 * @typedef {object} Attempts
 * @property {number} tried
 * @property {number} held
 * @property {number} broken
 */

/**
 * Adds up the lines "<subject>: tried 3, held 3, broken 0" that tests print.
 *
 * @param {string} output
 * @returns {Attempts}
 */
export function countAttempts(output) {
  const sums = { tried: 0, held: 0, broken: 0 };
  for (const [, tried, held, broken] of output.matchAll(/: tried (\d+), held (\d+), broken (\d+)$/gm)) {
    sums.tried += Number(tried);
    sums.held += Number(held);
    sums.broken += Number(broken);
  }
  return sums;
}
