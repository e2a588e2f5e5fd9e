import { describe, expect, it } from 'vitest';
import { averagesOf, cohortsOf } from './cohorts';

const cellsOf = (...rows: number[][]) =>
  rows.flatMap((shares, start) => shares.map((share, age) => ({ row: 0, start, age, share })));

describe('cohorts', () => {
  it('are in order, with the average of each age', () => {
    const { rows, ages, averages } = cohortsOf(cellsOf([1, 0.5, 0.2], [1, 0.3]).toReversed());
    expect(rows.map(({ cells }) => cells.map(({ share }) => share))).toEqual([[1, 0.5, 0.2], [1, 0.3]]); // prettier-ignore
    expect(ages).toEqual([0, 1, 2]);
    expect([...averages.entries()].toSorted(([a], [b]) => a - b)).toEqual([[0, 1], [1, 0.4], [2, 0.2]]); // prettier-ignore
  });

  it('have churned from the age on at which hardly anybody is left, if others of that age are there', () => {
    const { rows } = cohortsOf(cellsOf([1, 0.6, 0.02, 0], [1, 0.6, 0.5, 0.4], [1, 0, 0.2], [1, 0.6, 0.05]));
    expect(rows.map(({ churnedAt }) => churnedAt)).toEqual([2, null, null, null]);
    // At the end of the data everybody is gone.
    expect(cohortsOf(cellsOf([1, 0], [1, 0])).rows.map(({ churnedAt }) => churnedAt)).toEqual([null, null]);
    expect(averagesOf([])).toEqual(new Map());
  });
});
