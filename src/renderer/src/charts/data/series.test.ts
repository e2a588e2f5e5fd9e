import { describe, expect, it } from 'vitest';
import { cadenceOf, summarise } from './series';

describe('cadenceOf', () => {
  const spaced = (...days: number[]) => days.map((days_) => ({ time: days_ * 86_400_000, values: [] }));

  it('knows days, weeks and months, gaps or not', () => {
    expect(cadenceOf(spaced(0, 1, 2, 5))).toBe('day');
    expect(cadenceOf(spaced(0, 7, 14, 28))).toBe('week');
    expect(cadenceOf(spaced(0, 31, 59, 90))).toBe('month');
    expect(cadenceOf(spaced(0, 3))).toBe('point');
    expect(cadenceOf([])).toBe('point');
  });
});

describe('summarise', () => {
  it('gives the figures, without the missing values', () => {
    const points = [4, null, 10, 1].map((value, time) => ({ time, values: [value] }));
    expect(summarise(points, 0)).toEqual({ lowest: 1, highest: 10, average: 5, latest: 1 });
    expect(summarise([], 0)).toBeNull();
  });
});
