import { describe, expect, it } from 'vitest';
import { averagesOf, cohortsOf, isWeighted, type CohortCell } from './cohorts';

const cellsOf = (...rows: number[][]) =>
  rows.flatMap((shares, start) =>
    shares.map((share, age): CohortCell => ({ row: 0, start, age, share, members: null, unfinished: false })),
  );

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

  it('are not churned by a period that has only begun', () => {
    const cells = cellsOf([1, 0.6, 0], [1, 0.6, 0.6], [1, 0.6]);
    const unfinished = cells.map((cell) => ({ ...cell, unfinished: cell.start === 0 && cell.age === 2 }));
    expect(cohortsOf(cells).rows[0]?.churnedAt).toBe(2);
    expect(cohortsOf(unfinished).rows[0]?.churnedAt).toBeNull();
  });
});

describe('the average of cohorts', () => {
  const sized = (start: number, age: number, left: number, all: number, unfinished = false): CohortCell =>
    ({ row: 0, start, age, share: left / all, members: { all, left }, unfinished }); // prettier-ignore

  it('is the share of all members that are left, not the mean of shares', () => {
    const cells = [sized(0, 0, 900, 900), sized(1, 0, 100, 100), sized(0, 1, 450, 900), sized(1, 1, 10, 100)];
    expect(isWeighted(cells)).toBe(true);
    // 460 of 1,000; the mean of 50% and 10% is 30%.
    expect(averagesOf(cells)).toEqual(new Map([[0, 1], [1, 0.46]])); // prettier-ignore
  });

  it('leaves out the period that the data ends in', () => {
    const cells = [sized(0, 1, 450, 900), sized(1, 1, 10, 100, true), sized(0, 2, 200, 900, true)];
    expect(averagesOf(cells)).toEqual(new Map([[1, 0.5]]));
    expect(cohortsOf(cells).ages, 'its cells are shown all the same').toEqual([1, 2]);
  });

  it('is a mean of shares where a cohort has no size', () => {
    const cells = [...cellsOf([1, 0.5]), sized(1, 1, 10, 100)];
    expect(isWeighted(cells)).toBe(false);
    expect(averagesOf(cells).get(1)).toBeCloseTo(0.3);
  });
});
