import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { HandMadeEvents, type RawEvent } from '../testing/hand-made-events';
import { modelsFolder, temporaryWorkspace, writeEvents } from '../testing/temporary-workspace';
import type { Workspace } from '../workspace';
import { Warehouse } from '../warehouse/warehouse';

const threeDays = [
  { at: '2025-01-06 10:00:00', user: 1, team: 1 },
  { at: '2025-01-07 10:00:00', user: 2, team: 2 },
  { at: '2025-01-13 10:00:00', user: 3, team: 3, event: 'purchase', properties: '{"price":2,"quantity":3}' },
];

async function openWarehouse(workspace: Workspace): Promise<Warehouse> {
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  return warehouse;
}

async function refreshedWorkspace(): Promise<{ workspace: Workspace; warehouse: Warehouse }> {
  const workspace = await temporaryWorkspace();
  await writeEvents(workspace, threeDays);
  const warehouse = await openWarehouse(workspace);
  await warehouse.refresh();
  return { workspace, warehouse };
}

async function ownModel(workspace: Workspace, name: string, sql: string): Promise<void> {
  await mkdir(workspace.modelsFolder, { recursive: true });
  await writeFile(path.join(workspace.modelsFolder, `${name}.sql`), sql);
}

async function scalar(warehouse: Warehouse, sql: string): Promise<number | undefined> {
  return (await warehouse.console.run('test', sql)).result?.rows;
}

describe('an incremental refresh', () => {
  test('tells what it turned out to be, and which periods changed from what to what because of which days', async () => {
    const { workspace, warehouse } = await refreshedWorkspace();
    expect(await warehouse.refresh()).toMatchObject({ mode: 'unchanged', daysChanged: 0, exports: [], bytesRead: 0 });

    await writeEvents(workspace, [{ at: '2025-01-14 10:00:00', user: 4, team: 4 }], 'r2');
    const entry = await warehouse.refresh();

    expect(entry).toMatchObject({ mode: 'incremental', daysChanged: 1, layerRows: { bronze: 4, silver: 4 } });
    expect(entry.exports).toContain('exports/gold_weekly_active_teams.parquet');
    expect(entry.exports).not.toContain('exports/gold_daily_revenue.parquet');
    const changes = (await warehouse.refreshSummary(entry.refreshId))?.changes ?? [];
    expect(changes.find(({ model }) => model === 'gold_weekly_active_teams')).toEqual({
      model: 'gold_weekly_active_teams',
      period: '2025-01-13',
      kind: 'changed',
      before: [{ week: '2025-01-13 00:00:00', weekly_active_teams: 1 }],
      after: [{ week: '2025-01-13 00:00:00', weekly_active_teams: 2 }],
      causedBy: ['2025-01-14'],
    });
    expect(changes.find(({ model }) => model === 'gold_daily_active_users')).toMatchObject({
      kind: 'added',
      before: [],
    });
  });

  test('is a full one on demand, and of a model whose SQL changed', async () => {
    const { workspace, warehouse } = await refreshedWorkspace();
    expect(await warehouse.refresh({ mode: 'full' })).toMatchObject({ mode: 'full', exports: [] });
    await ownModel(workspace, 'own', 'SELECT count(*) AS n FROM silver_events');
    expect(await warehouse.refresh()).toMatchObject({ exports: ['exports/gold_own.parquet'] });
    await ownModel(workspace, 'own', 'SELECT count(*) AS m, 1 AS one FROM silver_events');
    expect(await warehouse.refresh()).toMatchObject({
      exports: ['exports/gold_own.parquet'],
      modelRows: { gold_own: 1 },
    });
    expect(await warehouse.refresh()).toMatchObject({ mode: 'unchanged' });
  });

  test('brings back what another client has dropped, and an export that was deleted', async () => {
    const { workspace, warehouse } = await refreshedWorkspace();
    await rm(path.join(workspace.exportsFolder, 'gold_top_teams.parquet'));
    expect(await warehouse.refresh()).toMatchObject({ exports: ['exports/gold_top_teams.parquet'] });
  });
});

describe('while a refresh runs', () => {
  test('queries see the state before it and do not wait', async () => {
    const { workspace, warehouse } = await refreshedWorkspace();
    await writeEvents(workspace, [{ at: '2025-01-20 10:00:00', user: 4, team: 4 }], 'r2');
    const answers: Promise<number | undefined>[] = [];
    let refreshed = false;
    const running = warehouse.refresh({
      onSteps: (steps) => {
        const checking = steps.some(({ name, status }) => name === 'checks' && status === 'running');
        if (!checking || answers.length > 0) return;
        answers.push(scalar(warehouse, 'FROM gold_weekly_active_teams').then((rows) => (refreshed ? -1 : rows)));
      },
    });
    await running.then(() => (refreshed = true));
    expect(await Promise.all(answers)).toEqual([2]);
    expect(await scalar(warehouse, 'FROM gold_weekly_active_teams')).toBe(3);
  });
});

