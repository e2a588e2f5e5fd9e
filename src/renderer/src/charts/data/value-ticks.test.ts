import { describe, expect, test } from 'vitest';
import { extremesOf, valueTicks } from './value-ticks';

describe('the numbers beside a chart', () => {
  test.each([
    [340, [0, 100, 200, 300, 400]],
    [1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [0.31, [0, 0.1, 0.2, 0.3, 0.4]],
    [11_000, [0, 2_500, 5_000, 7_500, 10_000, 12_500]],
    [7, [0, 2, 4, 6, 8]],
  ])('up to %d are round', (most, ticks) => {
    expect(valueTicks(most, 0)).toEqual(ticks);
  });

  test('are left to the chart where values lie below 0, or there are none', () => {
    expect(valueTicks(10, -1)).toBeNull();
    expect(valueTicks(0, 0)).toBeNull();
  });
});

test('a stack is as high as its values together', () => {
  const points = [
    { time: 0, values: [1, 2, null] },
    { time: 1, values: [5, 1, -2] },
  ];
  expect(extremesOf(points, false)).toEqual({ least: -2, most: 5 });
  expect(extremesOf(points.slice(0, 1), true)).toEqual({ least: 0, most: 3 });
});
