import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { RunLogEntry } from '../../../contract/generation';
import { shardCommands, shardInventorySchema } from '../../../contract/publish/shards';
import { mergeRuns } from '../../commit/published-runs';
import { logEntryOf, requestOf, type TestRun } from '../../testing/generation';
import { refuseMissingShards, shardInventories, shardInventory } from './shards';

const { recipe } = requestOf();

/** Runs of these shards, the newest first; null for the whole recipe. */
function runsOf(...shards: readonly (string | null)[]): RunLogEntry[] {
  return shards.map((shard, index) => {
    const [part = 0, of = 0] = (shard ?? '').split('/').map(Number);
    return logEntryOf(`r${index}`, shard === null ? {} : { shard: { part, of } });
  });
}

test('an inventory counts shards by the fullest division, or by the one that is asked for', () => {
  const runs = runsOf('2/3', '1/5', '3/3', '2/3');
  expect(shardInventory(runs, recipe)).toMatchObject({
    of: 3,
    arrived: [2, 3],
    missing: [1],
    twice: [{ part: 2, of: 3, runIds: ['r0', 'r3'] }],
    others: [{ part: 1, of: 5, runIds: ['r1'] }],
    whole: [],
    complete: false,
  });
  expect(shardInventory(runs, recipe, 5)).toMatchObject({ of: 5, arrived: [1], missing: [2, 3, 4, 5], twice: [] });
  expect(shardInventory(runs, recipe, 4)).toMatchObject({ arrived: [], missing: [1, 2, 3, 4], complete: false });
  expect(shardInventorySchema.parse(shardInventory(runs, recipe))).toEqual(shardInventory(runs, recipe));
  expect(shardInventory([], recipe)).toMatchObject({ of: null, arrived: [], missing: [], complete: false });
  expect(shardInventory(runsOf('1/2', null), recipe)).toMatchObject({ whole: ['r1'], missing: [2], complete: true });
});

test('only runs that succeeded, of this recipe, and since the last replacement count', () => {
  const [failed, other, replaced] = runsOf('1/2', '1/2', '1/2');
  if (!failed || !other || !replaced) throw new Error('unreachable');
  const strange: TestRun = { seed: 9, shard: { part: 2, of: 2 } };
  const runs = [{ ...failed, status: 'failed' as const }, logEntryOf('s', strange), ...runsOf('2/2')];
  expect(shardInventory(runs, recipe)).toMatchObject({ arrived: [2], missing: [1] });
  expect(shardInventories(runs).map(({ arrived }) => arrived)).toEqual([[2], [2]]);
  const replacing = logEntryOf('new', { mode: 'replace', shard: { part: 2, of: 2 } });
  expect(shardInventory([replacing, replaced], recipe)).toMatchObject({ arrived: [2], missing: [1] });
  // The way files are written doesn't change the rows.
  const packed = logEntryOf('zstd', { compression: 'zstd', shard: { part: 1, of: 2 } });
  expect(shardInventory([packed, ...runsOf('2/2')], recipe)).toMatchObject({ complete: true });
});

test('a recipe is continued only when all of its shards are there', () => {
  expect(() => refuseMissingShards(runsOf('2/4', '4/4'), recipe)).toThrow('Shards 1 and 3 of 4 of the last recipe are missing.');
  for (const runs of [runsOf('1/2', '2/2'), runsOf(null), runsOf('1/2', null), runsOf('1/2', '1/3', '2/3', '3/3'), runsOf('1/1')])
    expect(() => refuseMissingShards(runs, recipe)).not.toThrow();
}); // prettier-ignore

test('merged logs keep the order of each, are newest first, and have each run once', () => {
  const at = (runId: string, second: number) => ({ ...logEntryOf(runId), finishedAt: `2026-01-01T00:00:${String(second).padStart(2, '0')}.000Z` }); // prettier-ignore
  // The clock of the first log was set back.
  const own = [at('own3', 10), at('own2', 40), at('own1', 5)];
  const published = [at('p2', 30), at('own2', 40), at('p1', 7)];
  const merged = mergeRuns(own, published).map(({ runId }) => runId);
  expect(merged).toEqual(['p2', 'own3', 'own2', 'p1', 'own1']);
  expect(mergeRuns([], published)).toEqual(published);
  expect(mergeRuns(own, [])).toEqual(own);
});

test('a shell passes the words of a command on as they are', () => {
  const line = 'mw1 realistic rows=10 launch=2024-03-01*1.5 churn=2024-02@2024-09-01';
  for (const location of ['/mnt/share', '/mnt/my share', `/mnt/it's`, '/mnt/$HOME `id` "x" !y', String.raw`/mnt/a\b`, 's3://lake/a;b&c']) {
    const [first = '', second = ''] = shardCommands(line, 2, location);
    expect(second).toContain('--shard 2/2');
    const words = execFileSync('sh', ['-c', first.replace('micro-warehouse', String.raw`printf '%s\n'`)], { encoding: 'utf8' });
    expect(words.split('\n').slice(0, -1)).toEqual(['generate', '--recipe', line, '--shard', '1/2', '--publish', location]);
  }
  expect(shardCommands(line, 3, ' ')).toHaveLength(3);
}); // prettier-ignore
