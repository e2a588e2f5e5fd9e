import { expect, onTestFinished, test } from 'vitest';
import { elsewhere, testOrigin } from '../testing/refresh-elsewhere';
import { modelsFolder, temporaryWorkspace, writeEvents } from '../testing/temporary-workspace';
import { Warehouse } from './warehouse';

const events = [
  { at: '2025-01-06 10:00:00', team: 1 },
  { at: '2025-01-06 11:00:00', team: 1, user: 2 },
  { at: '2025-01-07 10:00:00', team: 2, user: null },
];

/** A warehouse whose gold came from a cluster; the workspace has no events. */
async function openWithClusterGold() {
  const workspace = await temporaryWorkspace();
  await writeEvents(workspace, events);
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  await warehouse.refresh({ engine: elsewhere });
  return { workspace, warehouse };
}

test('after a refresh on a cluster, days and figures come from its records', async () => {
  const { warehouse } = await openWithClusterGold();
  expect(await warehouse.summary()).toMatchObject({
    partitions: 2,
    files: 2,
    rows: 3,
    firstDate: '2025-01-06',
    lastDate: '2025-01-07',
    daysHere: 0,
    stale: false,
    staleDays: [],
    damagedFiles: [],
    lastRefresh: { cluster: testOrigin },
  });
  expect(await warehouse.days.list()).toMatchObject([
    { date: '2025-01-06', files: 1, rows: 2, users: 2, stale: false, modifiedAt: null },
    {
      date: '2025-01-07',
      files: 1,
      rows: 1,
      users: null,
      stale: false,
      failedChecks: [{ name: 'user_is_known', rows: 1 }],
    },
  ]);
});

test('the same while the database file is released', async () => {
  const { warehouse } = await openWithClusterGold();
  await warehouse.releaseFile();
  expect(await warehouse.summary()).toMatchObject({ partitions: 2, rows: 3, stale: false });
  expect(await warehouse.days.list()).toMatchObject([{ rows: 2 }, { rows: 1 }]);
  expect(warehouse.databaseFile.value.status).toBe('released');
});

test('bronze and silver are on the cluster, with their rows; gold is here', async () => {
  const { warehouse } = await openWithClusterGold();
  const models = new Map((await warehouse.models()).map((model) => [model.name, model]));
  expect(models.get('silver_events')).toMatchObject({
    built: null,
    problem: null,
    onCluster: { rows: 2, refreshId: 1 },
  });
  expect(models.get('bronze_events')).toMatchObject({ built: null, onCluster: { rows: 3 } });
  expect(models.get('gold_daily_active_users')).toMatchObject({ built: { rows: 1 }, onCluster: null });
});

test('requests for events say that they are on the cluster', async () => {
  const { warehouse } = await openWithClusterGold();
  const filter = { eventName: null, teamId: 1, platform: null };
  expect(await warehouse.filteredMetric('gold_daily_active_users', filter)).toEqual({
    applies: false,
    reason: 'The events are on the cluster https://trino.example.com:8443.',
  });
  expect(await warehouse.filterChoices()).toEqual({ eventNames: [], platforms: [] });
  await expect(warehouse.inspection.trace({ kind: 'user', id: 1 })).rejects.toMatchObject({
    message: "The events are on the cluster, so they can't be traced here.",
  });
});

test('a refresh here builds everything again, and days come from the files', async () => {
  const { workspace, warehouse } = await openWithClusterGold();
  await writeEvents(workspace, [{ at: '2025-03-03 10:00:00' }]);
  expect(await warehouse.summary()).toMatchObject({ rows: 3, daysHere: 1, stale: false });
  await warehouse.refresh();
  expect(await warehouse.summary()).toMatchObject({ rows: 1, partitions: 1, daysHere: 1, stale: false });
  const models = await warehouse.models();
  expect(models.filter(({ onCluster }) => onCluster !== null)).toEqual([]);
  expect(models.find(({ name }) => name === 'silver_events')?.built).toMatchObject({ rows: 1 });
});
