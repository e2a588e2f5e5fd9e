import { cp } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { advanceRequest } from '../../generation/plan/advance';
import { generate, generateRequest, type TestRun } from '../../testing/generation';
import { temporaryWorkspace } from '../../testing/temporary-workspace';
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

test('two shards, refreshed on the cluster, give what a refresh here gives, in full and in steps', async () => {
  const { workspace, access } = await sharedData('equal');
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