describe("the user's own models", () => {
  test('become gold tables with exports, without any header, and go away with their files', async () => {
    const { workspace, warehouse } = await refreshedWorkspace();
    await ownModel(
      workspace,
      'teams',
      '-- how many teams there are\nSELECT count(DISTINCT team_id) AS teams FROM silver_events;',
    );
    await warehouse.refresh();
    expect((await warehouse.models()).find(({ name }) => name === 'gold_teams')).toMatchObject({
      origin: 'user',
      kind: 'table',
      dependsOn: ['silver_events'],
      problem: null,
      built: { columns: [{ name: 'teams', type: 'BIGINT' }], rows: 1, refreshId: 2, changedAt: expect.any(String) },
    });
    await rm(path.join(workspace.modelsFolder, 'teams.sql'));
    await warehouse.refresh();
    expect(await readdir(workspace.exportsFolder)).not.toContain('gold_teams.parquet');
    await expect(scalar(warehouse, 'FROM gold_teams')).rejects.toMatchObject({ code: 'SQL_ERROR' });
  });

  test.each([
    ['wrong SQL', 'SELECT nope\nFROM silver_events', 'models/broken.sql, line 1 failed: Binder Error'],
    ['SQL that fails while it runs', "SELECT CAST('x' AS INTEGER) AS x FROM silver_events", 'Conversion Error'],
    ['a statement that writes', 'DROP TABLE gold_top_teams', 'failed'],
    ['several statements', 'SELECT 1; SELECT 2', 'failed'],
    ['a cycle', '-- depends on: gold_broken\nSELECT 1 AS x', 'depends on itself'],
    ['an unknown dependency', '-- depends on: nothing\nSELECT 1 AS x', "which isn't a model"],
    ['a wrong kind', '-- kind: cube\nSELECT 1 AS x', `(line 1): "cube" isn't one of view, table, incremental`],
    ['a wrong period', '-- kind: incremental\n-- period: year of x\nSELECT 1 AS x', '(line 2)'],
  ])('with %s are reported and do not stop the others', async (_, sql, message) => {
    const { workspace, warehouse } = await refreshedWorkspace();
    await ownModel(workspace, 'broken', sql);
    await ownModel(workspace, 'fine', 'SELECT 42 AS answer FROM silver_events LIMIT 1');
    const entry = await warehouse.refresh();
    expect(entry).toMatchObject({ status: 'succeeded', notices: [expect.stringContaining(message)] });
    const models = await warehouse.models();
    expect(models.find(({ name }) => name === 'gold_broken')?.problem).toMatchObject({ code: 'MODEL_INVALID' });
    expect(models.find(({ name }) => name === 'gold_fine')?.built?.rows).toBe(1);
    expect(models.find(({ name }) => name === 'gold_top_teams')?.built?.rows).toBe(3);
  });

  test('that are still broken cost no reading, are reported each time, and are built once corrected', async () => {
    const { workspace, warehouse } = await refreshedWorkspace();
    await ownModel(workspace, 'broken', 'SELECT nope FROM silver_events');
    await warehouse.refresh();
    const notices = [expect.stringContaining('nope')];

    expect(await warehouse.refresh()).toMatchObject({ mode: 'unchanged', filesRead: 0, notices });
    await writeEvents(workspace, [{ at: '2025-02-10 10:00:00', user: 4, team: 4 }], 'r2');
    expect(await warehouse.refresh()).toMatchObject({ mode: 'incremental', filesRead: 1, notices });

    await ownModel(workspace, 'broken', 'SELECT count(*) AS events FROM silver_events');
    expect(await warehouse.refresh()).toMatchObject({ notices: [] });
    expect((await warehouse.models()).find(({ name }) => name === 'gold_broken')?.built?.rows).toBe(1);
  });
});

const odd = (overrides: Partial<RawEvent>): RawEvent => ({
  at: '2025-01-07 10:00:00', user: 1, team: 1, event: 'search', properties: '{"platform":"web","browser":"Opera"}', ...overrides,
}); // prettier-ignore

