import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, test, type App } from './app';

async function run(app: App, sql: string): Promise<void> {
  await app.open('Console');
  await app.writeSql(sql);
  await app.button('Run').click();
  await expect(app.window.getByRole('toolbar', { name: 'Result' })).toBeVisible({ timeout: 120_000 });
  await expect(app.result.getByRole('gridcell').first()).toBeVisible();
}

const cell = (app: App, row: number, column: number): Locator =>
  app.result.locator(`[aria-rowindex="${row + 1}"] [role="gridcell"][aria-colindex="${column + 1}"]`);

async function columnMenu(app: App, column: string, item: string): Promise<void> {
  await app.result.getByRole('columnheader', { name: new RegExp(`^${column} `) }).hover();
  await app.button(`Column ${column}`).click();
  await app.window.getByRole('menuitem', { name: item, exact: true }).click();
}

const clipboardOf = (app: App) => app.electron.evaluate(({ clipboard }) => clipboard.readText());

/** Answers the next save dialogs, which Playwright can't see. */
async function saveTo(app: App, file: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
}

const small = `SELECT * FROM (VALUES (3, 'c', NULL), (1, 'a', '{"page": {"url": "/home"}, "tags": [1, 2]}'), (2, '', '{}')) t(n, letter, properties)`;

test('sorts and filters over the whole result, and shows what it did', async ({ app }) => {
  await run(app, 'SELECT i AS n, hash(i) % 1000 AS bucket FROM range(100000) t(i)');
  await columnMenu(app, 'n', 'Sort descending');
  await expect(cell(app, 1, 1)).toHaveText('99999');
  await expect(app.result.getByRole('columnheader', { name: /^n BIGINT/ })).toHaveAttribute('aria-sort', 'descending');
  await columnMenu(app, 'n', 'Filter …');
  const form = app.window.getByRole('form', { name: 'Filter n' });
  await form.getByLabel('Condition').selectOption('less');
  await form.getByLabel('Value').fill('500');
  await form.getByRole('button', { name: 'Apply' }).click();
  await expect(app.window.getByText('500 of 100,000 rows')).toBeVisible();
  await expect(cell(app, 1, 1)).toHaveText('499');
  await app.button('Remove filter n less 500').click();
  await expect(cell(app, 1, 1)).toHaveText('99999');
});

test('columns are hidden, shown, pinned, moved and fitted', async ({ app }) => {
  await run(app, small);
  const names = () => app.result.getByRole('columnheader').allInnerTexts();
  await columnMenu(app, 'letter', 'Hide');
  await expect(app.result.getByRole('columnheader')).toHaveCount(3);
  await app.button('Show all columns').click();
  await columnMenu(app, 'letter', 'Pin to the left');
  expect((await names())[1]).toContain('letter');
  await columnMenu(app, 'letter', 'Unpin');
  await columnMenu(app, 'n', 'Move right');
  expect((await names())[1]).toContain('letter');
  const width = async () =>
    (await app.result.getByRole('columnheader').filter({ hasText: 'properties' }).boundingBox())?.width ?? 0;
  const before = await width();
  await columnMenu(app, 'properties', 'Fit to content');
  expect(await width()).toBeGreaterThanOrEqual(before - 1);
});

test('columns are dragged wider and to other places', async ({ app }) => {
  await run(app, small);
  const header = (name: string) => app.result.getByRole('columnheader', { name: new RegExp(`^${name} `) });
  const boxOf = async (name: string) => {
    const box = await header(name).boundingBox();
    if (!box) throw new Error(`There is no column ${name}.`);
    return box;
  };
  const before = await boxOf('letter');
  await app.window.mouse.move(before.x + before.width, before.y + 10);
  await app.window.mouse.down();
  await app.window.mouse.move(before.x + before.width + 70, before.y + 10, { steps: 5 });
  await app.window.mouse.up();
  await expect.poll(async () => Math.abs((await boxOf('letter')).width - before.width - 70)).toBeLessThan(3);
  await header('letter').dragTo(header('n'));
  await expect(app.result.getByRole('columnheader').nth(1)).toContainText('letter');
  await expect(cell(app, 1, 1)).toHaveText('c');
});

