import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import type { RefreshStep } from '../../../contract/warehouse';
import { openLocation } from '../../publish/open-location';
import { publishRuns } from '../../publish/publish';
import { quoteText } from '../../sql/quote';
import { generate } from '../../testing/generation';
import { workspaceAt, type Workspace } from '../../workspace';
import { clusterEngine } from './cluster-engine';
import {
  differences, homeWorkspace, realCluster, sessionOf, setUpCluster, sharedData, someModels, withWarehouse, type SharedData,
} from '../testing/real-cluster'; // prettier-ignore

let shared: SharedData;
let models = '';
/** One person's workspace for all tests, in their order. */
let home: Workspace;

beforeAll(async () => {
  models = await someModels(
    'bronze/bronze_events', 'silver/silver_events', 'gold/gold_weekly_events_by_type', 'checks/user_is_known',
  ); // prettier-ignore
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cluster-home-'));
  home = workspaceAt(folder);
  shared = await sharedData('odd');
  await generate(shared.workspace, { rows: 3_000, start: '2025-01-06', end: '2025-01-12' });
  await setUpCluster(shared.access);
  return async () => {
    for (const each of [folder, models]) await rm(each, { recursive: true, force: true });
  };
});

const onCluster = (options: object = {}, workspace = home) =>
  withWarehouse(
    workspace,
    (warehouse) => warehouse.refresh({ on: 'cluster', cluster: shared.access, ...options }),
    models,
  );

const here = (options: object = {}) =>
  withWarehouse(shared.workspace, (warehouse) => warehouse.refresh(options), models);

const columns = {
  event_time: "TIMESTAMP '2025-01-08 10:00:00'",
  user_id: '7::BIGINT',
  team_id: '3::BIGINT',
  event_name: "'search'",
  properties: "''",
};

