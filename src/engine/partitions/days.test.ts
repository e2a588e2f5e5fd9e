import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WorkspaceFiles } from '../fs/workspace-files';
import { listDayFiles } from '../events/event-tree';
import { runGeneration } from '../generation/run/run';
import { repeatDay } from '../generation/run/repeat-day';
import { inProcessWorker, logEntryOf, requestOf, sqlFolder } from '../testing/generation';
import { appendRun, readRunLog } from '../commit/run-log';
import { modelsFolder, temporaryWorkspace, writeEvents } from '../testing/temporary-workspace';
import type { Workspace } from '../workspace';
import { Warehouse } from '../warehouse/warehouse';

const monday = '2025-01-06';
const tuesday = '2025-01-07';

async function openWarehouse(workspace: Workspace): Promise<Warehouse> {
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  return warehouse;
}

/** Two events on Monday in two files, one on Tuesday. */
async function twoDays(): Promise<{ workspace: Workspace; warehouse: Warehouse }> {
  const workspace = await temporaryWorkspace();
  await writeEvents(workspace, [
    { at: `${monday} 09:30:00`, user: 1 },
    { at: `${tuesday} 10:00:00`, user: 2 },
  ]);
  await writeEvents(workspace, [{ at: `${monday} 23:59:59`, user: null }], 'r2');
  return { workspace, warehouse: await openWarehouse(workspace) };
}

const eventFiles = (workspace: Workspace) => listDayFiles(new WorkspaceFiles(workspace), workspace.eventsFolder);

async function rowsOf(warehouse: Warehouse, sql: string): Promise<string[][]> {
  const { result } = await warehouse.console.run('test', `SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (${sql})`);
  const table = tableFromIPC(await warehouse.console.window(result?.resultId ?? '', 0, 1_000));
  return table.toArray().map((row) => Object.values(row.toJSON()).map(String));
}

describe('partitions', () => {
  test('tell what is stale, who was there and which checks fail', async () => {
    const { workspace, warehouse } = await twoDays();
    expect((await warehouse.days.list()).map(({ stale, users }) => [stale, users])).toEqual([
      [true, null],
      [true, null],
    ]);
    await warehouse.refresh();
    await writeEvents(workspace, [{ at: '2025-01-09 10:00:00' }], 'r3');
    const failed = { name: 'user_is_known', severity: 'warning', scope: 'day', rows: 1 };
    expect(await warehouse.days.list()).toMatchObject([
      { date: monday, files: 2, rows: 2, stale: false, users: 1, failedChecks: [failed] },
      { date: tuesday, files: 1, rows: 1, stale: false, users: 1, failedChecks: [] },
      { date: '2025-01-09', files: 1, rows: 1, stale: true, users: null, failedChecks: [] },
    ]);
  });

  test('show what Parquet says of a day, and its events by hour', async () => {
    const { workspace, warehouse } = await twoDays();
    const damaged = path.join(workspace.eventsFolder, `date=${monday}`, 'events-x.parquet');
    await writeFile(damaged, 'no parquet');
    const [first, second, third] = await warehouse.days.filesOf(monday);
    expect(first?.footer).toMatchObject({ rows: 1, rowGroups: [{ rows: 1 }] });
    expect(first?.footer?.columns.find(({ name }) => name === 'user_id')).toMatchObject({
      type: 'BIGINT',
      compression: 'SNAPPY',
      min: '1',
      max: '1',
      nulls: 0,
    });
    expect(second?.footer?.columns.find(({ name }) => name === 'user_id')).toMatchObject({ nulls: 1, min: null });
    expect(third).toMatchObject({ path: `data/events/date=${monday}/events-x.parquet`, footer: null });
    const hours = await warehouse.days.hoursOf(monday);
    expect([hours[9], hours[10], hours[23]]).toEqual([1, 0, 1]);
  });
});

