import { readdirSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, onTestFinished, test } from 'vitest';
import { modelsFolder, temporaryWorkspace, writeEvents } from '../testing/temporary-workspace';
import { Warehouse } from '../warehouse/warehouse';
import type { Workspace } from '../workspace';

/*
 * The database file may come from anybody, and with it the tables in which refreshes keep their records: whatever is in
 * them, the user is told what to do, and a refresh mends it.
 */

const mark = `'Every refresh, whichever way it ended; one row each (layout 3).'`;

/** A warehouse that was refreshed, and whose records somebody else has changed. */
async function foreignRecords(statements: readonly string[]): Promise<{ workspace: Workspace; warehouse: Warehouse }> {
  const workspace = await temporaryWorkspace();
  await writeEvents(workspace, [{ at: '2025-01-06 10:00:00' }, { at: '2025-01-07 10:00:00' }]);
  const before = await Warehouse.open(workspace, modelsFolder);
  await before.refresh();
  await before.close();
  const instance = await DuckDBInstance.create(workspace.database);
  const connection = await instance.connect();
  for (const sql of statements) await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  return { workspace, warehouse };
}

const asideOf = ({ folder }: Workspace) => readdirSync(folder).filter((name) => /damaged-.*\.duckdb$/.test(name));

test.each<[string, readonly string[]]>([
  ['a unique index', ['CREATE UNIQUE INDEX u ON refresh_log (status)']],
  ['a unique index on the days', ['CREATE UNIQUE INDEX u ON refresh_days (date)']],
  ['a condition', ['DROP TABLE check_days', 'CREATE TABLE check_days (check_name VARCHAR, date DATE, failed_rows BIGINT, refresh_id BIGINT CHECK (refresh_id < 0))']], // prettier-ignore
  ['a generated column', ['DROP TABLE check_days', 'CREATE TABLE check_days (check_name VARCHAR, date DATE, failed_rows BIGINT, refresh_id BIGINT GENERATED ALWAYS AS (1))']], // prettier-ignore
  ['NOT NULL', [`UPDATE refresh_log SET error = '{}'`, 'ALTER TABLE refresh_log ALTER error SET NOT NULL']],
  ['another column', ['ALTER TABLE refresh_days ADD COLUMN mine INTEGER']],
  ['a column less', ['ALTER TABLE refresh_manifest DROP version']],
  ['another name', ['ALTER TABLE refresh_models RENAME name TO label']],
  ['another type', ['ALTER TABLE refresh_log ALTER files TYPE VARCHAR']],
  ['no table', ['DROP TABLE refresh_days']],
  ['a view for a table', ['DROP TABLE refresh_days', 'CREATE VIEW refresh_days AS SELECT 1 AS a']],
  ['a view for the log', ['DROP TABLE refresh_log', 'CREATE VIEW refresh_log AS SELECT 1 AS a', `COMMENT ON VIEW refresh_log IS ${mark}`]], // prettier-ignore
  ['an older layout with a view', ['COMMENT ON TABLE refresh_log IS NULL', 'DROP TABLE refresh_days', 'CREATE VIEW refresh_days AS SELECT 1 AS a']], // prettier-ignore
  ['an unknown status', [`UPDATE refresh_log SET status = 'unheard-of'`]],
  ['no time', [`UPDATE refresh_log SET started_at = 'infinity'`]],
  ['JSON of another kind', [`UPDATE refresh_log SET steps = '{"a": 1}', error = '"x"'`]],
  ['the last id there is', ['UPDATE refresh_log SET refresh_id = 9223372036854775807']],
  ['rows without values', ['UPDATE refresh_manifest SET path = NULL']],
  ['models without names', ['UPDATE refresh_models SET name = NULL']],
  ['problems without words', [`UPDATE refresh_models SET problem = '[]'`]],
  ['checks without names', ['UPDATE check_results SET check_name = NULL']],
])('records with %s are set aside by a refresh, and told of before', async (_, statements) => {
  const { workspace, warehouse } = await foreignRecords(statements);
  const damaged = { code: 'DATABASE_DAMAGED', details: { action: expect.stringContaining('Refresh') } };
  const asked = await Promise.allSettled([warehouse.refreshHistory(), warehouse.models(), warehouse.checks()]);
  for (const outcome of asked) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(damaged);
  await warehouse.summary();
  await warehouse.days.list().catch((error: unknown) => expect(error).toMatchObject(damaged));
  const entry = await warehouse.refresh();
  expect(entry).toMatchObject({ status: 'succeeded', refreshId: 1 });
  expect(entry.notices?.join(' ')).toContain('was renamed to');
  expect(asideOf(workspace)).toHaveLength(1);
  expect(await warehouse.refreshHistory()).toHaveLength(1);
  expect((await warehouse.summary()).problem).toBeNull();
  await Promise.all([warehouse.models(), warehouse.checks(), warehouse.days.list()]);
});

test('a column and an ordinary index that the user has added do no harm', async () => {
  const { workspace, warehouse } = await foreignRecords([
    'ALTER TABLE refresh_log ADD COLUMN remark VARCHAR',
    'CREATE INDEX own ON refresh_manifest (path)',
  ]);
  expect(await warehouse.refresh()).toMatchObject({ status: 'succeeded', refreshId: 2 });
  expect(asideOf(workspace)).toEqual([]);
});

test('a table of the user in the place of a metric is built again, and hides no day meanwhile', async () => {
  const { workspace, warehouse } = await foreignRecords([
    'CREATE OR REPLACE TABLE gold_daily_active_users AS SELECT 1',
  ]);
  expect(await warehouse.days.list()).toHaveLength(2);
  await warehouse.refresh({ mode: 'full' });
  expect((await warehouse.days.list())[0]).toMatchObject({ date: '2025-01-06' });
  expect(asideOf(workspace)).toEqual([]);
});

test.each([
  ['changes of metrics', [`INSERT INTO refresh_changes VALUES (1, 'gold_x', NULL, 'unheard-of', '[]', '[]', [])`]],
  ['changes of metrics', [`INSERT INTO refresh_changes VALUES (1, NULL, 'infinity', 'added', '{}', NULL, [NULL])`]],
  ['changes of metrics', [`INSERT INTO refresh_changes VALUES (1, 'gold_x', NULL, 'added', '7', '[]', [])`]],
  ['rows by layer', [`UPDATE refresh_log SET waterfall = '{"a": 1}'`]],
  ['results of checks', [`UPDATE check_results SET severity = 'unheard-of'`]],
])('a summary without its %s is shown, and says so', async (part, statements) => {
  const { warehouse } = await foreignRecords(statements);
  const summary = await warehouse.refreshSummary(1);
  expect(summary?.entry.notices?.filter((text) => text.includes(part))).toHaveLength(1);
  expect(summary?.changes).toEqual([]);
  expect(await warehouse.refresh()).toMatchObject({ status: 'succeeded' });
  const next = (await warehouse.refreshHistory())[0]?.refreshId ?? 0;
  expect((await warehouse.refreshSummary(next))?.entry.status).toBe('succeeded');
});
