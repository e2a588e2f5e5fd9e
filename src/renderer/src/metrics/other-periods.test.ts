import { expect, it } from 'vitest';
import { defaultFormats } from '../format/formats';
import { otherPeriods } from './other-periods';

const week = 7 * 86_400_000;
const weeks = (numbers: readonly number[]) =>
  numbers.map((number) => ({ time: Date.UTC(2024, 0, 1) + number * week, values: [number] }));

it('a week is compared with the one before it at first, then with that of a year ago or any other', () => {
  const points = weeks(Array.from({ length: 60 }, (_, number) => number));
  const { others, usual } = otherPeriods(points, 55, 'week', defaultFormats);
  expect(others).toHaveLength(59);
  expect(usual).toBe(0);
  expect(others.slice(0, 3)).toEqual([
    { title: 'the week before, 2025-01-13', values: [54] },
    { title: 'a year ago, 2024-01-22', values: [3] },
    { title: '2025-02-17', values: [59] },
  ]);
});

it('the first period, and one after a gap, have none before them', () => {
  const points = weeks([0, 1, 3]);
  expect(otherPeriods(points, 0, 'week', defaultFormats).usual).toBeNull();
  const { others, usual } = otherPeriods(points, 2, 'week', defaultFormats);
  expect(usual).toBeNull();
  expect(others.map(({ title }) => title)).toEqual(['2024-01-08', '2024-01-01']);
  expect(otherPeriods(weeks([0]), 0, 'week', defaultFormats).others).toEqual([]);
});
