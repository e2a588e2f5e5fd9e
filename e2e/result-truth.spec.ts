import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, type App } from './support/app';
import { makeWarehouse } from './support/console';
import { cell, clipboardOf, columnMenu, runToRows, saveTo } from './support/results';

const shots = process.env.CHART_SHOTS;

test('columns may have any name: rows come in the order of the statement', async ({ app }) => {
  await runToRows(app, 'SELECT 20002 - i AS rowid, i AS o, i AS t FROM range(3) t(i) ORDER BY rowid DESC');
  for (const [row, value] of ['20002', '20001', '20000'].entries())
    await expect(cell(app, row + 1, 1)).toHaveText(value);
  await columnMenu(app, 'rowid', 'Sort ascending');
  await expect(cell(app, 1, 1)).toHaveText('20000');
  await runToRows(app, 'SELECT 120000000000::FLOAT AS f, 123456789::FLOAT AS g');
  await expect(cell(app, 1, 1)).toHaveText('120000004096.0');
  await expect(cell(app, 1, 2)).toHaveText('123456790.0');
});

test('hidden columns are neither copied nor exported, which is said', async ({ app, folder }) => {
  await runToRows(app, `SELECT 1 AS a, 'secret' AS b, 3 AS c`);
  await columnMenu(app, 'b', 'Hide');
  await expect(app.window.getByText(/1 row · 3 columns \(1 hidden\)/)).toBeVisible();
  await app.result.focus();
  await app.result.press('ControlOrMeta+a');
  await app.choose('Copy', 'CSV');
  await expect(async () => expect(await clipboardOf(app)).toBe('a,c\n1,3')).toPass();
  const file = path.join(folder, 'shown.csv');
  await saveTo(app, file);
  await app.choose('Export', 'CSV');
  await expect(app.window.getByText(/^Exported 1 row, .*without 1 hidden column$/)).toBeVisible();
  expect(await readFile(file, 'utf8')).toBe('a,c\n1,3\n');
});

test('the JSON tree shows and filters by what stands in the text', async ({ app }) => {
  await runToRows(
    app,
    `SELECT '{"2": 1.50, "1": 9007199254740993, "*": 5, "1": 7}' AS j UNION ALL SELECT '{"1": 9007199254740992}'`,
  );
  await cell(app, 1, 1).dblclick();
  const pane = app.window.getByRole('complementary', { name: 'j' });
  await expect(pane.getByRole('treeitem').locator('[class*="text-code"]')).toHaveText([
    '1.50',
    '9007199254740993',
    '5',
    '7',
  ]);
  await pane.getByRole('button', { name: 'Filter by $."1"' }).click();
  await expect(app.window.getByText('1 of 2 rows')).toBeVisible();
  await pane.getByRole('button', { name: 'Filter by /*' }).click();
  await expect(app.window.getByText('1 of 2 rows')).toBeVisible();
});

test('a chart draws NULL, says what it leaves out, names every bar, and its picture has a title', async ({
  app,
  folder,
}) => {
  await runToRows(
    app,
    `SELECT CASE WHEN i = 3 THEN NULL WHEN i = 5 THEN 'a' || chr(1) || 'b' ELSE 'country number ' || i END AS country,
       (i - 5) * 10 AS amount, CASE WHEN i % 4 > 0 THEN DATE '2025-01-01' + i::INTEGER END AS day
     FROM range(16) t(i)`,
  );
  await app.window.getByRole('radio', { name: 'Chart' }).click();
  const figure = app.window.getByRole('figure', { name: 'Result chart' });
  await app.window.getByRole('combobox', { name: 'Chart' }).selectOption('bar');
  await expect(app.window.getByText('4 rows left out: day is NULL')).toBeVisible();
  await app.window.getByRole('combobox', { name: 'x', exact: true }).selectOption('country');
  await expect(figure.getByText(/bar chart, 16 points/)).toBeAttached();
  await expect(figure.locator('svg text').filter({ hasText: /^country number/ })).toHaveCount(14);
  await expect(figure.getByText('NULL', { exact: true })).toBeVisible();
  await expect(app.window.getByRole('heading', { name: 'sum of amount by country' })).toBeVisible();
  await picture(app, 'bars');
  const file = path.join(folder, 'chart.svg');
  await saveTo(app, file);
  await app.choose('Image', 'Save as SVG…');
  await expect(async () => expect((await readFile(file, 'utf8')).length).toBeGreaterThan(0)).toPass();
  const svg = await readFile(file, 'utf8');
  expect(svg).toContain('sum of amount by country');
  const parsed = await app.window.evaluate(
    (text) => new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror')?.textContent ?? null,
    svg,
  );
  expect(parsed).toBeNull();
});

test('charts of far times end in a chart, or in a sentence', async ({ app }) => {
  for (const [sql, chart, tick] of [
    [`SELECT DATE '5000000-01-01' + i::INTEGER AS d, i AS n FROM range(10) t(i)`, /line chart, 10 points/, '2 Jan'],
    [
      `SELECT CASE WHEN i = 0 THEN DATE '5000000-01-01' ELSE DATE '0001-01-01' END + i::INTEGER AS d, i AS n FROM range(1000) t(i)`,
      /line chart/,
      '4000000',
    ],
    [
      `SELECT TIMESTAMPTZ '2025-10-26 00:30:00+00' + to_hours(i) AS at, 1 AS n FROM range(3) t(i)`,
      /line chart, 3 points/,
      ':',
    ],
  ] as const) {
    await runToRows(app, sql);
    await app.window.getByRole('radio', { name: 'Chart' }).click();
    const figure = app.window.getByRole('figure', { name: 'Result chart' });
    await expect(figure.getByText(chart)).toBeAttached();
    await expect(figure.locator('svg text').filter({ hasText: tick }).first()).toBeVisible();
    await figure.locator('.recharts-surface').first().hover();
    await expect(app.window.getByRole('heading', { name: /^sum of n by / })).toBeVisible();
    await app.window.getByRole('radio', { name: 'Table' }).click();
  }
});

test('days without events are marked in the chart of a metric', async ({ app }) => {
  await makeWarehouse(app);
  for (const day of ['2023-01-08', '2023-01-09', '2023-01-14']) {
    await rm(path.join(app.workspace, 'data', 'events', `date=${day}`), { recursive: true });
  }
  await app.refresh();
  await app.open('Metrics');
  await app.window.getByRole('link', { name: 'Daily active users' }).click();
  await expect(app.window.getByText(/3 days without rows: 2023-01-08 to 2023-01-09, 2023-01-14/).first()).toBeVisible();
  await expect(app.window.locator('.recharts-reference-area')).toHaveCount(2);
  await picture(app, 'gaps');
});

async function picture(app: App, name: string): Promise<void> {
  for (const scheme of shots === undefined ? [] : (['light', 'dark'] as const)) {
    await app.window.emulateMedia({ colorScheme: scheme });
    await app.window.waitForTimeout(300);
    await app.window.screenshot({ path: path.join(shots ?? '', `${name}-${scheme}.png`) });
  }
}
