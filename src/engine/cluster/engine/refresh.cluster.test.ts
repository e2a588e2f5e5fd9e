import { cp } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ClusterAccess } from '../../../contract/cluster';
import { Console } from '../../console/console';
import { loadExamples } from '../../console/query-files';
import { Database } from '../../database/database';
import { advanceRequest } from '../../generation/plan/advance';
import { generate, generateRequest, type TestRun } from '../../testing/generation';
import { temporaryWorkspace } from '../../testing/temporary-workspace';
import { ClusterConsole } from '../console/cluster-console';
import { openCluster } from '../open-cluster';
import { appendRuns } from '../testing/append-runs';
import { differences, homeWorkspace, setUpCluster, sharedData, withWarehouse } from '../testing/real-cluster';

const messy: TestRun = {
  rows: 60_000,
  start: '2024-11-01',
  end: '2025-03-31',
  mess: {
    nullUsers: 0.01,
    emptyProperties: 0.02,
    duplicates: 0.01,
    lateEvents: 0.01,
    malformedJson: 0.005,
    schemaDrift: null,
  },
};

const gold = [
  'gold_daily_active_users',
  'gold_daily_revenue',
  'gold_monthly_stickiness',
  'gold_team_retention',
  'gold_top_teams',
  'gold_weekly_active_teams',
  'gold_weekly_active_users',
  'gold_weekly_events_by_type',
  'gold_weekly_purchase_funnel',
];

let access: ClusterAccess;

test('two shards, refreshed on the cluster, give what a refresh here gives, in full and in steps', async () => {
  const shared = await sharedData('equal');
  const { workspace } = shared;
  ({ access } = shared);
  for (const part of [1, 2]) {
    const shard = await temporaryWorkspace();
    await generate(shard, { ...messy, shard: { part, of: 2 } });
    await cp(shard.eventsFolder, workspace.eventsFolder, { recursive: true });
    await appendRuns(shard, workspace);
  }
  await setUpCluster(access);
  const home = await homeWorkspace();
  const compare = async (mode: string, full = false) => {
    const ours = await withWarehouse(home, (warehouse) =>
      warehouse.refresh({ on: 'cluster', cluster: access, mode: full ? 'full' : 'auto' }),
    );
    const theirs = await withWarehouse(workspace, (warehouse) => warehouse.refresh({}));
    expect(ours.mode).toBe(mode);
    expect(await differences(home, workspace, [...gold, 'refresh_days'])).toEqual([]);
    const checks = (of: typeof home) => withWarehouse(of, (warehouse) => warehouse.checks());
    const [onCluster, here] = [await checks(home), await checks(workspace)];
    expect(onCluster.map(({ name, result }) => ({ name, result }))).toEqual(
      here.map(({ name, result }) => ({ name, result })),
    );
    expect(here.filter(({ result }) => result?.passed === false).length).toBeGreaterThan(2);
    expect(ours.layerRows).toEqual(theirs.layerRows);
    expect([ours.checksPassed, ours.checksFailed]).toEqual([theirs.checksPassed, theirs.checksFailed]);
    return ours;
  };
  const first = await compare('full');
  expect(first).toMatchObject({
    status: 'succeeded',
    cluster: { server: access.settings.server, catalog: 'warehouse', schema: 'results_equal', refreshId: 1 },
  });
  expect(first.exports).toHaveLength(gold.length);
  for (let step = 1; step <= 3; step += 1) {
    await generateRequest(workspace, await advanceRequest(workspace, step));
    const entry = await compare('incremental');
    expect(entry).toMatchObject({ daysChanged: step, cluster: { refreshId: step + 1 } });
  }
  const same = await withWarehouse(home, (warehouse) => warehouse.refresh({ on: 'cluster', cluster: access }));
  expect(same).toMatchObject({ mode: 'unchanged', cluster: { refreshId: 4 }, exports: [] });
});

test('each example of the console for the cluster runs there, with its plan', async () => {
  const examples = (await loadExamples(path.resolve('resources/queries'))).filter(({ on }) => on === 'cluster');
  expect(examples).toHaveLength(4);
  const database = await Database.open(await temporaryWorkspace());
  const console = new Console(database);
  const client = await openCluster(access);
  onTestFinished(async () => {
    await console.closeAll();
    database.close();
    await client.close();
  });
  const cluster = new ClusterConsole(console, client);
  const rows: [string, number][] = [];
  for (const { title, sql } of examples) {
    const { result } = await cluster.run('tab', sql);
    rows.push([title, result.rows]);
    await expect(cluster.explain(sql)).resolves.toMatchObject({ plan: { totalMs: expect.any(Number) } });
  }
  // Of five months and six days.
  expect(rows).toEqual([
    ['Trino: weekly active teams', 24],
    ['Trino: events by name', 20],
    ['Trino: JSON values', 12],
    ['Trino: top events per month', 18],
  ]);
});
