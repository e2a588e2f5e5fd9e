import { expect, it } from 'vitest';
import type { PastRun } from '../../../contract/generation';
import { recipeSchema } from '../../../contract/recipe';
import type { RefreshLogEntry } from '../../../contract/warehouse';
import { activityEntries, byDay, durationAxis, passes } from './entries';
import { defaultFormats as formats } from '../format/formats';

const at = (day: number, hour: number) => new Date(2025, 10, day, hour).toISOString();

function run(runId: string, startedAt: string): PastRun {
  return {
    runId,
    startedAt,
    finishedAt: startedAt,
    status: 'succeeded',
    request: {
      recipe: recipeSchema.parse({}),
      mode: 'append',
      workers: 1,
      shard: null,
    },
    rows: 1,
    files: 1,
    bytes: 1,
    recipeLine: '',
    facts: [],
  };
}

function refresh(refreshId: number, startedAt: string): RefreshLogEntry {
  return {
    refreshId,
    startedAt,
    finishedAt: startedAt,
    status: 'succeeded',
    modelRows: {},
    files: 1,
    bytes: 1,
    exports: [],
  };
}

it('merges both logs by day, newest first', () => {
  const entries = activityEntries(
    [run('b', at(3, 12)), run('a', at(2, 9))],
    [refresh(2, at(3, 13)), refresh(1, at(3, 11))],
  );
  expect(byDay(entries, formats).map(({ day, entries: of }) => [day, of.map(({ key }) => key)])).toEqual([
    ['2025-11-03', ['refresh-2', 'run-b', 'refresh-1']],
    ['2025-11-02', ['run-a']],
  ]);
});

it('filters by kind, and by what failed or found failing checks', () => {
  const failedRun = { ...run('failed', at(2, 9)), status: 'failed' as const };
  const objecting = { ...refresh(2, at(3, 13)), checksFailed: 1 };
  const entries = activityEntries([run('good', at(1, 9)), failedRun], [refresh(1, at(1, 10)), objecting]);
  const keys = (filter: Parameters<typeof passes>[0]) =>
    entries.filter((entry) => passes(filter, entry)).map(({ key }) => key);
  expect(keys('all')).toHaveLength(4);
  expect(keys('runs')).toEqual(['run-failed', 'run-good']);
  expect(keys('refreshes')).toEqual(['refresh-2', 'refresh-1']);
  expect(keys('failed')).toEqual(['refresh-2', 'run-failed']);
});

it('lays durations out between round ones', () => {
  const axis = durationAxis([300, 5_000]);
  expect(axis.ticks).toEqual([100, 1_000, 10_000]);
  expect(axis.place(100)).toBe(0);
  expect(axis.place(1_000)).toBeCloseTo(0.5);
  expect(axis.place(10_000)).toBe(1);
  expect(durationAxis([0]).ticks).toEqual([10]);
  expect(durationAxis([90_000_000]).ticks).toEqual([36_000_000]);
});