describe('deleting days', () => {
  test('takes their files away, and brings back the very same', async () => {
    const { workspace, warehouse } = await twoDays();
    const before = await eventFiles(workspace);
    const deletion = await warehouse.days.change((days) => days.remove([monday]));
    expect(deletion).toMatchObject({ days: [monday], files: 2 });
    expect((await warehouse.days.list()).map(({ date }) => date)).toEqual([tuesday]);
    expect(await warehouse.days.deletions()).toEqual([deletion]);

    await warehouse.days.change((days) => days.restore(deletion.id));
    expect(await eventFiles(workspace)).toEqual(before);
    expect(await warehouse.days.deletions()).toEqual([]);
  });

  test('is final once a refresh has succeeded, and the day is told as gone until then', async () => {
    const { warehouse } = await twoDays();
    await warehouse.refresh();
    const { id } = await warehouse.days.change((days) => days.remove([monday]));
    expect(await warehouse.days.list()).toMatchObject([{ date: monday, files: 0, stale: true }, { date: tuesday }]);
    await warehouse.refresh();
    expect((await warehouse.days.list()).map(({ date }) => date)).toEqual([tuesday]);
    await expect(warehouse.days.change((days) => days.restore(id))).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
  });

  test.each([
    ['set back after a replace', '2020-01-01', '2030-01-01', true],
    ['set ahead at a deletion', '2030-01-01', '2020-01-01', false],
  ])('can be undone by the order of the log, with a clock that was %s', async (_, deletedAt, replacedAt, after) => {
    const { workspace, warehouse } = await twoDays();
    const replace = async (runId: string) => {
      const entry = { ...logEntryOf(runId, { mode: 'replace' }), finishedAt: `${replacedAt}T00:00:00.000Z` };
      await appendRun(workspace, entry);
    };
    if (after) await replace('20250101T000000000-aaaaaa');
    const { id } = await warehouse.days.change((days) => days.remove([monday]));
    const note = path.join(workspace.trashFolder, id, 'deletion.json');
    const written: object = JSON.parse(await readFile(note, 'utf8'));
    await writeFile(note, JSON.stringify({ ...written, deletedAt: `${deletedAt}T00:00:00.000Z` }));
    if (!after) await replace('20250101T000000000-bbbbbb');
    expect(await warehouse.days.deletions()).toHaveLength(after ? 1 : 0);
    const restored = warehouse.days.change((days) => days.restore(id));
    if (after) await restored;
    else await expect(restored).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
  });

  test('by an older version goes by time, and deletions are listed in their order whatever the clock says', async () => {
    const { workspace, warehouse } = await twoDays();
    const first = await warehouse.days.change((days) => days.remove([monday]));
    const second = await warehouse.days.change((days) => days.remove([tuesday]));
    // As if the clock had been set back in between.
    const renamed = `20200101T000000000-${second.id.slice(-6)}`;
    await rename(path.join(workspace.trashFolder, second.id), path.join(workspace.trashFolder, renamed));
    const note = path.join(workspace.trashFolder, renamed, 'deletion.json');
    await writeFile(note, JSON.stringify({ ...second, id: renamed }));
    expect((await warehouse.days.deletions()).map(({ id }) => id)).toEqual([renamed, first.id]);
    const { afterRun: _, sequence: __, ...old } = first;
    await writeFile(path.join(workspace.trashFolder, first.id, 'deletion.json'), JSON.stringify(old));
    const entry = {
      ...logEntryOf('20200101T000000000-aaaaaa', { mode: 'replace' }),
      finishedAt: '2020-01-01T00:00:00.000Z',
    };
    await appendRun(workspace, entry);
    expect((await warehouse.days.deletions()).map(({ id }) => id)).toEqual([first.id]);
  });

  test('of days without files is refused', async () => {
    const { warehouse } = await twoDays();
    await expect(warehouse.days.change((days) => days.remove(['2020-01-01']))).rejects.toMatchObject({
      code: 'NO_EVENTS',
    });
  });
});

describe('compacting a day', () => {
  test('leaves one file with the same rows, and the metrics as they were', async () => {
    const { workspace, warehouse } = await twoDays();
    await warehouse.refresh();
    const sql = 'SELECT * EXCLUDE (filename) FROM bronze_events ORDER BY ALL';
    const before = await rowsOf(warehouse, sql);
    expect(await warehouse.days.change((days) => days.compact(monday))).toMatchObject({ filesBefore: 2, rows: 2 });
    expect(await eventFiles(workspace)).toHaveLength(2);
    expect(await rowsOf(warehouse, sql)).toEqual(before);
    expect(await readdir(path.dirname(workspace.stagingFolder))).not.toContain('.staging');
    expect(await readRunLog(workspace)).toEqual([]);
  });

  test('is refused for one file, and for a damaged one leaves everything', async () => {
    const { workspace, warehouse } = await twoDays();
    await expect(warehouse.days.change((days) => days.compact(tuesday))).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
    });
    await writeFile(path.join(workspace.eventsFolder, `date=${tuesday}`, 'events-x.parquet'), 'no parquet');
    const before = await eventFiles(workspace);
    await expect(warehouse.days.change((days) => days.compact(tuesday))).rejects.toMatchObject({
      code: 'PARQUET_DAMAGED',
    });
    expect(await eventFiles(workspace)).toEqual(before);
  });
});