/** Writes a file of another program into a day; returns its path from the workspace. */
async function writeFileOfDay(name: string, changed: Record<string, string | null>): Promise<string> {
  const wanted = Object.entries({ ...columns, ...changed });
  const select = wanted.flatMap(([column, sql]) => (sql === null ? [] : `${sql} AS ${column}`)).join(', ');
  const file = `data/events/date=2025-01-08/events-${name}.parquet`;
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const to = quoteText(path.join(shared.workspace.folder, file));
  await connection.run(`COPY (SELECT ${select} FROM range(20)) TO ${to} (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return file;
}

const remove = (file: string) => rm(path.join(shared.workspace.folder, file));

const gold = ['gold_weekly_events_by_type', 'refresh_days'];

test('a file without a needed column, or with one of another type, is named here and there, and can be left out', async () => {
  expect(await onCluster()).toMatchObject({ mode: 'full' });
  const lacking = await writeFileOfDay('z-lacking', { team_id: null });
  for (const refresh of [onCluster, here]) {
    await expect(refresh()).rejects.toMatchObject({
      code: 'PARQUET_DAMAGED',
      message: expect.stringMatching(/events-z-lacking\.parquet .*: it lacks team_id\.$/),
    });
  }
  const other = await writeFileOfDay('z-other', { team_id: "'three'" });
  for (const refresh of [onCluster, here]) {
    expect((await refresh({ skipDamaged: true })).leftOutFiles).toEqual([
      expect.stringContaining(lacking),
      expect.stringContaining(other),
    ]);
  }
  expect(await differences(home, shared.workspace, gold)).toEqual([]);
  expect((await onCluster()).leftOutFiles).toHaveLength(2);
  await remove(lacking);
  await expect(onCluster({ mode: 'full' })).resolves.toMatchObject({
    leftOutFiles: [expect.stringContaining(other)],
  });
  await remove(other);
});

test('a column without any value is no missing column, and one more column is ignored, here and there', async () => {
  const empty = await writeFileOfDay('z-empty', { user_id: 'NULL::BIGINT', properties: 'NULL::VARCHAR' });
  const extra = await writeFileOfDay('z-extra', { plan: "'free'" });
  for (const refresh of [onCluster, here]) expect(await refresh()).toMatchObject({ leftOutFiles: [] });
  expect(await differences(home, shared.workspace, gold)).toEqual([]);
  await remove(empty);
  await remove(extra);
});

const metrics = {
  'portable.sql': 'SELECT event_name, COUNT(*) AS events FROM silver_events GROUP BY 1',
  'twin.sql':
    "SELECT date, date_diff('day', DATE '2024-12-31', date) AS number, count(DISTINCT user_id) AS users FROM silver_events GROUP BY ALL",
  'twin.trino.sql':
    "SELECT date, date_diff('day', DATE '2024-12-31', date) AS number, count(DISTINCT user_id) AS users FROM silver_events GROUP BY 1",
  'of_gold.sql': 'SELECT week, max(events) AS most FROM gold_weekly_events_by_type GROUP BY ALL',
  'of_silver.sql': 'SELECT event_name, list(DISTINCT team_id) AS teams\nFROM silver_events\nGROUP BY ALL',
};

test('metrics of the user run on the cluster, are built from what comes home, or say why they cannot be', async () => {
  for (const { modelsFolder } of [home, shared.workspace]) {
    await mkdir(modelsFolder, { recursive: true });
    for (const [name, sql] of Object.entries(metrics)) await writeFile(path.join(modelsFolder, name), sql);
  }
  const entry = await onCluster();
  await here();
  const own = ['gold_portable', 'gold_twin', 'gold_of_gold'];
  expect(await differences(home, shared.workspace, own)).toEqual([]);
  expect(entry.exports).toEqual(expect.arrayContaining(own.map((name) => `exports/${name}.parquet`)));
  const session = await sessionOf(shared.access);
  const counted = await session.rows(
    `SELECT (SELECT count(*) FROM ${session.result('gold_twin')}) AS days`,
    z.object({ days: z.bigint() }),
  );
  expect(counted).toEqual([{ days: 7n }]);
  const problem = async (name: string) =>
    withWarehouse(
      home,
      async (warehouse) => (await warehouse.models()).find((model) => model.name === name)?.problem,
      models,
    );
  expect(await problem('gold_of_silver')).toMatchObject({
    code: 'MODEL_INVALID',
    message: expect.stringMatching(
      /^Your model can't run on the cluster: models\/of_silver\.sql, line 1: list\(\) may/,
    ),
    action: expect.stringContaining('models/of_silver.trino.sql'),
  });

  // A text that the cluster refuses leaves the other metrics alone, and the next refresh tries it again.
  await writeFile(path.join(home.modelsFolder, 'of_silver.trino.sql'), 'SELECT event_name, nothing FROM silver_events');
  const failing = await onCluster();
  expect(failing.notices).toEqual([expect.stringContaining("Column 'nothing' cannot be resolved")]);
  expect(await problem('gold_portable')).toBeNull();
  await writeFile(
    path.join(home.modelsFolder, 'of_silver.trino.sql'),
    'SELECT event_name, array_agg(DISTINCT team_id) AS teams FROM silver_events GROUP BY 1',
  );
  expect(await onCluster()).toMatchObject({ mode: 'incremental', daysChanged: 0, notices: [] });
  expect(await problem('gold_of_silver')).toBeNull();
  for (const { modelsFolder } of [home, shared.workspace]) await rm(modelsFolder, { recursive: true });
  await onCluster();
  await expect(session.run(`SELECT 1 FROM ${session.result('gold_twin')}`)).rejects.toMatchObject({
    code: 'CLUSTER_QUERY',
  });
});

const elsewhere = (token: string) =>
  JSON.stringify({ pid: 1, host: 'another-machine', start: 'then', token, user: 'ann' });

test('a lock from another machine holds until it has shown no sign of life for five minutes', async () => {
  const session = await sessionOf(shared.access);
  const lock = session.result('refresh_lock');
  const seen = (minutes: number) =>
    session.run(
      `UPDATE ${lock} SET holder = ${quoteText(elsewhere('a'))}, taken_at = current_timestamp, seen_at = current_timestamp - INTERVAL '${minutes}' MINUTE`,
    );
  await seen(4);
  await expect(onCluster()).rejects.toMatchObject({
    code: 'CLUSTER_BUSY',
    message: expect.stringMatching(/by ann on another-machine, since \d{4}-/),
  });
  await seen(6);
  expect(await onCluster()).toMatchObject({ status: 'succeeded' });
  expect(await session.rows(`SELECT holder FROM ${lock}`, z.object({ holder: z.null() }))).toHaveLength(1);
});

test('a refresh whose lock was taken over gives up and changes nothing', async () => {
  const session = await sessionOf(shared.access);
  const lock = session.result('refresh_lock');
  const last = async () =>
    session.rows(`SELECT max(refresh_id) AS id FROM ${session.result('refresh_log')}`, z.object({ id: z.bigint() }));
  const before = await last();
  /** Of two changes of the row at once, Iceberg refuses one: perhaps this one, because of a sign of life. */
  const takeOver = async (): Promise<void> => {
    const update = session.run(`UPDATE ${lock} SET holder = ${quoteText(elsewhere('b'))}`);
    if (!(await update.then(() => true).catch(() => false))) await takeOver();
  };
  const taken: Promise<void>[] = [];
  const onSteps = (steps: RefreshStep[]) => {
    if (taken.length === 0 && steps.some(({ status }) => status === 'running')) taken.push(takeOver());
  };
  const engine = clusterEngine(shared.access, { beatMs: 1_000, staleMs: 300_000 });
  await expect(
    withWarehouse(home, (warehouse) => warehouse.refresh({ mode: 'full', engine, onSteps }), models),
  ).rejects.toMatchObject({ code: 'CLUSTER_BUSY', message: expect.stringContaining('has taken over') });
  await Promise.all(taken);
  expect(await last()).toEqual(before);
  await session.run(`UPDATE ${lock} SET holder = NULL`);
  expect(await onCluster()).toMatchObject({ mode: 'unchanged' });
});

test('what a statement of a killed refresh writes after ours does not become valid', async () => {
  const session = await sessionOf(shared.access);
  const table = session.result('gold_weekly_events_by_type');
  const rowsTable = session.result('gold_weekly_events_by_type_rows');
  const countIn = async (relation: string) =>
    (await session.rows(`SELECT count(*) AS n FROM ${relation}`, z.object({ n: z.bigint() })))[0]?.n;
  const before = await countIn(table);
  const late: Promise<unknown>[] = [];
  const onSteps = (steps: RefreshStep[]) => {
    const isDone = steps.some(({ name, status }) => name === 'gold_weekly_events_by_type' && status === 'done');
    if (isDone && late.length === 0) late.push(session.run(`INSERT INTO ${rowsTable} SELECT * FROM ${rowsTable}`));
  };
  expect(await onCluster({ mode: 'full', onSteps })).toMatchObject({ status: 'succeeded' });
  await Promise.all(late);
  expect([await countIn(table), await countIn(rowsTable)]).toEqual([before, 2n * (before ?? 0n)]);
  expect(await onCluster()).toMatchObject({ mode: 'unchanged' });
  expect(await countIn(rowsTable)).toBe(before);
});

test('events in an object storage are refreshed from there, with tables in it', async ({ skip }) => {
  const { s3 } = await realCluster();
  if (s3 === null) return skip('Python or moto is missing.');
  const environment = { ENDPOINT_URL: s3, REGION: 'us-east-1', ACCESS_KEY_ID: 'test', SECRET_ACCESS_KEY: 'test' };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(`AWS_${name}`, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const { access } = await sharedData('stored', { eventsCatalog: 's3lake', resultsCatalog: 's3warehouse' });
  const stored = { ...access, settings: { ...access.settings, location: 's3://micro/stored/data/events' } };
  const location = await openLocation('s3://micro/stored', shared.workspace);
  const { signal } = new AbortController();
  await publishRuns({ workspace: shared.workspace, location, signal }).finally(() => location.close());
  await setUpCluster(stored);
  const other = await homeWorkspace();
  expect(await onCluster({ cluster: stored }, other)).toMatchObject({ mode: 'full', status: 'succeeded' });
  await here();
  expect(await differences(other, shared.workspace, ['gold_weekly_events_by_type'])).toEqual([]);
  expect(await onCluster({ cluster: stored }, other)).toMatchObject({ mode: 'unchanged' });
});