test('a selection is summed, and copied in four formats', async ({ app }) => {
  await run(app, small);
  await cell(app, 1, 1).click();
  await cell(app, 3, 1).click({ modifiers: ['Shift'] });
  await expect(app.window.getByLabel('Selection')).toHaveText(
    /3 cells · count 3 · sum 6 · average 2\.0 · min 1 · max 3/,
  );
  await app.result.press('ControlOrMeta+a');
  await expect(app.window.getByLabel('Selection')).toHaveText(/9 cells · count 8/);
  for (const [item, text] of [
    ['TSV, for spreadsheets', 'n\tletter\tproperties\n3\tc\t'],
    ['CSV', 'n,letter,properties\n3,c,\n'],
    ['JSON', '[\n  {"n":3,"letter":"c","properties":null}'],
    ['Markdown', '| n | letter | properties |\n| --: | --- | --- |\n| 3 | c | NULL |'],
  ] as const) {
    await app.button('Copy').click();
    await app.window.getByRole('menuitem', { name: item, exact: true }).click();
    await expect(async () => expect(await clipboardOf(app)).toContain(text)).toPass();
  }
  await cell(app, 1, 2).click();
  await app.result.press('ControlOrMeta+c');
  await expect(async () => expect(await clipboardOf(app)).toBe('c')).toPass();
});

test('the inspector opens JSON as a tree, filters by a value and extracts a column', async ({ app }) => {
  await run(app, small);
  await cell(app, 2, 3).dblclick();
  const pane = app.window.getByRole('complementary', { name: 'properties' });
  await expect(pane.getByText('"/home"')).toBeVisible();
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
  await run(app, 'SELECT i AS n FROM range(100000) t(i)');
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
  await run(
    app,
    `SELECT DATE '2025-01-01' + (i % 90)::INTEGER AS day, i AS amount, i % 3 AS kind FROM range(200000) t(i)`,
  );
  await app.window.getByRole('radio', { name: 'Chart' }).click();
  const figure = app.window.getByRole('figure', { name: 'Chart of the result' });
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
    await app.button('Picture').click();
    await app.window.getByRole('menuitem', { name: `Save as ${format.toUpperCase()} …` }).click();
    await expect(async () => expect((await stat(file)).size).toBeGreaterThan(2_000)).toPass();
  }
  expect(await readFile(path.join(folder, 'chart.svg'), 'utf8')).not.toContain('var(--');
  await app.button('Save with the query').click();
  await expect(app.window.getByRole('textbox', { name: 'SQL', exact: true })).toContainText('-- chart: line, x "day"');
});

test('a plan marks the hottest operator', async ({ app }) => {
  await run(app, 'SELECT i % 7 AS k, count(*) AS n FROM range(1000000) t(i) GROUP BY ALL ORDER BY n');
  await app.window.getByRole('radio', { name: 'Plan' }).click();
  const plan = app.window.getByRole('tree', { name: 'Plan' });
  await expect(plan.getByText('hottest')).toHaveCount(1);
  await expect(plan.getByRole('treeitem').first()).toContainText('7 rows');
});

test('a plan tells which Parquet files and row groups were read', async ({ app }) => {
  await app.generate({ Rows: 2_000, End: '2023-01-20' });
  await expect(app.window.getByText(/^Generated 2,000 events/)).toBeVisible();
  await app.button('Refresh').first().click();
  await expect(app.window.getByText(/^Refreshed in/)).toBeVisible();
  await run(app, `SELECT event_name, count(*) FROM bronze_events WHERE date >= '2023-01-19' GROUP BY ALL`);
  await app.window.getByRole('radio', { name: 'Plan' }).click();
  await expect(app.window.getByText('2 of 20 Parquet files, 18 pruned')).toBeVisible();
  await app.window.getByText(/^2 files opened · 18 pruned · 2 row groups read/).click();
  const row = (day: string) => app.window.getByRole('row', { name: new RegExp(`date=2023-01-${day}/events-`) });
  await expect(row('20')).toContainText('1 of 1');
  await expect(row('18')).toContainText('pruned');
});

