import { spawn } from 'node:child_process';
import { mkdir, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, filesOfEvents, test, type App } from './support/app';

/** Ten days of events, refreshed. */
async function refreshed(app: App, rows = 5_000): Promise<void> {
  await app.generate({ Rows: rows, End: '2023-01-10' });
  await expect(app.window.getByText(/^Generated /)).toBeVisible();
  await app.refresh();
}

/** Writes one event of another program's into a day. */
async function addEvent(workspace: string, date: string, event: string): Promise<void> {
  const folder = path.join(workspace, `data/events/date=${date}`);
  await mkdir(folder, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT TIMESTAMP '${date} 12:00:00' AS event_time, 7::BIGINT AS user_id, 3::BIGINT AS team_id,
       '${event}' AS event_name, '{"platform":"web","browser":"Opera"}' AS properties)
     TO '${path.join(folder, 'events-other.parquet')}' (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
}

/** Makes the window reload everything, as it does whenever the user returns to it. */
async function lookAgain(app: App): Promise<void> {
  await app.window.reload();
  await app.ready();
}

test('a refresh tells what it did: waterfall, checks, changes, models, exports, steps', async ({ app }) => {
  const { window } = app;
  await refreshed(app);
  const waterfall = window.getByRole('list', { name: 'Waterfall' });
  await expect(waterfall.getByRole('listitem').filter({ hasText: 'Bronze' })).toContainText('5,000 rows');
  await expect(waterfall.getByRole('listitem').filter({ hasText: 'Silver' }).first()).toContainText('no rows dropped');
  await expect(window.getByRole('tab', { name: /^Checks/ })).toHaveText(/8 passed/);
  await window.getByRole('tab', { name: /^Models/ }).click();
  await expect(window.getByRole('list', { name: 'Rows by model' })).toContainText('gold_top_teams');
  await window.getByRole('tab', { name: /^Exports/ }).click();
  await expect(window.getByRole('list', { name: 'Exports' })).toContainText('exports/gold_weekly_active_teams.parquet');
  await window.getByRole('tab', { name: 'Steps' }).click();
  await expect(window.getByRole('list', { name: 'Steps' }).getByText('silver_events')).toBeVisible();

  await addEvent(app.workspace, '2023-01-11', 'search');
  await app.refresh();
  await expect(window.getByText(/^Incremental · 1 day changed/)).toBeVisible();
  await window.getByRole('tab', { name: /^Changes/ }).click();
  await window.getByText('gold_daily_active_users').click();
  const changes = window.getByRole('table', { name: 'Changes of gold_daily_active_users' });
  await expect(changes.getByRole('row').filter({ hasText: '2023-01-11' })).toContainText('daily_active_users 1');

  await app.open('Activity');
  await window.getByText('Refresh 2', { exact: true }).click();
  await expect(window.getByRole('list', { name: 'Waterfall' })).toContainText('5,001 rows');
});

test('a failing check opens its rows, and marks the data wherever it is shown', async ({ app }) => {
  const { window } = app;
  await refreshed(app);
  await addEvent(app.workspace, '2023-01-05', 'teleport');
  await app.refresh();
  await expect(window.getByRole('tab', { name: /^Checks/ })).toHaveText(/1 failing/);
  await window.getByRole('button', { name: /event_name_known/ }).click();
  const rows = window.getByRole('dialog', { name: /event_name_known/ });
  await expect(rows).toContainText('1 row on 1 day at the last refresh.');
  await expect(app.result.getByRole('gridcell', { name: 'teleport' })).toBeVisible();
  await window.keyboard.press('Escape');
  await expect(window.getByRole('button', { name: /event_name_known/ }), 'the focus returns').toBeFocused();

  await app.button('Dismiss').click();
  await expect(window.getByRole('heading', { name: '1 check failing' })).toBeVisible();
  for (const page of ['Overview', 'Metrics', 'Layers'] as const) {
    await app.open(page);
    await expect(window.getByRole('link', { name: '1 check failing' })).toBeVisible();
  }
  await window.getByRole('tab', { name: 'Checks' }).click();
  await window.getByRole('button', { name: /event_name_known/ }).click();
  await expect(app.result.getByRole('gridcell', { name: 'teleport' })).toBeVisible();
});

test('gold that is older than the files is marked as stale until the next refresh', async ({ app }) => {
  const { window } = app;
  await refreshed(app);
  await expect(window.getByRole('link', { name: 'Stale' })).toHaveCount(0);
  await addEvent(app.workspace, '2023-01-12', 'search');
  await lookAgain(app);
  for (const page of ['Metrics', 'Layers', 'Overview'] as const) {
    await app.open(page);
    await expect(window.getByRole('link', { name: 'Stale' })).toBeVisible();
  }
  await app.refresh();
  await expect(window.getByRole('link', { name: 'Stale' })).toHaveCount(0);
  await expect(window.getByRole('link', { name: '1 check failing' }), 'one day is missing between').toBeVisible();
});

/** Releases the database file once the page has read everything: a later read would reopen it. */
async function releaseFile(app: App): Promise<void> {
  const { window } = app;
  await expect(window.getByRole('figure')).toBeVisible();
  await expect(window.getByRole('list', { name: 'Waterfall' })).toBeVisible();
  await expect(window.locator('[aria-busy="true"], .animate-breathe')).toHaveCount(0);
  await app.button('Release database file').click();
  await expect(window.getByText(/Database file released/)).toBeVisible();
}

/** Opens a database for writing, prints its number of days, and keeps it open. */
const holdScript = `
const { DuckDBInstance } = require('@duckdb/node-api');
(async () => {
  const instance = await DuckDBInstance.create(process.argv[1]);
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll('SELECT count(*) FROM gold_daily_active_users');
  console.log(reader.getRows()[0][0] + ' days');
  setInterval(() => instance, 1000);
})();`;

/** Starts another program that keeps the database file open. */
async function holdFile(workspace: string): Promise<{ said: string; pid: number; letGo: () => Promise<unknown> }> {
  const holder = spawn(process.execPath, ['-e', holdScript, path.join(workspace, 'micro_warehouse.duckdb')]);
  const ended = new Promise((resolve) => holder.once('exit', resolve));
  const said = await new Promise<string>((resolve, reject) => {
    holder.stdout.once('data', (text) => resolve(String(text)));
    holder.stderr.once('data', (text) => reject(new Error(String(text))));
  });
  return { said, pid: holder.pid ?? 0, letGo: () => (holder.kill(), ended) };
}

test('the database file can be released for another program, whose hold is told with its process', async ({ app }) => {
  const { window, workspace } = app;
  await refreshed(app);
  await releaseFile(app);
  const holder = await holdFile(workspace);
  expect(holder.said, 'another program reads what the app has built').toContain('10 days');

  await app.button('Refresh').first().click();
  await expect(window.getByText(new RegExp(`is in use by .*process ${holder.pid}`)).first()).toBeVisible();
  await holder.letGo();
  await app.button('Try again').first().click();
  await expect(window.getByText(/^Refreshed in/)).toBeVisible();
});

test('a page that opens while another program holds the file says so, and goes on once it is free', async ({ app }) => {
  const { window, workspace } = app;
  await refreshed(app);
  await releaseFile(app);
  const holder = await holdFile(workspace);
  await app.open('Metrics');
  await expect(window.getByText(new RegExp(`process ${holder.pid}`)).first()).toBeVisible();
  await holder.letGo();
  await app.button('Try again').first().click();
  await expect(window.getByRole('link', { name: 'Weekly active teams' })).toBeVisible();
});

test('a damaged Parquet file is left out on request, and remembered visibly', async ({ app }) => {
  const { window, workspace } = app;
  await refreshed(app);
  const [file = ''] = await filesOfEvents(workspace);
  await truncate(path.join(workspace, 'data', file), 100);
  await app.button('Refresh').first().click();
  await expect(window.getByText(/can't be read as Parquet/).first()).toBeVisible();
  await expect(window.getByText(/^Stale, refreshed/)).toBeVisible();
  await expect(window.getByText(/^Generated/), 'old news').toHaveCount(0);
  await app.button('Refresh without it').click();
  await expect(window.getByText(/^Refreshed in/)).toBeVisible();
  await expect(window.getByText('1 damaged file left out.')).toBeVisible();
  await app.button('Dismiss').click();
  await expect(window.getByText('1 damaged file left out.')).toBeVisible();
  for (const page of ['Overview', 'Metrics', 'Layers'] as const) {
    await app.open(page);
    await expect(window.getByRole('link', { name: '1 file left out' })).toBeVisible();
  }
});

test('a damaged database is set aside and rebuilt, and the user is told', async ({ app }) => {
  const { window, workspace } = app;
  await refreshed(app);
  await releaseFile(app);
  await writeFile(path.join(workspace, 'micro_warehouse.duckdb'), 'this is not a database');
  await app.refresh();
  await expect(window.getByText(/was renamed to micro_warehouse\.damaged-/)).toBeVisible();
});

test("the user's own model is charted; a broken one is shown with its error and stops no other", async ({ app }) => {
  const { window, workspace } = app;
  await mkdir(path.join(workspace, 'models'));
  await writeFile(
    path.join(workspace, 'models/daily_searches.sql'),
    `SELECT date, count(*) AS searches FROM silver_events WHERE event_name = 'search' GROUP BY date ORDER BY date`,
  );
  await writeFile(path.join(workspace, 'models/broken.sql'), 'SELECT nope FROM silver_events');
  await refreshed(app);
  await expect(window.getByText(/models\/broken\.sql, line 1/).first()).toBeVisible();
  await app.open('Metrics');
  await window.getByRole('link', { name: 'Daily searches' }).click();
  await expect(window.getByRole('figure', { name: 'Daily searches' })).toBeVisible();
  await app.open('Layers');
  await window.getByRole('link', { name: 'gold_broken' }).click();
  await expect(window.getByText(/Binder Error/).first()).toBeVisible();
  await rm(path.join(workspace, 'models/broken.sql'));
  await app.open('Overview');
  await app.refresh();
  await expect(window.getByText(/models\/broken\.sql/)).toHaveCount(0);
});

test('a full refresh is there on demand', async ({ app }) => {
  await refreshed(app);
  await app.choose('More refresh options', /^Full refresh/);
  await expect(app.window.getByText(/^Full · read 10 files of 10/)).toBeVisible();
  await app.open('Activity');
  await expect(app.window.getByText('Refresh 2', { exact: true })).toBeVisible();
});

/** A metric of the user's in `models/`. */
async function addModel(workspace: string, name: string, sql: string): Promise<void> {
  await mkdir(path.join(workspace, 'models'), { recursive: true });
  await writeFile(
    path.join(workspace, 'models', `${name}.sql`),
    `-- name: ${name}\n-- layer: gold\n-- kind: table\n-- grain: one row\n-- depends on: silver_events\n-- columns:\n--   x: a number\n-- summary: A test.\n${sql};\n`,
  );
}

test('models that stop DuckDB are named and left out, and the refresh succeeds', async ({ app }) => {
  test.skip(process.platform === 'win32', 'a stack that overflows ends a process in another way there');
  await app.generate({ Rows: 1_000, End: '2023-01-10' });
  await expect(app.window.getByText(/^Generated 1,000 events/)).toBeVisible();
  await addModel(
    app.workspace,
    'gold_fatal',
    `SELECT date_sub('era', TIMESTAMPTZ '2000-01-01 00:00:00+00' + to_days(i::INT),
     TIMESTAMPTZ '2020-01-01 00:00:00+00') AS x FROM range(3) t(i), silver_events`,
  );
  await addModel(
    app.workspace,
    'gold_crash',
    "SELECT json_structure(repeat('[',300000)||repeat(']',300000)) AS x FROM silver_events",
  );
  await app.button('Refresh').first().click();
  // Two processes are restarted on the way.
  await expect(app.window.getByText(/^Refreshed in/)).toBeVisible({ timeout: 60_000 });
  await expect(app.window.getByText(/models\/gold_fatal\.sql stopped DuckDB and was left out/).first()).toBeVisible();
  await expect(app.window.getByText(/models\/gold_crash\.sql stopped DuckDB and was left out/).first()).toBeVisible();
  expect((await readdir(app.workspace)).filter((name) => name.includes('damaged'))).toEqual([]);
});

test('a refresh that does not stop can be stopped hard, and the warehouse stays as it was', async ({ app }) => {
  await app.generate({ Rows: 1_000, End: '2023-01-10' });
  await expect(app.window.getByText(/^Generated 1,000 events/)).toBeVisible();
  await addModel(app.workspace, 'gold_slow', "SELECT levenshtein(repeat('a',200000),repeat('b',200000)) AS x");
  await app.button('Refresh').first().click();
  // The step has started when its time is running; before, the refresh stops between two steps.
  const step = app.window.getByRole('listitem').filter({ hasText: 'gold_slow' });
  await expect(step.first()).toContainText(/[1-9]\.\d s/, { timeout: 60_000 });
  await app.button('Cancel').click();
  await expect(app.button('Force stop')).toHaveCount(0);
  await app.button('Force stop').click();
  await expect(app.progress('Refresh')).toHaveCount(0);
  await rm(path.join(app.workspace, 'models', 'gold_slow.sql'));
  await app.refresh();
});
