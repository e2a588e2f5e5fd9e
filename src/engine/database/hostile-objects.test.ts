import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, onTestFinished, test } from 'vitest';
import { gridRows } from '../testing/grid-rows';
import { modelsFolder, temporaryWorkspace, writeEvents } from '../testing/temporary-workspace';
import type { Workspace } from '../workspace';
import { Warehouse } from '../warehouse/warehouse';

/** A refreshed warehouse to whose file another program has added objects. */
async function foreignFile(statements: (workspace: Workspace) => readonly string[]): Promise<Workspace> {
  const workspace = await temporaryWorkspace();
  await writeEvents(workspace, [{ at: '2025-01-06 10:00:00' }]);
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  await warehouse.refresh();
  await warehouse.close();
  const instance = await DuckDBInstance.create(workspace.database);
  const connection = await instance.connect();
  for (const sql of statements(workspace)) await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
  return workspace;
}

async function open(workspace: Workspace): Promise<Warehouse> {
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  return warehouse;
}

const logging = ({ folder }: Workspace) =>
  `FROM enable_logging('QueryLog', storage := 'file', storage_path := '${folder}/data/events/date=2030-01-01')`;
const quoted = (sql: string) => sql.replaceAll("'", "''");

describe('a database file with something that would act', () => {
  test.each<[string, string, (workspace: Workspace) => readonly string[]]>([
    ['macro "sum"', 'DROP MACRO "sum"', () => ['CREATE MACRO sum(x) AS 42']],
    ['macro "count"', 'DROP MACRO "count"', () => ['CREATE MACRO count(x) AS 42']],
    ['macro "+"', 'DROP MACRO "+"', () => ['CREATE MACRO "+"(a, b) AS 42']],
    ['macro "read_parquet"', 'DROP MACRO TABLE', () => ['CREATE MACRO read_parquet(x) AS TABLE SELECT 1 AS a']],
    ['macro "duckdb_columns"', 'DROP MACRO TABLE', () => ['CREATE MACRO duckdb_columns() AS TABLE SELECT 1 AS a']],
    ['macro "duckdb_functions"', 'DROP MACRO TABLE', () => ['CREATE MACRO duckdb_functions() AS TABLE SELECT 1 AS a']],
    ['type "json"', 'DROP TYPE "json"', () => ['CREATE TYPE json AS INTEGER']],
    ['schema "temp"', 'DROP SCHEMA "temp"', () => ['CREATE SCHEMA "temp"']],
    [
      'view "refresh_log"',
      'DROP VIEW "refresh_log"',
      (workspace) => ['DROP TABLE refresh_log', `CREATE VIEW refresh_log AS ${logging(workspace)}`],
    ],
    [
      'view "silver_events"',
      'DROP VIEW "silver_events"',
      (workspace) => [
        `CREATE OR REPLACE VIEW silver_events AS FROM query(CASE WHEN random() < 0.5 THEN 'SELECT 1' ELSE '${quoted(logging(workspace))}' END)`,
      ],
    ],
    ['macro "mine"', 'DROP MACRO TABLE "mine"', (workspace) => [`CREATE MACRO mine() AS TABLE ${logging(workspace)}`]],
    [
      'macro "hidden"',
      'DROP MACRO "hidden"',
      (workspace) => [`CREATE MACRO hidden() AS (SELECT count(*) FROM query('${quoted(logging(workspace))}'))`],
    ],
  ])('is refused with the name of it: %s', async (name, remedy, statements) => {
    const workspace = await foreignFile(statements);
    const warehouse = await open(workspace);
    const refusal = {
      code: 'DATABASE_UNSAFE',
      message: expect.stringContaining(name),
      details: { action: expect.stringContaining(remedy) },
    };
    await expect(warehouse.console.run('tab', 'SELECT 1')).rejects.toMatchObject(refusal);
    await expect(warehouse.refresh()).rejects.toMatchObject(refusal);
    expect((await warehouse.summary()).problem).toMatchObject({ code: 'DATABASE_UNSAFE' });
    expect(readdirSync(path.join(workspace.folder, 'data/events'))).toEqual(['date=2025-01-06']);
    expect(existsSync(workspace.database)).toBe(true);
  });
});

test('a full refresh sets such a file aside and builds the warehouse without it', async () => {
  const workspace = await foreignFile(() => ['CREATE MACRO sum(x) AS 42', 'CREATE TABLE mine AS SELECT 7 AS a']);
  const warehouse = await open(workspace);
  await expect(warehouse.refresh()).rejects.toMatchObject({ code: 'DATABASE_UNSAFE' });
  const entry = await warehouse.refresh({ mode: 'full' });
  expect(entry.notices?.join(' ')).toContain('was renamed to micro_warehouse.damaged-');
  expect(await gridRows(warehouse.console, 'SELECT sum(weekly_active_teams) FROM gold_weekly_active_teams')).toEqual([
    ['1'],
  ]);
  const aside = readdirSync(workspace.folder).find((name) => /damaged-.*\.duckdb$/.test(name)) ?? '';
  const instance = await DuckDBInstance.create(path.join(workspace.folder, aside));
  const connection = await instance.connect();
  expect((await connection.runAndReadAll('FROM mine')).getRows()).toEqual([[7]]);
  connection.closeSync();
  instance.closeSync();
});

test('what users add for themselves goes on working', async () => {
  const workspace = await foreignFile(() => [
    'CREATE MACRO doubled(x) AS x * 2',
    'CREATE MACRO days(n) AS TABLE FROM range(n) t(day)',
    "CREATE VIEW files AS FROM glob('no-such-file')",
    "CREATE VIEW fixed AS FROM query('SELECT ' || '42 AS answer')",
    "CREATE TYPE mood AS ENUM ('good')",
    'CREATE SCHEMA own',
    'CREATE TABLE own.notes AS SELECT 1 AS a',
  ]);
  const warehouse = await open(workspace);
  await warehouse.refresh({ mode: 'full' });
  expect(await gridRows(warehouse.console, 'SELECT doubled(day), answer, a FROM days(1), fixed, own.notes')).toEqual([
    ['0', '42', '1'],
  ]);
});
