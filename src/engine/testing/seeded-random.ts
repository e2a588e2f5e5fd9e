/** Draws that can be repeated. */
export interface SeededRandom {
  readonly seed: number;
  /** From 0 up to, but without, 1. */
  next(): number;
  /** A whole number from 0 up to, but without, `end`. */
  below(end: number): number;
}

/**
 * A generator of random numbers for tests, whose seed is printed: a failure can be repeated with `TEST_SEED=<seed>`.
 * @param test what the line that is printed calls it
 */
export function seededRandom(test: string): SeededRandom {
  const seed = Number(process.env['TEST_SEED'] ?? Date.now() % 2 ** 31);
  process.stdout.write(`${test}: TEST_SEED=${seed}\n`);
  return randomOf(seed);
}

/** The generator of a seed, which nothing prints. */
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
