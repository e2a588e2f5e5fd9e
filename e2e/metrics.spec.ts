import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { savePicturesIn } from './support/results';
import { expect, test, type App } from './support/app';

const figure = (app: App, name: string) => app.window.getByRole('figure', { name, exact: true });
const summaryOf = (app: App, name: string) => figure(app, name).locator('figcaption');

/** Ten weeks, the first and last of which are partial. */
async function tenWeeks(app: App): Promise<void> {
  await app.generate({ Rows: 20_000, Start: '2025-01-01', End: '2025-03-12', Teams: 50 });
  await expect(app.window.getByText(/^Generated 20,000 events/)).toBeVisible();
  await app.refresh();
  await app.open('Metrics');
}

/** Moves the start of the range below the chart of ten weeks on to the last four. */
async function lastFourWeeks(app: App): Promise<void> {
  await app.window.getByRole('slider', { name: 'From' }).focus();
  for (let step = 0; step < 7; step += 1) await app.window.keyboard.press('ArrowRight');
  await expect(summaryOf(app, 'Weekly active teams')).toContainText('4 weeks from 2025-02-17 to 2025-03-10');
}

async function choose(app: App, metric: string): Promise<void> {
  await app.window
    .getByRole('navigation', { name: 'Metrics' })
    .getByRole('link', { name: metric, exact: true })
    .click();
  await expect(figure(app, metric)).toBeVisible();
}

test('the page is found as it was left', async ({ app }) => {
  await tenWeeks(app);
  await choose(app, 'Weekly events by type');
  await app.window.getByLabel('Event type').selectOption('search');
  await expect(app.button('Clear filter')).toBeVisible();
  await app.open('Activity');
  await app.open('Metrics');
  await expect(figure(app, 'Weekly events by type')).toBeVisible();
  await expect(app.window.getByLabel('Event type')).toHaveValue('search');
});

test('each metric is drawn as suits it, with a summary in words and a table', async ({ app }) => {
  await tenWeeks(app);
  await choose(app, 'Weekly active teams');
  await expect(
    figure(app, 'Weekly active teams').getByText(/^11 weeks from 2024-12-30 to 2025-03-10\./),
  ).toBeAttached();
  await expect(
    app.window.getByText('2024-12-30 is partial (5 of 7 days) · 2025-03-10 is partial (3 of 7 days)'),
  ).toBeVisible();
  await choose(app, 'Weekly events by type');
  await expect(app.window.getByText('Other', { exact: true }).first()).toBeVisible();
  await choose(app, 'Weekly purchase funnel');
  await expect(figure(app, 'Weekly purchase funnel').getByText('added to cart', { exact: true })).toBeVisible();
  await choose(app, 'Team retention');
  await expect(figure(app, 'Team retention').getByText(/groups?; on average/)).toBeAttached();
  await choose(app, 'Top teams');
  await expect(figure(app, 'Top teams').getByText(/^\d{2} bars of events/)).toBeAttached();
  await expect(app.result.getByRole('columnheader', { name: 'team_id' })).toBeVisible();
});

test('a metric is zoomed by keyboard, put together by month, smoothed and compared', async ({ app }) => {
  await tenWeeks(app);
  await choose(app, 'Weekly active teams');
  const summary = summaryOf(app, 'Weekly active teams');
  await lastFourWeeks(app);
  await app.window.getByLabel('Compare with').selectOption('before');
  await expect(
    app.window.getByText('2025-02-17 to 2025-03-10, compared with 2025-01-20 to 2025-02-10 (dashed)'),
  ).toBeVisible();
  await app.button('Show all').click();
  await app.window.getByRole('radio', { name: 'Month' }).click();
  await expect(summary).toContainText('2024-12-01 to 2025-03-01');
  await expect(
    app.window.getByText(
      '2024-12-01 is partial (5 of 35 days) · 2025-03-01 is partial (10 of 35 days) · averaged per month (of the weeks that start in it)',
    ),
  ).toBeVisible();
  await app.window.getByLabel('Moving average').selectOption('4');
  await expect(summary).toContainText('2024-12-01 to 2025-03-01');
});