test('every type of DuckDB, duplicate and empty names, NULL and empty text', async ({ app }) => {
  const values = [
    'true', '1::TINYINT', '1::UTINYINT', '1::SMALLINT', '1::USMALLINT', '1', '1::UINTEGER', '9007199254740993', '18446744073709551615::UBIGINT',
    '170141183460469231731687303715884105727::HUGEINT', '1::UHUGEINT', '0.1::FLOAT', '0.1::DOUBLE', '12.50::DECIMAL(9,2)', '12345678901234567890.123456789::DECIMAL(38,9)',
    "'text'", "'\\xAB'::BLOB", "'101'::BIT", "DATE '2025-01-31'", "TIME '01:02:03.000004'", "TIMETZ '01:02:03+02'", "TIMESTAMP '2025-01-02 03:04:05.000006'",
    "TIMESTAMP_S '2025-01-02 03:04:05'", "TIMESTAMP_MS '2025-01-02 03:04:05.006'", "TIMESTAMP_NS '2025-01-02 03:04:05.000000007'", "TIMESTAMPTZ '2025-01-02 03:04:05+00'",
    "INTERVAL '1 month 2 days'", "'8a1f9d3c-0000-4000-8000-000000000001'::UUID", "'b'::ENUM('a','b')", '[1, NULL]', '[1, 2]::INTEGER[2]', "{'a': 1, 'b': [{'c': 'x'}]}",
    "MAP {'k': 1}", "union_value(num := 2)", `'{"a": 1}'::JSON`, 'NULL', "''", '123::BIGNUM',
  ]; // prettier-ignore
  await run(app, `SELECT ${values.join(', ')}, 1 AS a, 2 AS a, 3 AS " "`);
  await app.result.focus();
  await app.result.press('ControlOrMeta+a');
  await app.button('Copy').click();
  await app.window.getByRole('menuitem', { name: 'CSV', exact: true }).click();
  await expect(async () => {
    const [, row = ''] = (await clipboardOf(app)).split('\n');
    for (const exact of [
      '9007199254740993',
      '18446744073709551615',
      '170141183460469231731687303715884105727',
      '12.50',
      '12345678901234567890.123456789',
      '2025-01-02 03:04:05.000006',
      '.000000007',
    ])
      expect(row).toContain(exact);
  }).toPass();
  const seen = new Set<string>();
  for (let column = 0; column < values.length + 3; column += 1) {
    await app.result.press(column === 0 ? 'ControlOrMeta+Home' : 'ArrowRight');
    const shown = cell(app, 1, column + 1);
    await expect(shown).toBeVisible();
    seen.add(await shown.innerText());
  }
  for (const text of [
    'NULL',
    '9007199254740993',
    '2025-01-02 03:04:05.000006',
    "{'a': 1, 'b': [{'c': x}]}",
    '{k=1}',
    '[1, NULL]',
    '\\xAB',
    '8a1f9d3c-0000-4000-8000-000000000001',
  ])
    expect([...seen]).toContain(text);
});

test('least, greatest and NULL of every type stand in the grid as DuckDB itself writes them', async ({ app }) => {
  test.setTimeout(180_000);
  /** Row by row what stands in the grid; columns come into the document as the cursor reaches them. */
  const shown = async (sql: string) => {
    await run(app, sql);
    const columns = Number(await app.result.getAttribute('aria-colcount')) - 1;
    const texts: string[] = [];
    await app.result.focus();
    for (let column = 1; column <= columns; column += 1) {
      await app.result.press(column === 1 ? 'ControlOrMeta+Home' : 'ArrowRight');
      for (const row of [1, 2, 3]) {
        await expect(cell(app, row, column)).toBeVisible();
        texts.push(`${column} ${await cell(app, row, column).innerText()}`);
      }
    }
    return texts;
  };
  const values = await shown('FROM test_all_types()');
  expect(values.length).toBeGreaterThan(3 * 50);
  expect(values).toEqual(await shown('SELECT CAST(COLUMNS(*) AS VARCHAR) FROM test_all_types()'));
});

test('10M rows are opened, scrolled to the end, sorted and exported, with little memory in the window', async ({
  app,
  folder,
}) => {
  test.setTimeout(240_000);
  await run(app, `SELECT i AS n, hash(i) AS h, 'text ' || i AS word FROM range(10000000) t(i)`);
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
  await app.button('Export').click();
  await app.window.getByRole('menuitem', { name: 'Parquet', exact: true }).click();
  await expect(app.window.getByRole('progressbar', { name: 'Export' })).toBeVisible();
  await expect(app.window.getByText(/Exported 10,000,000 rows/)).toBeVisible({ timeout: 120_000 });
  expect((await stat(file)).size).toBeGreaterThan(50_000_000);

  await saveTo(app, path.join(folder, 'never.json'));
  await app.button('Export').click();
  await app.window.getByRole('menuitem', { name: 'JSON', exact: true }).click();
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
  await app.button('Refresh').first().click();
  await expect(app.window.getByText(/^Refreshed in/)).toBeVisible();
  await app.open('Layers');
  await app.window.getByText('silver_events').first().click();
  await app.button('Show SQL').click();
  await expect(app.window.getByRole('textbox', { name: 'SQL', exact: true })).toContainText(
    'SELECT * FROM "silver_events" LIMIT 1000',
  );
  await run(app, 'SELECT event_name, count(*) AS events FROM silver_events GROUP BY ALL');
  await app.button('Save as metric').click();
  const dialog = app.window.getByRole('dialog');
  await dialog.getByLabel('Name').fill('events_by_name');
  await dialog.getByLabel('What it tells, in a sentence').fill('Events of each kind.');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('Saved as models/events_by_name.sql')).toBeVisible();
  expect(await readFile(path.join(app.workspace, 'models/events_by_name.sql'), 'utf8')).toContain(
    '-- depends on: silver_events',
  );
});
