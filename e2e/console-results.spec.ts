import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './support/app';
import { answerReplace, cell, clipboardOf, columnMenu, runToRows, saveTo, small } from './support/results';

test('the inspector opens JSON as a tree, filters by a value and extracts a column', async ({ app }) => {
  await runToRows(app, small);
  await cell(app, 2, 3).dblclick();
  const pane = app.window.getByRole('complementary', { name: 'properties' });
  await expect(pane.getByText('"/home"')).toBeVisible();
  const ink = await app.window.evaluate(() => getComputedStyle(document.body).color);
  await expect(pane.getByText('"/home"'), 'values stand out from keys by colour').not.toHaveCSS('color', ink);
  await pane.getByRole('button', { name: 'Collapse $.page', exact: true }).click();
  await expect(pane.getByText('"/home"')).toHaveCount(0);
  await pane.getByRole('button', { name: 'Expand $.page', exact: true }).click();
  await pane.getByRole('button', { name: 'Copy path $.page.url' }).click();
  await expect(async () => expect(await clipboardOf(app)).toBe('$.page.url')).toPass();
  await pane.getByRole('button', { name: 'Filter by this value' }).click();
  await expect(app.window.getByText('1 of 3 rows')).toBeVisible();
  await app.window.getByRole('button', { name: /^Remove filter properties equals/ }).click();
  await pane.getByRole('button', { name: 'Filter by $.tags[1]' }).click();
  await expect(app.window.getByText('1 of 3 rows')).toBeVisible();
  await app.button('Remove filter properties $.tags[1] equals 2').click();
  await pane.getByRole('button', { name: 'Extract $.page.url as column' }).click();
  await app.button('Run').click();
  await expect(app.result.getByRole('columnheader', { name: /^url VARCHAR/ })).toBeVisible();
  await expect(cell(app, 2, 4)).toHaveText('/home');
});

test('a profile is computed over all rows; its SQL opens in the console', async ({ app }) => {
  await runToRows(app, 'SELECT i AS n FROM range(100000) t(i)');
  await columnMenu(app, 'n', 'Profile');
  const pane = app.window.getByRole('complementary', { name: 'Profile of n' });
  await expect(pane.getByRole('definition').filter({ hasText: /^49999\.5$/ })).toBeVisible();
  await expect(pane.getByRole('listitem')).toHaveCount(24);
  await pane.getByRole('button', { name: 'Show SQL' }).click();
  await app.button('Run').click();
  await expect(app.window.getByText(/^24 rows/)).toBeVisible();
});