test('the range in view stays when it is shown by month; a metric first shows the measure in its name', async ({
  app,
}) => {
  await tenWeeks(app);
  await choose(app, 'Weekly active teams');
  const summary = figure(app, 'Weekly active teams').locator('figcaption');
  await app.window.getByRole('slider', { name: 'From' }).focus();
  for (let step = 0; step < 6; step += 1) await app.window.keyboard.press('ArrowRight');
  await expect(summary).toContainText('5 weeks from 2025-02-10 to 2025-03-10');
  await app.window.getByRole('radio', { name: 'Month' }).click();
  await expect(summary).toContainText('2 months from 2025-02-01 to 2025-03-01');
  await app.window.getByRole('radio', { name: 'Week', exact: true }).click();
  await expect(summary).toContainText('5 weeks from 2025-02-10 to 2025-03-10');

  // The full range has nothing before it; its later half has, until it is no longer compared.
  await app.button('Show all').click();
  await app.window.getByLabel('Compare with').selectOption('before');
  await expect(summary).toContainText('5 weeks from');
  await app.window.getByRole('radio', { name: 'Month' }).click();
  await expect(
    app.window.getByText('2025-02-01 to 2025-03-01, compared with 2024-12-01 to 2025-01-01 (dashed)'),
  ).toBeVisible();
  await app.window.getByLabel('Compare with').selectOption('off');
  await expect(summary).toContainText('4 months from');

  await choose(app, 'Daily revenue');
  await expect(app.window.getByLabel('Show', { exact: true }).locator('option:checked')).toHaveText('revenue');
  await expect(figure(app, 'Daily revenue').locator('figcaption')).toContainText(/ revenue: lowest/);
});

test('a metric that could not be built says why; one without rows says whether that is the filter', async ({ app }) => {
  const { window } = app;
  await mkdir(path.join(app.workspace, 'models'));
  const header = '-- layer: gold\n-- kind: table\n-- grain: one row per day\n-- depends on: silver_events\n';
  const model = (name: string, sql: string) =>
    writeFile(path.join(app.workspace, `models/${name}.sql`), `-- name: ${name}\n${header}-- summary: Mine.\n${sql}\n`);
  await model('gold_odd', 'SELECT no_such_column AS day FROM silver_events');
  await model('gold_none', 'SELECT event_time::DATE AS day, 1 AS n FROM silver_events WHERE false');
  await tenWeeks(app);
  const links = window.getByRole('navigation', { name: 'Metrics' });
  await links.getByRole('link', { name: 'Odd', exact: true }).click();
  await expect(window.getByRole('alert')).toContainText('no_such_column');
  await window.getByRole('link', { name: 'Open gold_odd' }).click();
  await expect(window.getByRole('region', { name: 'gold_odd', exact: true })).toBeVisible();
  await app.open('Metrics');
  await links.getByRole('link', { name: 'None', exact: true }).click();
  await expect(window.getByText('This metric has no rows.').first()).toBeVisible();
  await choose(app, 'Weekly active teams');
  await window.getByLabel('Team', { exact: true }).fill('999999');
  await window.keyboard.press('Enter');
  await expect(window.getByText('No data matches this filter.').first()).toBeVisible();
});

test('a range is chosen by dragging over the chart', async ({ app }) => {
  await tenWeeks(app);
  await choose(app, 'Weekly active teams');
  const chart = figure(app, 'Weekly active teams');
  // Once the rows below are shown, nothing moves any more.
  await expect(app.result.getByRole('gridcell').first()).toBeVisible();
  const box = await chart.locator('svg').first().boundingBox();
  if (!box) throw new Error('The chart has no place.');
  const [from, to, middle] = [box.x + box.width * 0.3, box.x + box.width * 0.7, box.y + box.height / 2];
  await app.window.mouse.move(from, middle);
  await app.window.mouse.down();
  await app.window.mouse.move(to, middle, { steps: 8 });
  await app.window.mouse.up();
  await expect(chart.locator('figcaption')).toContainText(/^[456] weeks from 2025-01-/);
  await app.button('Show all').click();
  await expect(chart.locator('figcaption')).toContainText('11 weeks from');
});

