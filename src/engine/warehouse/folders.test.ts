import { cp, mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Database } from '../database/database';
import { Session } from '../console/session';
import { modelsFolder, writeEvents } from '../testing/temporary-workspace';
import { workspaceAt, type Workspace } from '../workspace';
import { Warehouse } from './warehouse';

/** Every visible ASCII character except `?`, with which DuckDB can't open a database, and `/`. */
const printable = Array.from({ length: 95 }, (_, index) => String.fromCodePoint(32 + index)).filter(
  (char) => char !== '?' && char !== '/',
);

/** Names with a meaning for DuckDB, in patterns, in partitions, in SQL; and others that file systems allow. */
const names = [
  'date=2020-01-01', 'team_id=7', 'event_time=1', 'DATE=2020-01-01', 'a[b]c', '[!x]', 's*t', '**', 'br{a,b}ce', 'open{',
  'open[', "quo'te\"d", 'per%20cent', 'new\nline', 'e\u0301', '\u00e9', 'back\\slash', 'back\\slash[x]', 'a=b[c]', '$x', '-x', 'a b ', '日本', '~',
  ...['\\=', '\\', ''].map((without) => printable.filter((char) => !without.includes(char)).join('')),
]; // prettier-ignore

/** A workspace of two weeks in `<temporary folder>/<name>/ws`. */
async function workspaceIn(name: string): Promise<Workspace> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'micro-warehouse-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const workspace = workspaceAt(path.join(home, name, 'ws'));
  // A sibling that the name matches as a pattern has its own events, which must not be read.
  for (const folder of [workspace.folder, path.join(home, 'abc', 'ws'), path.join(home, 'qxx', 'ws')]) {
    await writeEvents(workspaceAt(folder), [
      { at: '2025-01-06 10:00:00', user: 1, team: 1 },
      { at: '2025-01-07 10:00:00', user: 2, team: 2 },
      { at: '2025-01-13 10:00:00', user: 3, team: 1 },
    ]);
  }
  return workspace;
}

async function openWarehouse(workspace: Workspace): Promise<Warehouse> {
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close().catch(() => undefined));
  return warehouse;
}

