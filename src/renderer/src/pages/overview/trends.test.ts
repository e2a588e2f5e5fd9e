import { expect, it } from 'vitest';
import type { Partition } from '../../../../contract/partitions';
import { trendOf, usersOf } from './trends';

const day = (date: string, rows: number, users: number | null = null): Partition => ({
  date,
  files: rows > 0 ? 1 : 0,
  rows,
  bytes: rows,
  modifiedAt: null,
  damagedFiles: [],
  leftOutFiles: [],
  locked: false,
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
  expect(trendOf(days, rowsOf)).toEqual({ weeks: [10, 15], last: '2025-01-16', change: 0.5 });
});

it('counts a missing day as nothing', () => {
  const days = january([...Array<number>(7).fill(7), ...Array<number>(7).fill(7)]);
  const gap = days.filter(({ date }) => date !== '2025-01-10');
  expect(trendOf(gap, rowsOf).weeks).toEqual([7, 6]);
});

it('ends with the last week that is known, while later days are not counted yet', () => {
  const counted = january(Array<number>(17).fill(9)).map((known, index) => ({
    ...known,
    users: index < 7 ? 10 : index < 14 ? 12 : null,
    stale: index >= 14,
  }));
  const users = (days: readonly Partition[]) => trendOf(days, (known) => usersOf(known, true));
  expect(users(counted)).toEqual({ weeks: [10, 12], last: '2025-01-14', change: expect.closeTo(0.2) });
  // A day whose files have changed since is not known any more, though an old count of it is there.
  const rewritten = counted.map((known, index) => (index === 9 ? { ...known, stale: true } : known));
  expect(users(rewritten)).toEqual({ weeks: [expect.closeTo((7 * 10 + 2 * 2) / 7)], last: '2025-01-09', change: null });
  // A day of which no event has a user has none; before a refresh nobody knows.
  expect(usersOf({ ...day('2025-01-01', 5), users: null }, true)).toBe(0);
  expect(usersOf({ ...day('2025-01-01', 5), users: null }, false)).toBeNull();
});

it('says nothing of a change where there is nothing before', () => {
  expect(trendOf([], rowsOf)).toEqual({ weeks: [], last: null, change: null });
  expect(trendOf(january([1, 2, 3]), rowsOf)).toEqual({ weeks: [], last: null, change: null });
  expect(trendOf(january([9, 9, 9, 9, 9, 9, 9]), rowsOf)).toEqual({ weeks: [9], last: '2025-01-07', change: null });
  expect(trendOf(january([9, 9, 9, 9, 9, 9, 9]), () => null)).toEqual({ weeks: [], last: null, change: null });
});

it('keeps half a year at most', () => {
  const days = Array.from({ length: 400 }, (_, index) =>
    day(new Date(Date.UTC(2024, 0, 1 + index)).toISOString().slice(0, 10), 1),
  );
  expect(trendOf(days, rowsOf).weeks).toHaveLength(26);
});