test('planted facts and what a refresh changed stand on the chart', async ({ app }) => {
  const { window } = app;
  await app.generate({ Recipe: 'mw1 realistic rows=20000 days=2025-01-01..2025-03-12 outage=2025-02-05' });
  await expect(window.getByText(/^Generated 20,000 events/)).toBeVisible();
  await app.refresh();
  await app.button('Add the next day').click();
  await expect(window.getByText(/^Generated \d+ events? in/)).toBeVisible();
  await app.refresh();
  await expect(window.getByText(/^Incremental/)).toBeVisible();

  await app.open('Metrics');
  await choose(app, 'Daily active users');
  const summary = summaryOf(app, 'Daily active users');
  await expect(summary).toContainText('2025-02-05: Outage: almost no events on this day (found).');
  await expect(summary).toContainText('Refresh 2 added 2025-03-13.');
  await window.getByRole('radio', { name: 'Week', exact: true }).click();
  await expect(summary).toContainText('2025-02-05: Outage');
  // By keyboard: the chart's points, one after the other, each with its details.
  await figure(app, 'Daily active users').locator('svg[tabindex="0"]').focus();
  for (let week = 0; week < 5; week += 1) await window.keyboard.press('ArrowRight');
  await expect(window.getByText(/^◆ 2025-02-05: Outage/)).toBeVisible();
});

test("a filter recomputes the metric, or says why it can't", async ({ app }) => {
  await tenWeeks(app);
  await choose(app, 'Weekly active teams');
  const summary = summaryOf(app, 'Weekly active teams');
  await expect(summary).toContainText(/highest [1-9]\d,/);
  const overAll = await summary.innerText();
  await app.window.getByLabel('Platform').selectOption('ios');
  await expect(summary).not.toHaveText(overAll);
  await app.window.getByLabel('Platform').selectOption('all');
  await expect(summary).toHaveText(overAll);
  await app.window.getByLabel('Team', { exact: true }).fill('34');
  await app.window.keyboard.press('Enter');
  await expect(summary).toContainText('highest 1,');
  await app.button('Show SQL').click();
  await expect(app.window.getByRole('textbox', { name: 'SQL' })).toContainText('team_id = 34');
  await app.open('Metrics');
  await app.window.getByLabel('Event type').selectOption('search');
  await choose(app, 'Weekly purchase funnel');
  await expect(
    app.window.getByText(/chooses event types itself.*Filter not applied; showing all events/),
  ).toBeVisible();
  await app.button('Clear filter').click();
  await expect(app.window.getByText(/chooses event types itself/)).toBeHidden();
});

test('a bar of an event type or team filters all metrics, by mouse and keyboard', async ({ app }) => {
  await tenWeeks(app);
  const { window } = app;
  await choose(app, 'Weekly events by type');
  await app.button('search').click();
  await expect(window.getByLabel('Event type')).toHaveValue('search');
  await expect(summaryOf(app, 'Weekly events by type')).not.toContainText('page_view');
  await choose(app, 'Top teams');
  await expect(window.getByLabel('Event type')).toHaveValue('search');
  await app.button('Clear filter').click();

  const bars = figure(app, 'Top teams').getByRole('button', { name: /^team \d+:/ });
  const second = /^team (\d+):/.exec((await bars.nth(1).getAttribute('aria-label')) ?? '')?.[1] ?? '';
  await bars.first().focus();
  await window.keyboard.press('ArrowDown');
  await expect(bars.nth(1)).toBeFocused();
  await window.keyboard.press('Enter');
  await app.button('Filter by events').click();
  await expect(window.getByLabel('Team', { exact: true })).toHaveValue(second);
  await expect(bars).toHaveCount(1);
  await choose(app, 'Weekly active teams');
  await expect(summaryOf(app, 'Weekly active teams')).toContainText('highest 1,');
});

