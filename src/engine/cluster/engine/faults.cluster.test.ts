import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { RefreshStep } from '../../../contract/warehouse';
import { generate } from '../../testing/generation';
import { HandMadeEvents } from '../../testing/hand-made-events';
import { bundledProgram } from '../../testing/killed-process';
import { writeEvents } from '../../testing/temporary-workspace';
import { workspaceAt, type Workspace } from '../../workspace';
import { expectCancelled } from '../../trino/testing/cancelled';
import { openCluster } from '../open-cluster';
import { testConnection } from '../test-connection';
import {
  differences, homeWorkspace, killNode, realCluster, restartNode, sessionOf, setUpCluster, sharedData, someModels, tokenOf, untilWorkers,
  withWarehouse, type SharedData,
} from '../testing/real-cluster'; // prettier-ignore

const gold = ['gold_daily_revenue', 'gold_weekly_events_by_type'];

let shared: SharedData;
let models = '';
/** One person's workspace for all tests, in their order. */
let home: Workspace;

beforeAll(async () => {
  models = await someModels(
    'bronze/bronze_events', 'silver/silver_events', 'silver/silver_purchases', 'gold/gold_daily_revenue',
    'gold/gold_weekly_events_by_type', 'checks/user_is_known', 'checks/rows_reconcile',
  ); // prettier-ignore
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cluster-home-'));
  home = workspaceAt(folder);
  shared = await sharedData('faults');
  await generate(shared.workspace, { rows: 20_000, start: '2025-01-01', end: '2025-02-28' });
  await setUpCluster(shared.access);
  return async () => {
    for (const each of [folder, models]) await rm(each, { recursive: true, force: true });
  };
});

const onCluster = (options: object = {}, { access } = shared, workspace = home) =>
  withWarehouse(workspace, (warehouse) => warehouse.refresh({ on: 'cluster', cluster: access, ...options }), models);

const here = () => withWarehouse(shared.workspace, (warehouse) => warehouse.refresh({ skipDamaged: true }), models);

/** What anybody who reads the views on the cluster sees. */
async function published({ access } = shared): Promise<unknown[]> {
  const session = await sessionOf(access);
  const schema = z.object({ rows: z.bigint(), revenue: z.string().nullable() });
  return session.rows(
    `SELECT (SELECT CAST(sum(events) AS BIGINT) FROM ${session.result('gold_weekly_events_by_type')}) AS rows,
       (SELECT CAST(sum(revenue) AS VARCHAR) FROM ${session.result('gold_daily_revenue')}) AS revenue`,
    schema,
  );
}

const lockTable = () => `warehouse.${shared.access.settings.resultsSchema}.refresh_lock`;

const purchase = (at: string, price: number) => ({
  at,
  user: 7,
  team: 3,
  event: 'purchase',
  properties: JSON.stringify({ price, quantity: 1, platform: 'web' }),
});

test('one cent more, late events and odd numbers in JSON are noticed, and equal', async () => {
  await onCluster();
  const events = await HandMadeEvents.open(shared.workspace);
  const odd = [
    '1e2',
    '" 5 "',
    '"0x10"',
    '"0b11"',
    'null',
    '"2.5"',
    '1.005',
    '123456789012345678',
    '-0.004',
    'true',
    '""',
  ];
  const numbers = odd.map((price, index) => ({
    ...purchase(`2025-02-10 10:0${index % 10}:00`, 1),
    properties: `{"price":${price},"quantity":${odd[odd.length - 1 - index] ?? '1'},"platform":"web"}`,
  }));
  const write = (price: number) =>
    events.write('2025-02-10', 'hand', [
      purchase('2025-02-10 12:00:00.123456', price),
      // It happened two weeks before it arrived.
      purchase('2025-01-20 23:59:59.999999', 5),
      ...numbers,
    ]);
  await write(10);
  expect(await onCluster()).toMatchObject({ mode: 'incremental', daysChanged: 1 });
  await here();
  expect(await differences(home, shared.workspace, gold)).toEqual([]);
  const before = await published();
  await write(10.01);
  const entry = await onCluster();
  expect(entry).toMatchObject({ mode: 'incremental', daysChanged: 1 });
  expect(await published()).not.toEqual(before);
  const summary = await withWarehouse(home, (warehouse) => warehouse.refreshSummary(entry.refreshId), models);
  expect(summary?.changes.filter(({ model }) => model === 'gold_daily_revenue')).toMatchObject([
    { period: '2025-02-10', kind: 'changed', causedBy: ['2025-02-10'] },
  ]);
  await here();
  expect(await differences(home, shared.workspace, gold)).toEqual([]);
});

