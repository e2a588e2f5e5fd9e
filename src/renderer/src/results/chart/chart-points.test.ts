import { expect, it } from 'vitest';
import type { ChartData } from '../../../../contract/result-work';
import { isStacked } from './chart-points';

const series = (...values: (readonly (number | null)[])[]): Pick<ChartData, 'series'> => ({
  series: values.map((own, index) => ({ name: `s${index}`, points: own.map((y, x) => [x, y]) })),
});

it('stacks areas and bars of several series that add up', () => {
  const two = series([1, 2], [3, 0]);
  expect(isStacked({ kind: 'area', aggregate: 'sum' }, two)).toBe(true);
  expect(isStacked({ kind: 'bar', aggregate: 'count' }, two)).toBe(true);
});

it('stacks nothing whose sum would have no meaning or no place', () => {
  const two = series([1, 2], [3, 0]);
  expect(isStacked({ kind: 'line', aggregate: 'sum' }, two)).toBe(false);
  expect(isStacked({ kind: 'area', aggregate: 'average' }, two)).toBe(false);
  expect(isStacked({ kind: 'area', aggregate: 'sum' }, series([1, 2]))).toBe(false);
  expect(isStacked({ kind: 'bar', aggregate: 'sum' }, series([1, 2], [3, -1]))).toBe(false);
});
