import { expect, it } from 'vitest';
import { totalsOf } from './totals';

it('adds up, and counts only the days that have files', () => {
  const day = {
    date: '2025-01-01',
    modifiedAt: '2025-01-01T00:00:00Z',
    damagedFiles: [],
    leftOutFiles: [],
    locked: false,
    stale: false,
    users: null,
    failedChecks: [],
  };
  expect(
    totalsOf([
      { ...day, files: 1, rows: 10, bytes: 100 },
      { ...day, files: 0, rows: 0, bytes: 0 },
      {
        ...day,
        files: 1,
        rows: 5,
        bytes: 10,
        failedChecks: [{ name: 'ids_in_range', severity: 'error', scope: 'day', rows: 2 }],
      },
      { ...day, files: 2, rows: 5, bytes: 50, damagedFiles: ['data/events/date=2025-01-01/events-x.parquet'] },
    ]),
  ).toEqual({
    days: 3,
    files: 4,
    rows: 20,
    bytes: 160,
    damagedFiles: ['data/events/date=2025-01-01/events-x.parquet'],
    stale: 0,
    failing: 1,
  });
});
