import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, onTestFinished, test } from 'vitest';
import { modelsFolder, temporaryWorkspace, writeEvents } from '../testing/temporary-workspace';
import { loadChecks } from './check-file';
import { parseModelFile } from './model-file';
import { fingerprints, loadAllModels, loadModels } from './models';

async function modelsOf(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'models-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [file, sql] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), sql);
  }
  return folder;
}

function model(name: string, dependsOn: string): string {
  return `-- name: ${name}\n-- layer: gold\n-- kind: table\n-- grain: one row\n-- depends on: ${dependsOn}\n-- columns:\n--   x: a number\n-- summary: A test.\nSELECT 1 AS x;\n`;
}

test('the shipped models come in the order of their dependencies, with meaning for each column', async () => {
  const models = await loadModels(modelsFolder);
  expect(models.map(({ name, kind }) => [name, kind])).toEqual([
    ['bronze_events', 'view'],
    ['silver_events', 'view'],
    ['silver_purchases', 'incremental'],
    ['silver_team_months', 'incremental'],
    ['gold_daily_active_users', 'incremental'],
    ['gold_daily_revenue', 'incremental'],
    ['gold_monthly_stickiness', 'incremental'],
    ['gold_team_retention', 'table'],
    ['gold_top_teams', 'table'],
    ['gold_weekly_active_teams', 'incremental'],
    ['gold_weekly_active_users', 'incremental'],
    ['gold_weekly_events_by_type', 'incremental'],
    ['gold_weekly_purchase_funnel', 'incremental'],
  ]);
  for (const { name, layer, columns } of models) {
    expect(name.startsWith(`${layer}_`)).toBe(true);
    expect(columns.length).toBeGreaterThan(0);
  }
  expect(models.find(({ name }) => name === 'gold_weekly_active_teams')).toMatchObject({
    period: { unit: 'week', column: 'week' },
    grain: 'one row per week with events',
    dependsOn: ['silver_events'],
    columns: [{ name: 'week' }, { name: 'weekly_active_teams', meaning: 'teams with at least one event in that week' }],
  });
});

test('a cycle is refused with the way around it', async () => {
  const folder = await modelsOf({ 'gold/a.sql': model('a', 'b'), 'gold/b.sql': model('b', 'a') });
  await expect(loadModels(folder)).rejects.toMatchObject({
    code: 'MODEL_INVALID',
    message: 'The model gold/a.sql is not valid (line 5): it depends on itself: a -> b -> a.',
  });
});

test.each([
  [
    'an unknown dependency',
    model('a', 'nothing'),
    "gold/a.sql is not valid (line 5): it depends on nothing, which isn't a model",
  ],
  ['a name unlike the file', model('b', 'data/events'), 'gold/a.sql is not valid (line 1): its name, b,'],
  ['a missing key', '-- name: a\nSELECT 1;', 'gold/a.sql is not valid (line 1): its header has no "depends on"'],
  [
    'an unknown key',
    '-- name: a\n-- colour: red\nSELECT 1;',
    `gold/a.sql is not valid (line 2): "colour" isn't one of`,
  ],
  [
    'an unknown layer',
    model('a', 'data/events').replace('layer: gold', 'layer: lead'),
    `gold/a.sql is not valid (line 2): "lead" isn't one of bronze, silver, gold`,
  ],
])('%s is refused with file and reason', async (_, sql, reason) => {
  const folder = await modelsOf({ 'gold/a.sql': sql });
  await expect(loadModels(folder)).rejects.toMatchObject({
    code: 'MODEL_INVALID',
    message: expect.stringContaining(reason),
  });
});