test('the range below the chart is moved as a whole', async ({ app }) => {
  await tenWeeks(app);
  await choose(app, 'Weekly active teams');
  const summary = summaryOf(app, 'Weekly active teams');
  await lastFourWeeks(app);
  const box = await app.window.getByRole('group', { name: 'Range' }).boundingBox();
  if (!box) throw new Error('The range has no place.');
  const middle = box.y + box.height / 2;
  await app.window.mouse.move(box.x + box.width * 0.85, middle);
  await app.window.mouse.down();
  await app.window.mouse.move(box.x + box.width * 0.45, middle, { steps: 5 });
  await app.window.mouse.up();
  await expect(summary).toContainText('4 weeks from 2025-01-20 to 2025-02-10');
});

test('chart and rows are exported as PNG, SVG and CSV', async ({ app, folder }) => {
  await tenWeeks(app);
  await choose(app, 'Weekly active teams');
  await savePicturesIn(app, folder);
  const saved = async (kind: string) => {
    await app.button(`Export ${kind.toUpperCase()}`).click();
    const file = path.join(folder, `gold_weekly_active_teams.${kind}`);
    return () => readFile(file, 'latin1').catch(() => '');
  };
  // Until it is complete.
  const csv = await saved('csv');
  await expect.poll(csv).toMatch(/^week,weekly_active_teams\n(2\d{3}-\d\d-\d\d 00:00:00,\d+\n){11}$/);
  await expect(app.window.getByText('Saved gold_weekly_active_teams.csv', { exact: true })).toBeVisible();
  // A comparison is saved as it is shown: both ranges and their difference.
  await app.window.getByLabel('Compare with').selectOption('before');
  await expect(app.result.getByRole('columnheader', { name: /^week B/ })).toBeVisible();
  await rm(path.join(folder, 'gold_weekly_active_teams.csv'));
  await expect
    .poll(await saved('csv'))
    .toMatch(/^week A,week B,A,B,difference,change\n(2\d{3}-\d\d-\d\d,2\d{3}-\d\d-\d\d,\d+,\d+,-?\d+,-?[\d.]+\n){5}$/);
  await app.button('Show SQL').click();
  await expect(app.window.getByRole('textbox', { name: 'SQL', exact: true })).toContainText('FULL JOIN');
  await app.open('Metrics');
  await app.window.getByLabel('Compare with').selectOption('off');
  const svg = await saved('svg');
  await expect.poll(svg).toMatch(/^<svg [^]*<\/svg>$/);
  expect(await svg()).not.toContain('var(--');
  await expect.poll(await saved('png')).toMatch(/^\x89PNG[^]*IEND/);
  await expect(app.window.getByText('Saved gold_weekly_active_teams.png', { exact: true })).toBeVisible();
  await expect(app.window.getByText(`In ${folder}`, { exact: true }).first()).toBeVisible();

  for (const metric of ['Top teams', 'Team retention', 'Weekly purchase funnel', 'Weekly events by type']) {
    await choose(app, metric);
    const name = `gold_${metric.toLowerCase().replaceAll(' ', '_')}.svg`;
    await app.button('Export SVG').click();
    const drawn = () => readFile(path.join(folder, name), 'utf8').catch(() => '');
    await expect.poll(drawn, metric).toMatch(/^<svg [^]*<\/svg>$/);
    expect(await drawn(), 'it looks the same without the page').not.toMatch(/var\(--|class=/);
    expect(await drawn(), 'it says what it shows').toContain(`>${metric}</text>`);
    if (metric === 'Weekly events by type') expect(await drawn(), 'and in which colour').toContain('>page view</text>');
  }
});