describe('checks', () => {
  test('find each kind of wrong row, on its day, and heal with the files', async () => {
    const workspace = await temporaryWorkspace();
    const writer = await HandMadeEvents.open(workspace);
    const bad = [
      odd({}), odd({}), odd({ at: '2025-01-09 10:00:00' }), odd({ user: null }), odd({ team: 0 }), odd({ event: 'zap', user: 9 }),
      odd({ properties: '{"a":1,"b":2}', user: 3 }), odd({ properties: '{"price":1}', user: 4 }), odd({ properties: '{', user: 5 }),
      odd({ properties: '', user: 6 }),
    ]; // prettier-ignore
    await writer.write('2025-01-07', 'bad', bad);
    await writer.write('2025-01-10', 'good', [odd({ at: '2025-01-10 10:00:00' })]);
    const warehouse = await openWarehouse(workspace);
    const { refreshId, checksFailed } = await warehouse.refresh();
    const failed = (await warehouse.checks()).filter(({ result }) => result?.passed === false);
    expect(Object.fromEntries(failed.map(({ name, result }) => [name, result?.failedDays]))).toEqual({
      event_name_known: [{ date: '2025-01-07', rows: 1 }],
      event_time_in_day: [{ date: '2025-01-07', rows: 1 }],
      ids_in_range: [{ date: '2025-01-07', rows: 1 }],
      no_duplicates: [{ date: '2025-01-07', rows: 1 }],
      no_missing_day: [{ date: '2025-01-08', rows: 1 }, { date: '2025-01-09', rows: 1 }],
      properties_valid: [{ date: '2025-01-07', rows: 3 }],
      user_is_known: [{ date: '2025-01-07', rows: 1 }],
    }); // prettier-ignore
    expect(checksFailed).toBe(failed.length);
    for (const { sql, result } of failed) expect(await scalar(warehouse, sql)).toBe(result?.failedRows);
    expect((await warehouse.refreshSummary(refreshId))?.waterfall).toMatchObject([
      { layer: 'bronze', rows: 11 },
      { layer: 'silver', rows: 10, dropped: [{ rule: 'user_is_known', rows: 1 }], unexplained: 0 },
      { layer: 'gold' },
    ]);

    await writer.write('2025-01-07', 'bad', [odd({})]);
    await writer.write('2025-01-08', 'x', [odd({ at: '2025-01-08 10:00:00' })]);
    await writer.write('2025-01-09', 'x', [odd({ at: '2025-01-09 10:00:00' })]);
    expect(await warehouse.refresh()).toMatchObject({ mode: 'full', checksFailed: 0 });
    const before = await warehouse.refreshSummary(refreshId);
    expect(before?.checks.filter(({ passed }) => !passed)).toHaveLength(7);
  });
});

describe('a damaged Parquet file', () => {
  test('is left out when asked, visibly, and read again once it is whole', async () => {
    const { workspace, warehouse } = await refreshedWorkspace();
    const file = path.join(workspace.eventsFolder, 'date=2025-01-07', 'events-x-0.parquet');
    await writeFile(file, 'not a Parquet file at all');
    const entry = await warehouse.refresh({ skipDamaged: true });
    const leftOut = ['data/events/date=2025-01-07/events-x-0.parquet'];
    expect(entry).toMatchObject({ status: 'succeeded', leftOutFiles: leftOut });
    expect(await warehouse.summary()).toMatchObject({ stale: false, leftOutFiles: leftOut });
    expect(await scalar(warehouse, 'FROM bronze_events')).toBe(3);
    expect(await warehouse.refresh()).toMatchObject({ mode: 'unchanged', leftOutFiles: leftOut });
    await expect(warehouse.refresh({ mode: 'full' })).rejects.toMatchObject({ code: 'PARQUET_DAMAGED' });

    await rm(file);
    await warehouse.refresh();
    expect(await warehouse.summary()).toMatchObject({ leftOutFiles: [] });
    expect(await scalar(warehouse, 'FROM bronze_events')).toBe(3);
  });

  test('is found too where only its pages are damaged', async () => {
    const { workspace, warehouse } = await refreshedWorkspace();
    await writeEvents(workspace, [{ at: '2025-01-20 10:00:00' }, { at: '2025-01-21 10:00:00' }], 'r2');
    const folder = path.join(workspace.eventsFolder, 'date=2025-01-20');
    const [name = ''] = await readdir(folder);
    const { open } = await import('node:fs/promises');
    const handle = await open(path.join(folder, name), 'r+');
    await handle.write(Buffer.alloc(60, 0xff), 0, 60, 4);
    await handle.close();
    await expect(warehouse.refresh()).rejects.toMatchObject({
      code: 'PARQUET_DAMAGED',
      message: expect.stringContaining(`data/events/date=2025-01-20/${name}`),
    });
    const entry = await warehouse.refresh({ skipDamaged: true });
    expect(entry).toMatchObject({ leftOutFiles: [`data/events/date=2025-01-20/${name}`], layerRows: { bronze: 4 } });
  });
});