describe('repeating a day', () => {
  const date = '2024-01-20';

  async function generated(): Promise<{ workspace: Workspace; warehouse: Warehouse; repeat: () => Promise<unknown> }> {
    const workspace = await temporaryWorkspace();
    const shared = { workspace, sqlFolder, spawnWorker: () => inProcessWorker(), signal: new AbortController().signal };
    for (const seed of [1, 2]) {
      await runGeneration({ ...shared, request: requestOf({ seed }), onProgress: () => undefined });
    }
    const warehouse = await openWarehouse(workspace);
    return { workspace, warehouse, repeat: () => repeatDay({ ...shared, date, program: 'a test' }) };
  }

  test('brings back exactly the rows that its runs had made', async () => {
    const { workspace, warehouse, repeat } = await generated();
    await warehouse.refresh();
    const sql = `SELECT * FROM bronze_events WHERE date = '${date}' ORDER BY ALL`;
    const [rows, files] = [await rowsOf(warehouse, sql), await eventFiles(workspace)];
    await warehouse.days.change((days) => days.remove([date]));
    expect(await repeat()).toEqual({ date, files: 2, rows: rows.length });
    expect(await eventFiles(workspace)).toEqual(files);
    expect(await rowsOf(warehouse, sql)).toEqual(rows);
    expect(await readRunLog(workspace)).toHaveLength(2);
  });

  test('mends a damaged file, and is refused where a compacted one would double its rows', async () => {
    const { workspace, warehouse, repeat } = await generated();
    const folder = path.join(workspace.eventsFolder, `date=${date}`);
    const [name = ''] = await readdir(folder);
    await writeFile(path.join(folder, name), 'no parquet');
    await repeat();
    expect((await warehouse.days.filesOf(date)).every(({ footer }) => footer !== null)).toBe(true);
    await warehouse.days.change((days) => days.compact(date));
    await expect(repeat()).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
  });
});

describe('a metric over filtered events', () => {
  const all = { eventName: null, teamId: null, platform: null };

  async function filtered(warehouse: Warehouse, name: string, filter: Partial<typeof all> | object) {
    const answer = await warehouse.filteredMetric(name, { ...all, ...filter });
    return answer.applies ? rowsOf(warehouse, answer.sql) : answer.reason;
  }

  test('is computed by its own SQL, through what lies between, from the events that remain', async () => {
    const workspace = await temporaryWorkspace();
    await writeEvents(workspace, [
      { at: `${monday} 09:00:00`, user: 1, team: 1, properties: '{"platform":"ios","browser":"Safari"}' },
      { at: `${monday} 10:00:00`, user: 2, team: 2, properties: '{"platform":"web","browser":"Firefox"}' },
      { at: `${tuesday} 10:00:00`, user: 2, team: 2, event: 'search' },
    ]);
    const warehouse = await openWarehouse(workspace);
    await warehouse.refresh();
    const teams = 'gold_weekly_active_teams';
    const week = `${monday} 00:00:00`;
    expect(await filtered(warehouse, teams, {})).toEqual([[week, '2']]);
    expect(await filtered(warehouse, teams, { platform: 'ios' })).toEqual([[week, '1']]);
    expect(await filtered(warehouse, teams, { teamId: 3 })).toEqual([]);
    expect(await filtered(warehouse, teams, { days: { first: tuesday, last: tuesday } })).toEqual([[week, '1']]);
    const top = await filtered(warehouse, 'gold_top_teams', { days: { first: tuesday, last: '9999-12-31' } });
    expect(top).toEqual([expect.arrayContaining(['1', '2'])]);
    expect(await filtered(warehouse, 'gold_weekly_active_users', { eventName: 'search' })).toEqual([
      [monday, '1', '1.0', '1.0'],
    ]);
    expect(await filtered(warehouse, 'gold_weekly_purchase_funnel', { eventName: 'search' })).toMatch(/itself/);
    expect(await filtered(warehouse, 'gold_daily_revenue', { eventName: 'search' })).toMatch(/itself/);
    expect(await filtered(warehouse, 'gold_team_retention', { eventName: 'search' })).toHaveLength(1);
    expect(await warehouse.filterChoices()).toEqual({ eventNames: ['page_view', 'search'], platforms: ['ios', 'web'] });
  });
});
