import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { modelsFolder, temporaryWorkspace, writeEvents } from '../testing/temporary-workspace';
import { Warehouse } from '../warehouse/warehouse';

/** An internal error at run time, after which DuckDB refuses all further work. */
const fatal = `SELECT date_sub('era', TIMESTAMPTZ '2000-01-01 00:00:00+00' + to_days(i::INT),
  TIMESTAMPTZ '2020-01-01 00:00:00+00') AS x FROM range(3) t(i)`;
/** An internal error at planning time, which DuckDB survives. */
const survived =
  "SELECT date_sub('era', TIMESTAMPTZ '2000-01-01 00:00:00+00', TIMESTAMPTZ '2020-01-01 00:00:00+00') AS x";

const inWords = {
  code: 'DUCKDB_FAILED',
  message: 'DuckDB failed with an internal error in this statement: Unable to subtract ICU calendar part.',
  details: { action: expect.not.stringContaining('Fix the SQL') },
};

async function refreshed() {
  const workspace = await temporaryWorkspace();
  await writeEvents(workspace, [{ at: '2025-01-06 10:00:00' }]);
  const open = async () => {
    const warehouse = await Warehouse.open(workspace, modelsFolder);
    onTestFinished(() => warehouse.close());
    return warehouse;
  };
  const warehouse = await open();
  await warehouse.refresh();
  return { workspace, warehouse, open };
}

async function addModel(folder: string, name: string, sql: string): Promise<void> {
  await mkdir(path.join(folder, 'models'), { recursive: true });
  await writeFile(
    path.join(folder, 'models', `${name}.sql`),
    `-- name: ${name}\n-- layer: gold\n-- kind: table\n-- grain: one row\n-- depends on: silver_events\n-- columns:\n--   x: a number\n-- summary: A test.\n${sql};\n`,
  );
}

test('an internal error is told in words, without a stack; one that DuckDB survives leaves it working', async () => {
  const { warehouse } = await refreshed();
  await expect(warehouse.console.run('tab', survived)).rejects.toMatchObject(inWords);
  expect((await warehouse.console.run('tab', 'SELECT 1')).result?.rows).toBe(1);
  expect(warehouse.failure.value).toBeNull();
});

test('text that only reads like a fatal error is none', async () => {
  const { warehouse } = await refreshed();
  const said = 'FATAL Error: Failed: database has been invalidated because of a previous fatal error.';
  await expect(warehouse.console.run('tab', `SELECT error('${said}')`)).rejects.toMatchObject({ code: 'SQL_ERROR' });
  expect((await warehouse.console.run('tab', 'SELECT 1')).result?.rows).toBe(1);
  expect(warehouse.failure.value).toBeNull();
});

test.each([
  ['a statement', (warehouse: Warehouse) => warehouse.console.run('tab', fatal)],
  ['a plan', (warehouse: Warehouse) => warehouse.console.explain('tab', fatal)],
  [
    'a COPY',
    (warehouse: Warehouse) =>
      warehouse.console.run('tab', `COPY (${fatal}) TO '${warehouse.workspace.exportsFolder}/x.csv'`, {
        allowChanges: true,
      }),
  ],
  [
    'a change',
    (warehouse: Warehouse) => warehouse.console.run('tab', `CREATE TABLE t AS ${fatal}`, { allowChanges: true }),
  ],
])('%s that makes DuckDB fail is told in words, and that DuckDB has failed is known', async (_, run) => {
  const { warehouse } = await refreshed();
  await expect(run(warehouse)).rejects.toMatchObject(inWords);
  await expect(warehouse.console.run('other', 'SELECT 1')).rejects.toMatchObject({
    code: 'DUCKDB_FAILED',
    message: 'DuckDB stopped because another statement caused an internal error.',
  });
  expect(warehouse.failure.value).toMatchObject({ code: 'DUCKDB_FAILED' });
});

test('a refresh that meets a failed DuckDB does not set the database file aside, and is not told as ended', async () => {
  const { workspace, warehouse } = await refreshed();
  await addModel(workspace.folder, 'gold_fatal', fatal);
  await expect(warehouse.refresh()).rejects.toMatchObject({ code: 'DUCKDB_FAILED' });
  expect(warehouse.failure.value).not.toBeNull();
  expect(warehouse.refreshState.value.status).toBe('running');
  expect(await readdir(workspace.folder)).not.toContainEqual(expect.stringContaining('damaged'));
});

test('the next process leaves the model out, names it, and does not try it again until it changes', async () => {
  const { workspace, warehouse, open } = await refreshed();
  await addModel(workspace.folder, 'gold_fatal', fatal);
  await warehouse.refresh().catch(() => undefined);
  await warehouse.close();

  const next = await open();
  const entry = await next.refresh({ crashedSteps: { gold_fatal: 'DuckDB met an internal error.' } });
  const left = 'Your model models/gold_fatal.sql stopped DuckDB and was left out: DuckDB met an internal error.';
  expect(entry).toMatchObject({ status: 'succeeded', notices: [left] });
  await writeEvents(workspace, [{ at: '2025-01-07 10:00:00' }], 'r2');
  expect(await next.refresh()).toMatchObject({ status: 'succeeded', notices: [left] });
  expect(next.failure.value, 'it was not tried again').toBeNull();

  await addModel(workspace.folder, 'gold_fatal', 'SELECT 1 AS x');
  expect(await next.refresh()).toMatchObject({ notices: [], modelRows: { gold_fatal: 1 } });
});

test('a step that is no model of the user fails the refresh by its name', async () => {
  const { warehouse } = await refreshed();
  const failed = warehouse.refresh({ crashedSteps: { gold_top_teams: 'the process ended.' } });
  await expect(failed).rejects.toMatchObject({
    code: 'WORKER_CRASHED',
    message: 'The refresh stopped at the step gold_top_teams: the process ended.',
  });
  expect(await warehouse.refreshHistory()).toMatchObject([{ status: 'failed' }, { status: 'succeeded' }]);
});