test('a chart has sensible defaults, is aggregated in DuckDB, saved with the query and as a picture', async ({
  app,
  folder,
}) => {
  await runToRows(
    app,
    `SELECT DATE '2025-01-01' + (i % 90)::INTEGER AS day, i AS amount, i % 3 AS kind FROM range(200000) t(i)`,
  );
  await app.window.getByRole('radio', { name: 'Chart' }).click();
  const figure = app.window.getByRole('figure', { name: 'Result chart' });
  await expect(figure.getByText(/line chart, 90 points/)).toBeAttached();
  await app.window.getByRole('combobox', { name: 'Split by' }).selectOption('kind');
  await expect(figure.getByText(/line chart, 90 points, (0|1|2), (0|1|2), (0|1|2)/)).toBeAttached();
  for (const kind of ['bar', 'area', 'scatter', 'line']) {
    await app.window.getByRole('combobox', { name: 'Chart' }).selectOption(kind);
    await expect(figure.getByText(new RegExp(`^${kind} chart`))).toBeAttached();
  }
  for (const format of ['svg', 'png'] as const) {
    const file = path.join(folder, `chart.${format}`);
    await saveTo(app, file);
    await app.choose('Image', `Save as ${format.toUpperCase()}…`);
    await expect(async () => expect((await stat(file)).size).toBeGreaterThan(2_000)).toPass();
  }
  const svg = await readFile(path.join(folder, 'chart.svg'), 'utf8');
  expect(svg).not.toMatch(/var\(--|class=/);
  for (const kind of ['0', '1', '2'])
    expect(svg, 'with its legend').toMatch(new RegExp(`<circle [^>]*/><text [^>]*>${kind}</text>`));
  await app.button('Save chart with query').click();
  await expect(app.window.getByRole('textbox', { name: 'SQL', exact: true })).toContainText('-- chart: line, x "day"');
});

test('a plan marks the hottest operator', async ({ app }) => {
  await runToRows(app, 'SELECT i % 7 AS k, count(*) AS n FROM range(1000000) t(i) GROUP BY ALL ORDER BY n');
  await app.window.getByRole('radio', { name: 'Plan' }).click();
  const plan = app.window.getByRole('tree', { name: 'Plan' });
  await expect(plan.getByText('hottest')).toHaveCount(1);
  await expect(plan.getByRole('treeitem').first()).toContainText('7 rows');
});

test('a plan tells which Parquet files and row groups were read', async ({ app }) => {
  await app.generate({ Rows: 2_000, End: '2023-01-20' });
  await expect(app.window.getByText(/^Generated 2,000 events/)).toBeVisible();
  await app.refresh();
  await runToRows(app, `SELECT event_name, count(*) FROM bronze_events WHERE date >= '2023-01-19' GROUP BY ALL`);
  await app.window.getByRole('radio', { name: 'Plan' }).click();
  await expect(app.window.getByText('2 of 20 Parquet files, 18 pruned')).toBeVisible();
  await app.window.getByText(/^2 files opened · 18 pruned · 2 row groups read/).click();
  const row = (day: string) => app.window.getByRole('row', { name: new RegExp(`date=2023-01-${day}/events-`) });
  await expect(row('20')).toContainText('1 of 1');
  await expect(row('18')).toContainText('pruned');
});

test('a result without rows says so; EXPLAIN is shown as DuckDB draws it; an export that can’t be put there says why', async ({
  app,
}) => {
  await app.open('Console');
  await app.writeSql('SELECT 1 AS n WHERE false');
  await app.button('Run').click();
  await expect(app.window.getByText('Query returned no rows.')).toBeVisible();
  await expect(app.window.getByText(/^0 rows · 1 column/)).toBeVisible();
  await app.writeSql('EXPLAIN SELECT sum(range) FROM range(10)');
  await app.button('Run').click();
  await expect(app.window.getByLabel('Plan')).toContainText('UNGROUPED_AGGREGATE');
  await runToRows(app, 'FROM range(10)');
  await saveTo(app, path.join(app.workspace, 'nowhere', 'x.csv'));
  await app.choose('Export', 'CSV');
  await expect(app.window.getByText(/^The folder .*nowhere doesn't exist\.$/)).toBeVisible();
  expect(await readdir(path.join(app.workspace, 'exports'))).toEqual([]);
});

test('10M rows are opened, scrolled to the end, sorted and exported, with little memory in the window', async ({
  app,
  folder,
}) => {
  test.setTimeout(240_000);
  await runToRows(app, `SELECT i AS n, hash(i) AS h, 'text ' || i AS word FROM range(10000000) t(i)`);
  await expect(app.window.getByText(/^10,000,000 rows/)).toBeVisible({ timeout: 60_000 });
  await app.result.focus();
  await app.result.press('ControlOrMeta+End');
  await expect(cell(app, 10_000_000, 1)).toHaveText('9999999');
  await app.window.getByLabel('Go to row').fill('5,000,001');
  await app.window.getByLabel('Go to row').press('Enter');
  await expect(cell(app, 5_000_001, 1)).toHaveText('5000000');
  await columnMenu(app, 'n', 'Sort descending');
  await app.result.press('ControlOrMeta+Home');
  await expect(cell(app, 1, 1)).toHaveText('9999999', { timeout: 60_000 });

  const file = path.join(folder, 'all.parquet');
  await saveTo(app, file);
  await app.choose('Export', 'Parquet');
  await expect(app.window.getByRole('progressbar', { name: 'Export' })).toBeVisible();
  await expect(app.window.getByText(/Exported 10,000,000 rows/)).toBeVisible({ timeout: 120_000 });
  expect((await stat(file)).size).toBeGreaterThan(50_000_000);

  await saveTo(app, path.join(folder, 'never.json'));
  await app.choose('Export', 'JSON');
  await app.button('Cancel export').click();
  await expect(app.window.getByText('The export was cancelled; no file was written.')).toBeVisible();
  expect((await readdir(folder)).filter((name) => name.includes('never'))).toEqual([]);
  expect(await readdir(path.join(app.workspace, 'exports'))).toEqual([]);
  const heap = await app.window.evaluate(
    () => (Reflect.get(performance, 'memory') as { usedJSHeapSize: number }).usedJSHeapSize,
  );
  expect(heap).toBeLessThan(150e6);
});

test('a query becomes a metric; a preview opens its SQL in the console', async ({ app }) => {
  await app.generate({ Rows: 20_000 });
  await expect(app.window.getByText(/^Generated 20,000 events/)).toBeVisible();
  await app.refresh();
  await app.open('Layers');
  await app.window.getByText('silver_events').first().click();
  await app.button('Show SQL').click();
  await expect(app.window.getByRole('textbox', { name: 'SQL', exact: true })).toContainText(
    'SELECT * FROM "silver_events" LIMIT 1000',
  );
  await runToRows(app, 'SELECT event_name, count(*) AS events FROM silver_events GROUP BY ALL');
  await app.button('Save as metric').click();
  const dialog = app.window.getByRole('dialog');
  await dialog.getByLabel('Name').fill('events_by_name');
  await dialog.getByLabel('Description').fill('Events of each kind.');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('Saved to models/events_by_name.sql')).toBeVisible();
  expect(await readFile(path.join(app.workspace, 'models/events_by_name.sql'), 'utf8')).toContain(
    '-- depends on: silver_events',
  );
});

test('an export asks before it replaces a file, where the dialog of the system does not', async ({ app, folder }) => {
  test.skip(process.platform !== 'linux', 'the dialogs of other systems ask this themselves');
  const file = path.join(folder, 'mine.csv');
  await writeFile(file, 'mine');
  await app.open('Console');
  await runToRows(app, 'SELECT 7 AS n');
  await saveTo(app, file);
  const asked = await answerReplace(app, 'Cancel');
  await app.choose('Export', 'CSV');
  await expect.poll(asked).toBe(1);
  expect(await readFile(file, 'utf8')).toBe('mine');
  await answerReplace(app, 'Replace');
  await app.choose('Export', 'CSV');
  await expect.poll(() => readFile(file, 'utf8')).toContain('7');
});
