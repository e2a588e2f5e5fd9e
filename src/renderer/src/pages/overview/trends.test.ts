import { expect, it } from 'vitest';
import type { Partition } from '../../../../contract/partitions';
import { trendOf } from './trends';

const day = (date: string, rows: number, users: number | null = null): Partition => ({
  date,
  files: rows > 0 ? 1 : 0,
  rows,
  bytes: rows,
  modifiedAt: null,
  damagedFiles: [],
  stale: false,
  users,
  failedChecks: [],
});
const january = (rows: readonly number[]) =>
  rows.map((amount, index) => day(`2025-01-${String(index + 1).padStart(2, '0')}`, amount));
const rowsOf = ({ rows }: Partition) => rows;

it('counts whole weeks back from the last day, and compares the last two', () => {
  // The first two days fill no week.
  const days = january([900, 900, ...Array<number>(7).fill(10), ...Array<number>(7).fill(15)]);
  expect(trendOf(days, rowsOf)).toEqual({ weeks: [10, 15], change: 0.5 });
});

it('counts a missing day as nothing, and leaves out days that nobody has counted', () => {
  const days = january([...Array<number>(7).fill(7), ...Array<number>(7).fill(7)]);
  const gap = days.filter(({ date }) => date !== '2025-01-10');
  expect(trendOf(gap, rowsOf).weeks).toEqual([7, 6]);
  const counted = days.map((known, index) => ({ ...known, users: index < 13 ? 5 : null }));
  expect(trendOf(counted, ({ users }) => users).weeks).toEqual([5, 5]);
});

it('says nothing of a change where there is nothing before', () => {
  expect(trendOf([], rowsOf)).toEqual({ weeks: [], change: null });
  expect(trendOf(january([1, 2, 3]), rowsOf)).toEqual({ weeks: [], change: null });
  expect(trendOf(january([9, 9, 9, 9, 9, 9, 9]), rowsOf)).toEqual({ weeks: [9], change: null });
  expect(trendOf(january([9, 9, 9, 9, 9, 9, 9]), () => null)).toEqual({ weeks: [], change: null });
});

it('keeps half a year at most', () => {
  const days = Array.from({ length: 400 }, (_, index) =>
    day(new Date(Date.UTC(2024, 0, 1 + index)).toISOString().slice(0, 10), 1),
  );
  expect(trendOf(days, rowsOf).weeks).toHaveLength(26);
});