/** A plain DuckDB in a workspace of three days that has run every model file unchanged. */
async function plainClient() {
  const workspace = await temporaryWorkspace();
  const days = ['2025-01-06', '2025-01-07', '2025-02-03'];
  await writeEvents(workspace, days.map((day) => ({ at: `${day} 10:00:00`, event: 'purchase' })));
  const instance = await DuckDBInstance.create(':memory:', { file_search_path: workspace.folder });
  const connection = await instance.connect();
  onTestFinished(() => {
    connection.closeSync();
    instance.closeSync();
  });
  for (const { name, kind, sql } of await loadModels(modelsFolder)) {
    await connection.run(`CREATE ${kind === 'view' ? 'VIEW' : 'TABLE'} ${name} AS ${sql}`);
  }
  return async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson();
} // prettier-ignore

test('model files run as they stand in any DuckDB client', async () => {
  const rows = await plainClient();
  expect(await rows('FROM gold_weekly_active_teams')).toEqual([
    ['2025-01-06 00:00:00', '1'],
    ['2025-02-03 00:00:00', '1'],
  ]);
  expect(await rows('SELECT count(*), sum(purchases) FROM gold_top_teams')).toEqual([['1', '3']]);
});

test('a filter on the date of silver_events reads the files of those days alone', async () => {
  const rows = await plainClient();
  const plan = await rows(`EXPLAIN ANALYZE SELECT max(event_time) FROM silver_events WHERE date = DATE '2025-01-07'`);
  expect(JSON.stringify(plan)).toMatch(/Files Read: 1\b/);
});

test('a fingerprint changes with the SQL and what the header decides, not with what it explains', () => {
  const sql = model('gold_x', 'gold_y');
  const of = (text: string) => fingerprints([parseModelFile(text, 'gold/gold_x.sql')]).get('gold_x');
  for (const same of [sql.replace('A test.', 'A better summary.'), sql.replace('1', '/* why */ 1'), `${sql}-- End.`])
    expect(of(same)).toBe(of(sql));
  for (const other of [
    sql.replace('SELECT 1', 'SELECT 2'),
    sql.replace('table', 'view'),
    sql.replace('gold_y', 'gold_z'),
  ])
    expect(of(other)).not.toBe(of(sql));
});

test('name.trino.sql stands for its model on Trino, and is no model of its own', async () => {
  const folder = await modelsOf({
    'gold/a.sql': model('a', 'data/events'),
    'gold/a.trino.sql': 'SELECT 2 AS x',
    'gold/b.sql': model('b', 'a'),
  });
  const shipped = await loadModels(folder);
  expect(shipped.map(({ name, trinoSql }) => [name, trinoSql])).toEqual([
    ['a', 'SELECT 2 AS x'],
    ['b', null],
  ]);
  // The text for Trino doesn't rebuild anything here.
  const plain = shipped.map((each) => ({ ...each, trinoSql: null }));
  expect(fingerprints(shipped)).toEqual(fingerprints(plain));
  const workspace = await temporaryWorkspace();
  await mkdir(workspace.modelsFolder);
  await writeFile(path.join(workspace.modelsFolder, 'own.sql'), 'SELECT 1 AS x');
  await writeFile(path.join(workspace.modelsFolder, 'own.trino.sql'), 'SELECT 3 AS x');
  await writeFile(path.join(workspace.modelsFolder, 'lone.trino.sql'), 'SELECT 4 AS x');
  const { models, broken } = await loadAllModels(folder, workspace);
  expect(models.map(({ name, trinoSql }) => [name, trinoSql])).toEqual([
    ['a', 'SELECT 2 AS x'],
    ['b', null],
    ['gold_own', 'SELECT 3 AS x'],
  ]);
  expect(broken).toEqual([]);
});

test('the reason for keeping late events names the one metric that counts them by the time of the event', async () => {
  const models = await loadModels(modelsFolder);
  const byTime = models.filter(({ layer, sql }) => layer === 'gold' && sql.includes('event_time'));
  expect(byTime.map(({ name }) => name)).toEqual(['gold_weekly_active_teams']);
  const late = (await loadChecks(modelsFolder)).find(({ name }) => name === 'event_time_in_day');
  expect(late?.kept?.reason).toContain('Weekly active teams counts them in the week they happened');
  expect(late?.kept?.reason).toContain('every other metric on the day of their file');
});
