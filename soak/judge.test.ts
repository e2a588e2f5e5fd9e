import { describe, expect, test } from 'vitest';
import { Random } from './random';
import { judge, type Series } from './judge';

const minutes = 60;

/** Samples of a made-up value, one per minute. */
function series(value: (minute: number) => number, tolerance = 2, count = minutes): Series {
  const samples = Array.from({ length: count }, (_, minute) => ({ at: minute, value: value(minute) }));
  return { name: 'made up', samples, tolerance };
}

/** Normal noise with a standard deviation of 1, as a sum of twelve uniform numbers. */
function noiseOf(seed: number): () => number {
  const random = new Random(seed);
  return () => Array.from({ length: 12 }, () => random.next()).reduce((sum, value) => sum + value, -6);
}

describe('flat are', () => {
  test('a value that does not move', () => {
    expect(judge(series(() => 40))).toMatchObject({ flat: true, growth: 0, first: 40, last: 40 });
  });

  test('one that rises in the first tenth and then stays', () => {
    expect(judge(series((minute) => Math.min(minute, 5) * 100))).toMatchObject({ flat: true, growth: 0 });
  });

  test('one that shrinks', () => {
    const { flat, growth } = judge(series((minute) => 500 - minute));
    expect(flat).toBe(true);
    expect(growth).toBeCloseTo(-53);
  });

  test('noise, whatever its size and seed', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const noise = noiseOf(seed);
      expect(judge(series(() => 300 + 20 * noise(), 0)).flat, `seed ${seed}`).toBe(true);
    }
  });

  test('the teeth of a collector that comes now and then', () => {
    expect(judge(series((minute) => 100 + 10 * (minute % 7))).flat).toBe(true);
  });

  test('a value with a few outliers, even at its end', () => {
    expect(judge(series((minute) => (minute > 56 ? 900 : 100))).flat).toBe(true);
  });
});

describe('not flat are', () => {
  test('one more with each round', () => {
    const { flat, growth, first, last } = judge(series((minute) => 30 + minute));
    expect(flat).toBe(false);
    expect(growth).toBeCloseTo(53);
    expect(last - first).toBeCloseTo(43);
  });

  test('a leak as large as the noise, over time, whatever the seed', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const noise = noiseOf(seed);
      expect(judge(series((minute) => 300 + 20 * noise() + 2 * minute, 5)).flat, `seed ${seed}`).toBe(false);
    }
  });

  test('one descriptor with every third round', () => {
    expect(judge(series((minute) => 200 + Math.floor(minute / 3))).flat).toBe(false);
  });

  test('steps that stay', () => {
    expect(judge(series((minute) => 10 * Math.floor(minute / 15))).flat).toBe(false);
  });

  test('growth below the teeth of a collector', () => {
    expect(judge(series((minute) => 100 + 10 * (minute % 7) + 2 * minute)).flat).toBe(false);
  });
});

test('a growth within the tolerance is none', () => {
  const slow = (minute: number) => 100 + minute / 30;
  expect(judge(series(slow, 2)).flat).toBe(true);
  expect(judge(series(slow, 1)).flat).toBe(false);
});

test('a few samples have no trend', () => {
  expect(() => judge(series(() => 1, 2, 8))).toThrow('made up has 7 samples after the first tenth; 8 are needed.');
});
