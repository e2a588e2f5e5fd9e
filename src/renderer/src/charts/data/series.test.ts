import { describe, expect, it } from 'vitest';
import type { Block } from '../../results/rows/block';
import { cadenceOf, summarise, toTimeSeries } from './series';

function block(rows: (number | null)[][]): Block {
  return { rows: rows.length, text: () => null, number: (row, column) => rows[row]?.[column] ?? null };
}

const week = 7 * 86_400_000;
const columns = [
  { name: 'week', type: 'TIMESTAMP' },
  { name: 'note', type: 'VARCHAR' },
  { name: 'teams', type: 'BIGINT' },
];

describe('toTimeSeries', () => {
  it('sets numbers against time, in the order of time, over all blocks', () => {
    const series = toTimeSeries(columns, [
      block([[week, null, 5]]),
      block([
        [0, null, 3],
        [null, null, 9],
      ]),
    ]);
    expect(series).toEqual({
      names: ['teams'],
      points: [
        { time: 0, values: [3] },
        { time: week, values: [5] },
      ],
    });
  });

  it('is null without a time or a number', () => {
    expect(toTimeSeries([{ name: 'teams', type: 'BIGINT' }], [])).toBeNull();
    expect(toTimeSeries([{ name: 'day', type: 'DATE' }], [])).toBeNull();
  });
});

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
