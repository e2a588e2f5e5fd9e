/** Repeatable random numbers. */
export interface SeededRandom {
  readonly seed: number;
  /** From 0 to below 1. */
  next(): number;
  /** A whole number from 0 to below `end`. */
  below(end: number): number;
}

/**
 * A random number generator for tests that prints its seed: `TEST_SEED=<seed>` repeats a failure.
 * @param test the test's name in the printed line
 */
export function seededRandom(test: string): SeededRandom {
  const seed = Number(process.env['TEST_SEED'] ?? Date.now() % 2 ** 31);
  process.stdout.write(`${test}: TEST_SEED=${seed}\n`);
  return randomOf(seed);
}

/** The generator for a seed, which isn't printed. */
export function randomOf(seed: number): SeededRandom {
  // mulberry32
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { seed, next, below: (end) => Math.floor(next() * end) };
}
