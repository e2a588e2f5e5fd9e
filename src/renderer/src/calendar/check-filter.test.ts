import { expect, it } from 'vitest';
import type { Partition } from '../../../contract/partitions';
import { failingChecksOf, failuresPer100, onlyChecks } from './check-filter';

type Failed = Partition['failedChecks'][number];
const json: Failed = { name: 'properties_valid', severity: 'error', scope: 'day', rows: 3 };
const twice: Failed = { name: 'no_duplicates', severity: 'warning', scope: 'day', rows: 2 };
const gap: Failed = { name: 'no_missing_day', severity: 'warning', scope: 'warehouse', rows: 1 };

const day = (date: string, failedChecks: Failed[], rest: Partial<Partition> = {}): Partition => ({
  date,
  locked: false,
  files: 1,
  rows: 100,
  bytes: 1,
  modifiedAt: null,
  damagedFiles: [],
  leftOutFiles: [],
  stale: false,
  users: 1,
  failedChecks,
  ...rest,
});

it('counts the days of each failing check, errors first', () => {
  const partitions = [day('2025-01-01', [twice, json]), day('2025-01-02', [twice]), day('2025-01-03', [])];
  expect(failingChecksOf(partitions)).toEqual([
    { name: 'properties_valid', severity: 'error', days: 1 },
    { name: 'no_duplicates', severity: 'warning', days: 2 },
  ]);
});

it('keeps the chosen checks only', () => {
  const [only] = onlyChecks([day('2025-01-01', [twice, json])], ['no_duplicates']);
  expect(only?.failedChecks).toEqual([twice]);
  const all = [day('2025-01-01', [twice])];
  expect(onlyChecks(all, [])).toBe(all);
});

it('gives the failures per 100 rows, of checks whose rows are events', () => {
  expect(failuresPer100(day('2025-01-01', [json, twice, gap]))).toBe(5);
  expect(failuresPer100(day('2025-01-01', []))).toBe(0);
  expect(
    failuresPer100(
      day('2025-01-01', [
        { ...json, rows: 90 },
        { ...twice, rows: 90 },
      ]),
    ),
    'a row counts once for each check that it fails, so that there may be more failures than rows',
  ).toBe(180);
  expect(
    failuresPer100(day('2025-01-01', [json], { stale: true })),
    'the files are not those that were checked',
  ).toBeNull();
  expect(failuresPer100(day('2025-01-01', [], { files: 0, rows: 0 }))).toBeNull();
});