describe('the database file', () => {
  test('can be let go while the window stays, shows what it knew, and comes back when it is needed', async () => {
    const { workspace, warehouse } = await refreshedWorkspace();
    const { result } = await warehouse.console.run('s', 'FROM silver_events');
    await warehouse.releaseFile();
    expect(warehouse.databaseFile.value).toEqual({ status: 'released', by: 'user' });
    expect(await otherProcess(workspace, 'CREATE TABLE theirs AS SELECT 1')).toBe('done');
    expect(await warehouse.summary()).toMatchObject({
      lastRefresh: { refreshId: 1 },
      databaseFile: { status: 'released' },
    });
    expect((await warehouse.models()).filter(({ built }) => built)).toHaveLength(13);
    await warehouse.console.window(result?.resultId ?? '', 0, 10);
    expect(warehouse.databaseFile.value.status).toBe('released');
    expect(await scalar(warehouse, 'FROM theirs')).toBe(1);
    expect(warehouse.databaseFile.value).toEqual({ status: 'held' });
    expect(await otherProcess(workspace, 'CREATE TABLE more AS SELECT 1')).toContain('lock');
  });

  // Some 160 times attached, which a busy machine takes a minute for.
  test(
    'that is let go again and again in the midst of work never pulls the rug from under it',
    { timeout: 240_000 },
    async () => {
      const { warehouse } = await refreshedWorkspace();
      const failures: string[] = [];
      const attempt = (work: Promise<unknown>) =>
        work.catch((error: unknown) => failures.push(error instanceof Error ? error.message : String(error)));
      for (let round = 0; round < 40; round += 1) {
        await Promise.all([
          attempt(scalar(warehouse, 'FROM gold_top_teams')),
          attempt(warehouse.releaseFile()),
          attempt(warehouse.models()),
          attempt(warehouse.refreshHistory()),
          attempt(warehouse.openFile()),
          attempt(warehouse.releaseFile().then(() => warehouse.refresh())),
          attempt(warehouse.checks()),
          attempt(warehouse.releaseFile()),
        ]);
      }
      expect(failures.filter((message) => message !== 'The file is in use until the refresh finishes.')).toEqual([]);
    },
  );

  test('is let go by itself after idle minutes', async () => {
    const workspace = await temporaryWorkspace();
    await writeEvents(workspace, threeDays);
    const warehouse = await Warehouse.open(workspace, modelsFolder, { idleReleaseMs: 300 });
    onTestFinished(() => warehouse.close());
    await warehouse.refresh();
    await expect
      .poll(() => warehouse.databaseFile.value, { timeout: 10_000 })
      .toEqual({ status: 'released', by: 'idle' });
  });

  test('keeps the log of the version before', async () => {
    const workspace = await temporaryWorkspace();
    await writeEvents(workspace, threeDays);
    const old = `CREATE TABLE refresh_log (refresh_id BIGINT PRIMARY KEY, started_at TIMESTAMPTZ NOT NULL, finished_at TIMESTAMPTZ NOT NULL,
      status VARCHAR NOT NULL, model_rows MAP(VARCHAR, BIGINT), files BIGINT NOT NULL, bytes BIGINT NOT NULL, exports VARCHAR[] NOT NULL, error JSON);
      CREATE TABLE refresh_manifest (path VARCHAR PRIMARY KEY, bytes BIGINT NOT NULL, modified_ms BIGINT NOT NULL);
      INSERT INTO refresh_log VALUES (7, now(), now(), 'succeeded', MAP {'bronze_events': 3}, 1, 1, [], NULL);`;
    expect(await otherProcess(workspace, old)).toBe('done');
    const warehouse = await openWarehouse(workspace);
    expect(await warehouse.refreshHistory()).toMatchObject([{ refreshId: 7, modelRows: { bronze_events: 3 } }]);
    expect(await warehouse.refresh()).toMatchObject({ refreshId: 8, mode: 'full' });
    expect((await stat(workspace.database)).size).toBeGreaterThan(0);
  });
});

/** Runs SQL on the database file as another program would; returns `done` or DuckDB's error. */
async function otherProcess({ database }: Workspace, sql: string): Promise<string> {
  const { execFile } = await import('node:child_process');
  const script = `const {DuckDBInstance}=require(${JSON.stringify(path.resolve('node_modules/@duckdb/node-api'))});
    DuckDBInstance.create(${JSON.stringify(database)}).then(i=>i.connect()).then(c=>c.run(${JSON.stringify(sql)}))
      .then(()=>console.log('done'),e=>console.log(e.message)).then(()=>process.exit(0))`;
  return new Promise((resolve, reject) =>
    execFile(process.execPath, ['-e', script], (error, stdout) => (error ? reject(error) : resolve(stdout.trim()))),
  );
}
