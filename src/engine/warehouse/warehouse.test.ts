import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, onTestFinished, test } from 'vitest';
import { withStorageVersion } from '../testing/storage-version';
import { modelsFolder, temporaryWorkspace, writeEvents } from '../testing/temporary-workspace';
import type { Workspace } from '../workspace';
import { Warehouse } from './warehouse';

async function openWarehouse(workspace: Workspace, models = modelsFolder): Promise<Warehouse> {
  const warehouse = await Warehouse.open(workspace, models);
  onTestFinished(() => warehouse.close());
  return warehouse;
}

/** The rows that another DuckDB client, in another folder, reads from the closed warehouse. */
async function queryFromOutside(workspace: Workspace, sql: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(workspace.database, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const rows = (await connection.runAndReadAll(sql)).getRowsJson();
  connection.closeSync();
  instance.closeSync();
  return rows;
}

const twoWeeks = [
  { at: '2025-01-06 10:00:00', team: 1 },
  { at: '2025-01-07 10:00:00', team: 2 },
  { at: '2025-01-12 23:59:59.999999', team: 2 },
  { at: '2025-01-13 00:00:00', team: 3 },
  { at: '2025-01-14 00:00:00', team: 4, user: null },
  { at: '2025-01-15 00:00:00', team: 3, properties: '' },
];

describe('a refresh', () => {
  test('builds bronze, silver and gold, exports gold, and any client reads them from anywhere', async () => {
    const workspace = await temporaryWorkspace();
    await writeEvents(workspace, twoWeeks);
    const warehouse = await openWarehouse(workspace);

    const entry = await warehouse.refresh();

    expect(entry).toMatchObject({
      refreshId: 1,
      status: 'succeeded',
      modelRows: { bronze_events: 6, silver_events: 5, gold_weekly_active_teams: 2 },
      files: 6,
      exports: expect.arrayContaining(['exports/gold_weekly_active_teams.parquet']),
    });
    await warehouse.close();
    expect(await queryFromOutside(workspace, 'SELECT * FROM gold_weekly_active_teams')).toEqual([
      ['2025-01-06 00:00:00', '2'],
      ['2025-01-13 00:00:00', '1'],
    ]);
    expect(await queryFromOutside(workspace, 'SELECT count(*), count(properties) FROM silver_events')).toEqual([
      ['5', '4'],
    ]);
    expect(
      await queryFromOutside(workspace, 'DESCRIBE bronze_events').then((rows) =>
        rows.map(([name, type]) => [name, type]),
      ),
    ).toEqual([
      ['event_time', 'TIMESTAMP'],
      ['user_id', 'BIGINT'],
      ['team_id', 'BIGINT'],
      ['event_name', 'VARCHAR'],
      ['properties', 'VARCHAR'],
      ['filename', 'VARCHAR'],
      ['date', 'DATE'],
    ]);
    const exported = path.join(workspace.exportsFolder, 'gold_weekly_active_teams.parquet');
    expect(await queryFromOutside(workspace, `SELECT count(*) FROM '${exported}'`)).toEqual([['2']]);
    expect((await readdir(workspace.exportsFolder)).map((name) => `exports/${name}`)).toEqual(entry.exports.toSorted());
  });

  test('before there are events says what to do, and is logged', async () => {
    const warehouse = await openWarehouse(await temporaryWorkspace());
    await expect(warehouse.refresh()).rejects.toMatchObject({
      code: 'NO_EVENTS',
      details: { action: expect.stringContaining('Generate') },
    });
    expect(await warehouse.refreshHistory()).toMatchObject([{ status: 'failed', error: { code: 'NO_EVENTS' } }]);
  });

  test('names a damaged Parquet file and leaves the last state as it was', async () => {
    const workspace = await temporaryWorkspace();
    await writeEvents(workspace, twoWeeks);
    const warehouse = await openWarehouse(workspace);
    await warehouse.refresh();
    await writeFile(
      path.join(workspace.eventsFolder, 'date=2025-01-07', 'events-x-0.parquet'),
      'not a Parquet file at all',
    );

    await expect(warehouse.refresh()).rejects.toMatchObject({
      code: 'PARQUET_DAMAGED',
      message: expect.stringContaining('data/events/date=2025-01-07/events-x-0.parquet'),
    });

    const { result } = await warehouse.console.run('s', 'SELECT * FROM gold_weekly_active_teams');
    expect(result?.rows).toBe(2);
    const damaged = (await warehouse.days.list()).filter(({ damagedFiles }) => damagedFiles.length > 0);
    expect(damaged).toMatchObject([
      { date: '2025-01-07', files: 2, rows: 1, damagedFiles: ['data/events/date=2025-01-07/events-x-0.parquet'] },
    ]);
    expect((await warehouse.refreshHistory()).map(({ status }) => status)).toEqual(['failed', 'succeeded']);
  });

  test('that is cancelled leaves the last state and no export aside', async () => {
    const workspace = await temporaryWorkspace();
    await writeEvents(workspace, twoWeeks);
    const warehouse = await openWarehouse(workspace);
    await expect(warehouse.refresh({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await warehouse.refreshHistory()).toMatchObject([{ status: 'cancelled' }]);
    expect((await warehouse.models()).filter(({ built }) => built)).toEqual([]);
  });

  test('runs once at a time', async () => {
    const workspace = await temporaryWorkspace();
    await writeEvents(workspace, twoWeeks);
    const warehouse = await openWarehouse(workspace);
    const first = warehouse.refresh();
    await expect(warehouse.refresh()).rejects.toMatchObject({ code: 'WORKSPACE_BUSY' });
    await first;
  });

  test('follows a workspace that was moved', async () => {
    const workspace = await temporaryWorkspace();
    const moved = await temporaryWorkspace();
    await writeEvents(workspace, twoWeeks);
    const warehouse = await openWarehouse(workspace);
    await warehouse.refresh();
    await warehouse.close();
    await rm(moved.folder, { recursive: true });
    const { rename } = await import('node:fs/promises');
    await rename(workspace.folder, moved.folder);
    const again = await openWarehouse(moved);
    await again.refresh();
    expect((await again.console.run('s', 'FROM silver_events')).result?.rows).toBe(5);
  });
});

describe('the summary', () => {
  test('counts from files and footers, and tells when gold is older than the files', async () => {
    const workspace = await temporaryWorkspace();
    const warehouse = await openWarehouse(workspace);
    expect(await warehouse.summary()).toMatchObject({ partitions: 0, rows: 0, stale: false, lastRefresh: null });

    await writeEvents(workspace, twoWeeks);
    expect(await warehouse.summary()).toMatchObject({
      partitions: 6,
      files: 6,
      rows: 6,
      firstDate: '2025-01-06',
      lastDate: '2025-01-15',
      stale: true,
    });

    await warehouse.refresh();
    expect(await warehouse.summary()).toMatchObject({ stale: false, lastRefresh: { refreshId: 1 } });

    await writeEvents(workspace, [{ at: '2025-02-01 00:00:00' }], 'r2');
    expect(await warehouse.summary()).toMatchObject({ rows: 7, stale: true });
  });
});

describe('a database file', () => {
  test('that another process holds is said to be held, by whom', async () => {
    const workspace = await temporaryWorkspace();
    await writeEvents(workspace, twoWeeks);
    const { spawn } = await import('node:child_process');
    const script = `const {DuckDBInstance}=require(${JSON.stringify(path.resolve('node_modules/@duckdb/node-api'))});
      DuckDBInstance.create(${JSON.stringify(workspace.database)}).then(i=>{console.log('held');setInterval(()=>i,1000)})`;
    const holder = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void holder.kill('SIGKILL'));
    await new Promise((resolve) => holder.stdout.once('data', resolve));

    const warehouse = await openWarehouse(workspace);
    const held = { code: 'DATABASE_LOCKED', message: expect.stringContaining(String(holder.pid)) };
    expect(await warehouse.summary()).toMatchObject({ problem: held });
    const days = await warehouse.days.list();
    expect(days.length).toBeGreaterThan(0);
    expect(
      days.filter(({ stale }) => stale),
      'days of which nothing is known',
    ).toEqual([]);
    await expect(warehouse.openFile()).rejects.toMatchObject(held);

    holder.kill('SIGKILL');
    await new Promise((resolve) => holder.once('exit', resolve));
    expect(await warehouse.summary()).toMatchObject({ lastRefresh: null, problem: null });
  });

  test.each<[string, (file: string) => Promise<unknown>]>([
    ['is empty', (file) => writeFile(file, '')],
    ['is a database of SQLite', (file) => writeFile(file, 'SQLite format 3\0'.padEnd(8192, 'x'))],
    ['is cut off', async (file) => writeFile(file, (await readFile(file)).subarray(0, 9_000))],
    ['has a broken header', async (file) => writeFile(file, (await readFile(file)).fill(0xab, 8_192, 12_000))],
    ['is a folder', (file) => rm(file).then(() => mkdir(file))],
  ])('that %s is set aside too', async (_, spoil) => {
    const workspace = await temporaryWorkspace();
    await writeEvents(workspace, twoWeeks);
    const before = await openWarehouse(workspace);
    await before.refresh();
    await before.close();
    await spoil(workspace.database);

    const warehouse = await openWarehouse(workspace);
    const { notices } = await warehouse.refresh();

    expect(notices).toEqual([expect.stringContaining('renamed to')]);
    expect((await readdir(workspace.folder)).filter((name) => name.includes('.damaged-'))).toHaveLength(1);
    expect(await warehouse.summary()).toMatchObject({ stale: false, problem: null });
  });

  test('that a later DuckDB has written is set aside by a refresh, too, not deleted', async () => {
    const workspace = await temporaryWorkspace();
    await writeEvents(workspace, twoWeeks);
    const before = await Warehouse.open(workspace, modelsFolder);
    await before.refresh();
    await before.close();
    const file = withStorageVersion(await readFile(workspace.database), 9_999n);
    await writeFile(workspace.database, file);
    const warehouse = await openWarehouse(workspace);
    const problem = { code: 'DATABASE_DAMAGED', cause: expect.stringContaining('version number 9999') };
    expect(await warehouse.summary()).toMatchObject({ lastRefresh: null, problem });

    const { notices } = await warehouse.refresh();

    expect(notices).toEqual([expect.stringMatching(/renamed to .+version number 9999/)]);
    const aside = (await readdir(workspace.folder)).find((name) => name.includes('.damaged-')) ?? '';
    expect(file.equals(await readFile(path.join(workspace.folder, aside)))).toBe(true);
  });

  test('that is none is said to be damaged, and a refresh sets it aside and tells', async () => {
    const workspace = await temporaryWorkspace();
    await writeEvents(workspace, twoWeeks);
    await writeFile(workspace.database, 'this is not a database');
    const warehouse = await openWarehouse(workspace);
    expect(await warehouse.summary()).toMatchObject({
      stale: true,
      lastRefresh: null,
      problem: { code: 'DATABASE_DAMAGED', action: expect.stringContaining('renamed') },
    });
    expect(await readFile(workspace.database, 'utf8')).toBe('this is not a database');

    const { mode, notices } = await warehouse.refresh();

    expect({ mode, notices }).toEqual({ mode: 'full', notices: [expect.stringContaining('renamed to')] });
    const aside = (await readdir(workspace.folder)).find((name) => name.includes('.damaged-')) ?? '';
    expect(await readFile(path.join(workspace.folder, aside), 'utf8')).toBe('this is not a database');
    expect(await warehouse.summary()).toMatchObject({ stale: false, problem: null });
  });
});