test('a damaged file is named, can be left out, and is read again once it is whole', async () => {
  const day = path.join(shared.workspace.eventsFolder, 'date=2025-02-20');
  const [name = ''] = await readdir(day);
  const file = path.join(day, name);
  const whole = await readFile(file);
  try {
    await truncate(file, 200);
    await expect(onCluster()).rejects.toMatchObject({
      code: 'PARQUET_DAMAGED',
      message: expect.stringContaining(`date=2025-02-20/${name} is damaged`),
    });
    const without = await onCluster({ skipDamaged: true });
    expect(without.leftOutFiles).toEqual([expect.stringContaining(`date=2025-02-20/${name}`)]);
    await here();
    expect(await differences(home, shared.workspace, gold)).toEqual([]);
  } finally {
    await writeFile(file, whole);
  }
  expect(await onCluster()).toMatchObject({ leftOutFiles: [], daysChanged: 1 });
  await here();
  expect(await differences(home, shared.workspace, gold)).toEqual([]);
});

test('events outside the calendar are refused, and their file can be left out', async () => {
  const events = await HandMadeEvents.open(shared.workspace);
  await events.write('2025-02-24', 'far', [purchase('12025-02-24 10:00:00', 1)]);
  try {
    await expect(onCluster()).rejects.toMatchObject({
      code: 'PARQUET_DAMAGED',
      message: expect.stringMatching(/events-far.parquet can't be used: it has an event outside the years 1 to 9999.$/),
    });
    expect(await onCluster({ skipDamaged: true })).toMatchObject({
      leftOutFiles: [expect.stringContaining('events-far.parquet')],
    });
  } finally {
    await rm(path.join(shared.workspace.eventsFolder, 'date=2025-02-24', 'events-far.parquet'));
  }
  expect(await onCluster()).toMatchObject({ leftOutFiles: [] });
});

/** Refreshes and calls `act` when the step has begun, and `onEnd` when the refresh has ended. */
async function interrupted(step: string, act: () => unknown, signal?: AbortSignal, onEnd?: () => unknown) {
  let done = false;
  const onSteps = (steps: RefreshStep[]) => {
    if (done || !steps.some(({ name, status }) => name === step && status === 'running')) return;
    done = true;
    void act();
  };
  const options = { mode: 'full', on: 'cluster', cluster: shared.access, onSteps, signal } as const;
  return withWarehouse(home, (warehouse) => warehouse.refresh(options).finally(() => onEnd?.()), models);
}

test('a refresh that is cancelled ends within a second and leaves the state before; the next one goes on', async () => {
  const before = await published();
  await writeEvents(shared.workspace, [purchase('2025-02-21 10:00:00', 99)], 'cancelled');
  const controller = new AbortController();
  let [at, returned] = [0, 0];
  const cancel = () => {
    at = Date.now();
    controller.abort();
  };
  const refresh = interrupted(
    'gold_weekly_events_by_type',
    cancel,
    controller.signal,
    () => (returned = Date.now() - at),
  );
  await expect(refresh).rejects.toMatchObject({ code: 'CANCELLED' });
  const client = await openCluster(shared.access);
  onTestFinished(() => client.close());
  await expectCancelled('a refresh', client, at, returned);
  expect(await published()).toEqual(before);
  const holder = async () => (await client.all(`SELECT holder FROM ${lockTable()}`)).rows;
  await expect.poll(holder, { timeout: 20_000 }).toEqual([[null]]);
  await onCluster();
  expect(await published()).not.toEqual(before);
  await here();
  expect(await differences(home, shared.workspace, gold)).toEqual([]);
});

test('our process, killed in the middle of a refresh, leaves the state before; the next one goes on at once', async () => {
  const before = await published();
  await writeEvents(shared.workspace, [purchase('2025-02-22 10:00:00', 98)], 'killed');
  const program = await bundledProgram('cluster-refresh-process', 'src/engine/cluster/testing');
  const accessFile = path.join(home.folder, 'access.json');
  await writeFile(accessFile, JSON.stringify(shared.access));
  const child = spawn(process.execPath, [program, home.folder, models, accessFile], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  child.stdout.on('data', (text: Buffer) => {
    if (text.toString().includes('gold_weekly_events_by_type')) child.kill('SIGKILL');
  });
  expect(await exited).toEqual([null, 'SIGKILL']);
  expect(await published()).toEqual(before);
  expect(await onCluster()).toMatchObject({ mode: 'incremental' });
  await here();
  expect(await differences(home, shared.workspace, gold)).toEqual([]);
});

test('two refreshes at once: one is refused, and says who is at work', async () => {
  const other = await homeWorkspace();
  let second: Promise<unknown> = Promise.resolve();
  await interrupted('silver_purchases', () => {
    second = onCluster({}, shared, other).catch((error: unknown) => error);
  });
  expect(await second).toMatchObject({ code: 'CLUSTER_BUSY', message: expect.stringContaining('by micro on') });
  await onCluster({}, shared, other);
  expect(await differences(home, other, gold)).toEqual([]);
});

test('a worker that dies costs one retry', async () => {
  const entry = await interrupted('silver_purchases', () => killNode('worker2'));
  expect(entry.status).toBe('succeeded');
  await restartNode('worker2');
  await here();
  expect(await differences(home, shared.workspace, gold)).toEqual([]);
});

test('a coordinator that dies fails the refresh and leaves the state before; the next one goes on', async () => {
  const before = await published();
  await writeEvents(shared.workspace, [purchase('2025-02-23 10:00:00', 97)], 'coordinator');
  await expect(interrupted('gold_weekly_events_by_type', () => killNode('coordinator'))).rejects.toMatchObject({
    code: 'CLUSTER_UNREACHABLE',
  });
  await restartNode('coordinator');
  await untilWorkers(2);
  expect(await published()).toEqual(before);
  await onCluster();
  await here();
  expect(await differences(home, shared.workspace, gold)).toEqual([]);
});

test('sign-in, certificates, rights and names that are wrong are told apart', async () => {
  const { access } = shared;
  const trial = async (changes: object, secret: string | null = access.secret) => {
    const session = await sessionOf({ settings: { ...access.settings, ...changes }, secret });
    return testConnection(session);
  };
  expect(await trial({})).toMatchObject({
    version: '476',
    readEvents: { possible: true },
    readResults: { possible: true },
    writeResults: { possible: true },
    isSetUp: true,
  });
  expect((await trial({}))?.nodes?.map(({ coordinator }) => coordinator)).toEqual([true, false, false]);
  await expect(trial({}, 'wrong')).rejects.toMatchObject({ code: 'CLUSTER_SIGN_IN' });
  expect(await trial({ signIn: 'token' }, await tokenOf('micro', 600))).toMatchObject({ isSetUp: true });
  await expect(trial({ signIn: 'token' }, await tokenOf('micro', -60))).rejects.toMatchObject({
    code: 'CLUSTER_SIGN_IN',
  });
  await expect(trial({ caFile: null })).rejects.toMatchObject({ code: 'CLUSTER_CERTIFICATE' });
  expect(await trial({ user: 'reader' })).toMatchObject({
    readEvents: { possible: true },
    readResults: { possible: true },
    writeResults: { possible: false, reason: expect.stringContaining('denies access') },
  });
  expect(await trial({ user: 'nobody' })).toMatchObject({
    readEvents: { possible: false },
    readResults: { possible: false },
    writeResults: { possible: false },
    isSetUp: false,
  });
  expect(await trial({ resultsSchema: 'elsewhere' })).toMatchObject({ isSetUp: false });
  const elsewhere = { ...access, settings: { ...access.settings, resultsSchema: 'elsewhere' } };
  await expect(onCluster({}, { ...shared, access: elsewhere })).rejects.toMatchObject({
    code: 'CLUSTER_NOT_SET_UP',
  });
  const reader = { ...access, settings: { ...access.settings, user: 'reader' } };
  await expect(onCluster({}, { ...shared, access: reader })).rejects.toMatchObject({ code: 'CLUSTER_RIGHTS' });
  expect((await realCluster()).nodes).toHaveLength(3);
});