/** Rows as another program sees them. */
async function outside({ database }: Workspace, sql: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run(`ATTACH '${database.replaceAll("'", "''")}' AS w (READ_ONLY)`);
    await connection.run('USE w');
    return (await connection.runAndReadAll(sql)).getRowsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const byDay = 'SELECT date, count(*), min(team_id), min(event_time) FROM bronze_events GROUP BY ALL ORDER BY ALL';
const threeDays = [
  ['2025-01-06', '1', '1', '2025-01-06 10:00:00'],
  ['2025-01-07', '1', '2', '2025-01-07 10:00:00'],
  ['2025-01-13', '1', '1', '2025-01-13 10:00:00'],
];

describe.skipIf(process.platform === 'win32')('a workspace below a folder', () => {
  test.each(names)('named %j has the events of its own files', async (name) => {
    const workspace = await workspaceIn(name);
    const warehouse = await openWarehouse(workspace);
    expect(await warehouse.refresh()).toMatchObject({
      layerRows: { bronze: 3, silver: 3 },
      checksFailed: 1,
      notices: [],
    });
    expect((await warehouse.days.list()).map(({ date, rows }) => [date, rows])).toEqual(
      threeDays.map(([date]) => [date, 1]),
    );
    expect(await warehouse.days.filesOf('2025-01-06')).toMatchObject([{ footer: { rows: 1 } }]);
    expect(await warehouse.days.hoursOf('2025-01-06')).toHaveLength(24);
    expect(await warehouse.inspection.trace({ kind: 'user', id: 2 })).toMatchObject({ dropped: [{ rows: 0 }] });
    await writeEvents(workspace, [{ at: '2025-01-14 10:00:00', user: 9, team: 9 }], 'later');
    expect(await warehouse.refresh()).toMatchObject({ mode: 'incremental', daysChanged: 1, layerRows: { bronze: 4 } });
    expect(await warehouse.refresh()).toMatchObject({ mode: 'unchanged' });
    await warehouse.close();
    expect(await outside(workspace, `${byDay} LIMIT 3`)).toEqual(threeDays);
    expect(await outside(workspace, 'FROM gold_weekly_active_teams ORDER BY week')).toEqual([
      ['2025-01-06 00:00:00', '2'],
      ['2025-01-13 00:00:00', '2'],
    ]);
    const plan = await outside(
      workspace,
      `EXPLAIN ANALYZE SELECT max(user_id) FROM silver_events WHERE date = DATE '2025-01-07'`,
    );
    expect(JSON.stringify(plan)).toMatch(/Files Read: 1\b/);
  });
});

test('a question mark in the path, where DuckDB can keep no database, is told in words, and the events are there', async () => {
  const workspace = await workspaceIn('q?x');
  const warehouse = await openWarehouse(workspace);
  await expect(warehouse.refresh()).rejects.toMatchObject({
    code: 'WORKSPACE_INVALID',
    message: expect.stringContaining('question mark'),
  });
  expect(await warehouse.summary()).toMatchObject({ rows: 3, partitions: 3, stale: true });
  expect(await warehouse.days.list()).toHaveLength(3);
  await expect(
    warehouse.console.run('copy', "COPY (SELECT 1) TO 'exports/a.csv'", { allowChanges: true }),
  ).rejects.toThrow('question mark');
  expect(await readdir(workspace.folder)).toEqual(['data']);
});

describe('a workspace that is elsewhere now', () => {
  async function refreshed() {
    const workspace = await workspaceIn('old place');
    await mkdir(workspace.modelsFolder);
    const glob = "'data/events/date=*/*.parquet'";
    await writeFile(
      path.join(workspace.modelsFolder, 'own.sql'),
      `-- kind: view\n-- depends on: data/events\n-- summary: Mine.\nSELECT count(*) AS n FROM ${glob};`,
    );
    const warehouse = await openWarehouse(workspace);
    expect(await warehouse.refresh()).toMatchObject({ notices: [] });
    await warehouse.close();
    return workspace;
  }

  async function readAll(workspace: Workspace) {
    const warehouse = await openWarehouse(workspace);
    expect(await warehouse.summary()).toMatchObject({ stale: false, rows: 3 });
    await warehouse.close();
    expect(await outside(workspace, byDay)).toEqual(threeDays);
    expect(await outside(workspace, 'FROM gold_own')).toEqual([['3']]);
    expect(await outside(workspace, `SELECT comment FROM duckdb_views() WHERE view_name IN ('bronze_events', 'gold_own') ORDER BY 1`)).toEqual([
      ['Mine. (not stated)'],
      [expect.stringContaining('The raw Parquet files')],
    ]); // prettier-ignore
    const again = await openWarehouse(workspace);
    expect(await again.refresh()).toMatchObject({ mode: 'unchanged', daysChanged: 0 });
    await again.close();
  }

  test.each(['renamed', 'date=2020-01-01', "o'clock", 'a[b]'])(
    'moved to %j has views that read its files once it was opened, and nothing is computed again',
    async (name) => {
      const before = await refreshed();
      const folder = path.join(path.dirname(path.dirname(before.folder)), name);
      await mkdir(folder);
      const after = workspaceAt(path.join(folder, 'moved'));
      await rename(before.folder, after.folder);
      await readAll(after);
      // And back again.
      await rename(after.folder, before.folder);
      await readAll(before);
    },
  );

  test('copied with its times is not stale, and each copy reads its own files', async () => {
    const original = await refreshed();
    const copy = workspaceAt(`${original.folder} copy`);
    await cp(original.folder, copy.folder, { recursive: true, preserveTimestamps: true });
    await readAll(copy);
    await rm(copy.folder, { recursive: true });
    await readAll(original);
  });

  test('keeps leaving out what the last refresh left out', async () => {
    const before = await refreshed();
    await writeFile(path.join(before.eventsFolder, 'date=2025-01-07', 'events-x.parquet'), 'no parquet');
    const warehouse = await openWarehouse(before);
    await warehouse.refresh({ skipDamaged: true });
    await warehouse.close();
    const after = workspaceAt(`${before.folder} moved`);
    await rename(before.folder, after.folder);
    await (await openWarehouse(after)).openFile();
    const again = await openWarehouse(after);
    expect(await again.summary()).toMatchObject({ leftOutFiles: ['data/events/date=2025-01-07/events-x.parquet'] });
    await again.close();
  });

  test('says so in the console where the views could not be mended', async () => {
    const before = await refreshed();
    const after = workspaceAt(`${before.folder} moved`);
    await rename(before.folder, after.folder);
    const database = await Database.open(after);
    onTestFinished(() => database.close());
    const session = await Session.open(database);
    await expect(session.run('SELECT count(*) FROM bronze_events', 'r')).rejects.toMatchObject({
      code: 'SQL_ERROR',
      message: `The views still read the files in ${before.folder}, where this workspace was before.`,
    });
  });
});

test('a workspace that is reached through a link works', async () => {
  const workspace = await workspaceIn('real');
  const link = `${workspace.folder} link`;
  await symlink(workspace.folder, link);
  const warehouse = await openWarehouse(workspaceAt(link));
  expect(await warehouse.refresh()).toMatchObject({ layerRows: { bronze: 3 } });
});
