import { expect, it } from 'vitest';
import type { PastRun } from '../../../../contract/generation';
import { recipeSchema } from '../../../../contract/recipe';
import type { RefreshLogEntry } from '../../../../contract/warehouse';
import { activityDays } from './entries';

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
  const days = activityDays([run('b', at(3, 12)), run('a', at(2, 9))], [refresh(2, at(3, 13)), refresh(1, at(3, 11))]);
  expect(days.map(({ day, entries }) => [day, entries.map(({ key }) => key)])).toEqual([
    ['2025-11-03', ['refresh 2', 'run b', 'refresh 1']],
    ['2025-11-02', ['run a']],
  ]);
});
