import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, test, type App } from './support/app';
import { expectAccessible } from './support/axe';
import { cell, savePicturesIn } from './support/results';

const figure = (app: App, name: string) => app.window.getByRole('figure', { name, exact: true });
const menuOf = (app: App, title: string | RegExp) => app.window.getByRole('dialog', { name: title });

/** Counts what the user clicks, drags or selects. */
class Clicks {
  count = 0;

  async click(control: Locator): Promise<void> {
    this.count += 1;
    await control.click();
  }

  async select(control: Locator, value: string): Promise<void> {
    this.count += 1;
    await control.selectOption(value);
  }

  /** A click, or a drag to another share of the width. */
  async within(app: App, element: Locator, [x, y]: readonly [number, number], to = x): Promise<void> {
    this.count += 1;
    await element.scrollIntoViewIfNeeded();
    const box = await element.boundingBox();
    if (!box) throw new Error('There is nothing to click.');
    const { mouse } = app.window;
    await mouse.move(box.x + box.width * x, box.y + box.height * y);
    await mouse.down();
    if (to !== x) await mouse.move(box.x + box.width * to, box.y + box.height * y, { steps: 6 });
    await mouse.up();
  }
}

/** Ten months with planted facts; a day of January is missing. */
async function plantedMonths(app: App): Promise<void> {
  await app.resize(1280, 800);
  await app.generate({
    Recipe:
      'mw1 realistic rows=20000 days=2024-09-02..2025-06-29 teams=60 launch=2024-11-06*1.5 outage=2025-02-05 churn=2024-10@2025-03-12',
  });
  await expect(app.window.getByText(/^Generated 20,000 events/)).toBeVisible({ timeout: 60_000 });
  await rm(path.join(app.workspace, 'data/events/date=2025-01-15'), { recursive: true });
  await app.button('Refresh').first().click();
  await expect(app.window.getByText(/^Refreshed in/)).toBeVisible({ timeout: 60_000 });
  await app.button('Dismiss').click();
}

async function openMetric(app: App, name: string): Promise<void> {
  await app.window.getByRole('navigation', { name: 'Metrics' }).getByRole('link', { name, exact: true }).click();
  await expect(figure(app, name)).toBeVisible();
  await expect(app.result.getByRole('gridcell').first()).toBeVisible();
}

/** Where a day is on a chart of ten months, as a share of its width. */
const shareOf = (day: string): number => {
  const [first, last] = [Date.parse('2024-09-02'), Date.parse('2025-06-23')];
  return (Date.parse(day) - first) / (last - first);
};

/** The numbers at the beginnings of cells. */
const numbersIn = async (cells: Locator) =>
  (await cells.allInnerTexts()).slice(0, 3).map((text) => Number(/[\d,.]+/.exec(text)?.[0].replaceAll(',', '')));

/** Files that the app asks the system to show or open, from now on. */
async function filesAskedFor(app: App): Promise<() => Promise<string[]>> {
  await app.electron.evaluate(({ shell }) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    shell.showItemInFolder = (file) => void asked.push(file);
    shell.openPath = (file) => Promise.resolve((asked.push(file), ''));
  });
  return () => app.electron.evaluate(() => Reflect.get(globalThis, 'asked'));
}

/** Width and height of a PNG, from its header. */
const sizeOf = (png: Buffer) => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) });

test('charts lead on, are compared, and become pictures that say what they show', async ({ app, folder }) => {
  test.setTimeout(180_000);
  const { window } = app;
  await plantedMonths(app);

  await test.step('why did weekly active teams dip? From the Overview to the rows of the outage day', async () => {
    const clicks = new Clicks();
    const plot = figure(app, 'Weekly active teams').locator('.recharts-cartesian-grid');
    await expect(plot).toBeVisible();
    await expect(figure(app, 'Weekly active teams').getByText('Outage', { exact: true })).toBeVisible();
    await clicks.within(app, plot, [shareOf('2025-02-03'), 0.8]);
    const menu = menuOf(app, '2025-02-03 to 2025-02-09');
    await expect(menu).toContainText('◆ 2025-02-05: Outage: almost no events on this day');
    const compared = menu.getByLabel('Compare with');
    await expect(compared.locator('option:checked')).toHaveText('the week before, 2025-01-27');
    await expect(
      menu.getByRole('row', { name: /^weekly active teams \d+ \d+ [+−]\d+ (up|down) [\d.]+%$/ }),
    ).toBeVisible();
    await expectAccessible(window, 'a point of a chart');
    await clicks.click(menu.getByRole('button', { name: 'Show rows of 2025-02-05 (Outage)' }));
    await expect(app.result.getByRole('gridcell').first()).toBeVisible();
    await expect(window.getByRole('textbox', { name: 'SQL', exact: true })).toContainText("date = DATE '2025-02-05'");
    await expect(window.getByRole('tab', { name: 'Rows of 2025-02-05' }).or(window.getByText('Rows of 2025-02-05')).first()).toBeVisible(); // prettier-ignore
    expect(clicks.count).toBeLessThanOrEqual(3);
  });

  await test.step('Metrics opens on a home, worst news first, without controls of a metric', async () => {
    await app.open('Metrics');
    const cards = window.getByRole('navigation', { name: 'Metrics' }).getByRole('listitem');
    await expect(cards).toHaveCount(9);
    await expect(window.getByLabel('Event type')).toHaveCount(0);
    await expect(app.button('Export PNG')).toHaveCount(0);
    const changes = (await cards.allInnerTexts()).flatMap((text) => {
      const [, word = '', share] = /(up|down|unchanged)\s+([\d.]+)%/.exec(text) ?? [];
      return share === undefined ? [] : [Number(share) * (word === 'down' ? -1 : 1)];
    });
    expect(changes.length).toBeGreaterThanOrEqual(7);
    expect(changes).toEqual(changes.toSorted((a, b) => a - b));
    await expectAccessible(window, 'the home of Metrics');
  });

  await test.step('a daily metric of years is shown by week; by day, the missing day is hatched', async () => {
    await openMetric(app, 'Daily active users');
    await expect(window.getByRole('radio', { name: 'Week', exact: true })).toBeChecked();
    await expect(app.result.getByRole('columnheader', { name: /^week/ })).toBeVisible();
    await window.getByRole('radio', { name: 'Day', exact: true }).click();
    const hatched = figure(app, 'Daily active users').locator('.recharts-reference-area path[fill*="hatch"], .recharts-reference-area-rect[fill*="hatch"]'); // prettier-ignore
    await expect(hatched).toHaveCount(1);
    await expect(window.getByText(/1 day without rows: 2025-01-15/).first()).toBeAttached();
  });

  await test.step('a point by keyboard: the table marks its row, and its days are selected in Partitions', async () => {
    await openMetric(app, 'Weekly active teams');
    await expect(window.getByText('without 1 partial period')).toBeVisible();
    await figure(app, 'Weekly active teams').locator('svg[tabindex="0"]').focus();
    for (let week = 0; week < 20; week += 1) await window.keyboard.press('ArrowRight');
    await window.keyboard.press('Enter');
    const menu = menuOf(app, '2025-01-20 to 2025-01-26');
    await expect(menu).toBeVisible();
    await expect(app.result.locator('[aria-rowindex="22"]')).toBeVisible();
    await expect(app.result.locator('[aria-rowindex="22"] [aria-selected="true"]').first()).toContainText('2025-01-20');
    await menu.getByRole('button', { name: 'Open the days' }).click();
    await expect(window.getByRole('region', { name: 'Selection' })).toContainText('2025-01-20 to 2025-01-26');
    await app.open('Metrics');
  });

  await test.step('a band filters by its series', async () => {
    await openMetric(app, 'Weekly events by type');
    await expect(
      figure(app, 'Weekly events by type').locator('svg text').filter({ hasText: 'page view' }),
    ).toBeVisible();
    await new Clicks().within(
      app,
      figure(app, 'Weekly events by type').locator('.recharts-cartesian-grid'),
      [0.9, 0.97],
    );
    // The week nearest to the click.
    const menu = menuOf(app, '2025-05-26 to 2025-06-01');
    await menu.getByLabel('Compare with').selectOption({ label: '2025-05-12' });
    await expect(menu.getByRole('row', { name: /^page view [\d,]+ [\d,]+ [+−][\d,]+ (up|down) [\d.]+% Filter by page view$/ })).toBeVisible(); // prettier-ignore
    await menu.getByRole('button', { name: 'Filter by page view' }).click();
    await expect(window.getByLabel('Event type')).toHaveValue('page_view');
    await app.button('Clear filter').click();
  });

  const value = async (row: number, column: number) =>
    Number((await cell(app, row, column).innerText()).replace('NULL', 'NaN'));

  await test.step('any two ranges of a metric', async () => {
    await app.open('Metrics');
    const clicks = new Clicks();
    await clicks.click(window.getByRole('link', { name: 'Weekly active teams', exact: true }));
    const plot = figure(app, 'Weekly active teams').locator('.recharts-cartesian-grid');
    await expect(plot).toBeVisible();
    await expect(app.result.getByRole('gridcell').first()).toBeVisible();
    await clicks.within(app, plot, [0.8, 0.5], 0.95);
    await expect(app.button('Show all')).toBeVisible();
    await expect(window.getByText(/^\d+ rows · in the visible range/)).toBeVisible();
    await clicks.select(window.getByLabel('Compare with'), 'range');
    const other = window.getByRole('group', { name: 'Range B' });
    await expect(other).toBeVisible();
    await clicks.within(app, other, [0.6, 0.5], 0.4);
    expect(clicks.count).toBeLessThanOrEqual(4);
    await expect(window.getByRole('status').filter({ hasText: /, compared with .*dashed/ })).toBeVisible();
    for (const name of ['week A', 'week B', 'A', 'B', 'difference', 'change'])
      await expect(app.result.getByRole('columnheader', { name: new RegExp(`^${name}\\b`) }).first()).toBeAttached();
    await expect.poll(() => value(2, 5)).toBe((await value(2, 3)) - (await value(2, 4)));
    await window.getByLabel('Compare with').selectOption('year');
    await expect(window.getByText(/^Not enough data to compare with/)).toBeVisible();
    await window.getByLabel('Compare with').selectOption('off');
  });

  await test.step('teams between two ranges of days', async () => {
    await openMetric(app, 'Top teams');
    const first = figure(app, 'Top teams').getByRole('button').first();
    const menu = menuOf(app, /^team \d+$/);
    const compared = menu.getByRole('row', { name: /^events/ }).getByRole('cell');
    await first.click();
    await menu.getByLabel('Compare with').selectOption({ index: 2 });
    const [here = 0, there = 0] = await numbersIn(compared);
    expect(here).toBe(await value(1, 3));
    expect(there).toBe(await value(3, 3));
    // The same team in two ranges, without a way through the page.
    await menu.getByRole('button', { name: 'Compare two ranges of weeks' }).click();
    await expect(menu.getByLabel('Compare with').locator('option').nth(1)).toHaveText('range B');
    await menu.getByLabel('Compare with').selectOption({ label: 'range B' });
    const [a = 0, b = 0, difference] = await numbersIn(compared);
    expect(difference).toBe(Math.abs(a - b));
    expect(a).toBeLessThan(here);
    await window.keyboard.press('Escape');
    await expect(app.result.getByRole('columnheader', { name: /^difference/ })).toBeVisible();
    await expect.poll(() => value(1, 4)).toBe((await value(1, 2)) - (await value(1, 3)));
    await first.click();
    await expect(menu.getByLabel('Compare with').locator('option:checked')).toHaveText('range B');
    await window.keyboard.press('Escape');
  });

  await test.step('cohorts: numbers inside, averages, and those of two ranges', async () => {
    await openMetric(app, 'Team retention');
    const cohorts = figure(app, 'Team retention');
    await expect(cohorts.getByText('months since · retention in %')).toBeVisible();
    await expect(cohorts.getByText('Average', { exact: true })).toBeVisible();
    await expect(cohorts.getByRole('button', { name: /^2024-09, 0 months later: 100%/ })).toHaveText('100');
    await cohorts.getByRole('button', { name: /^2024-09, 0 months later/ }).focus();
    await window.keyboard.press('ArrowRight');
    await window.keyboard.press('Enter');
    const menu = menuOf(app, '2024-09, 1 month later');
    const average = await cohorts.locator('figcaption').innerText();
    await menu.getByLabel('Compare with').selectOption({ label: 'the average of all cohorts' });
    await expect(menu.getByRole('row', { name: /^retention/ })).toContainText(/on average ([\d.]+%) 1 month later/.exec(average)?.[1] ?? 'none'); // prettier-ignore
    await menu.getByRole('button', { name: 'Open the days' }).click();
    await expect(window.getByRole('region', { name: 'Selection' })).toContainText('2024-10-01 to 2024-10-31');
    await app.open('Metrics');
    await window.getByLabel('Compare with').selectOption('before');
    await expect(cohorts.getByText('Average of B')).toBeVisible();
    await expect(app.result.getByRole('columnheader', { name: /^difference/ })).toBeVisible();
    await expectAccessible(window, 'cohorts compared');
    await expect(window.getByText(/^Averages are weighted by cohort size; unfinished months/)).toBeVisible();
  });

  await savePicturesIn(app, folder);

  await test.step('top ten products by revenue, as a picture', async () => {
    await app.open('Console');
    await app.writeSql(`SELECT 'Product number ' || json_extract_string(properties, '$.product_id') AS product,
      count(DISTINCT user_id) AS users,
      sum(TRY_CAST(json_extract_string(properties, '$.price') AS DECIMAL(10, 2))) AS revenue
      FROM silver_events WHERE event_name = 'purchase' AND quarter(date) = 1 AND properties LIKE '%product_id%'
      GROUP BY ALL ORDER BY revenue DESC NULLS LAST LIMIT 10`);
    const clicks = new Clicks();
    await clicks.click(app.button('Run'));
    await clicks.click(window.getByRole('radio', { name: 'Chart' }));
    const bars = figure(app, 'Result chart');
    await expect(bars.getByRole('button', { name: /^Product number/ })).toHaveCount(10);
    await expect(window.getByRole('heading', { name: 'sum of revenue by product' })).toBeVisible();
    const drawn = await bars.locator('svg').boundingBox();
    await clicks.click(app.button('Image'));
    await clicks.click(window.getByRole('menuitem', { name: 'Save as PNG…' }));
    expect(clicks.count).toBeLessThanOrEqual(4);
    await expect(window.getByText('Saved sum of revenue by product.png', { exact: true })).toBeVisible();
    await expect(window.getByText(`In ${folder}`, { exact: true })).toBeVisible();
    const asked = await filesAskedFor(app);
    await window.getByRole('button', { name: 'Show in folder' }).click();
    await expect.poll(asked).toEqual([path.join(folder, 'sum of revenue by product.png')]);
    const png = sizeOf(await readFile(path.join(folder, 'sum of revenue by product.png')));
    expect(png.width).toBe(Math.round((drawn?.width ?? 0) * 2));
    expect(png.height).toBeGreaterThan((drawn?.height ?? 0) * 2);

    await bars
      .getByRole('button', { name: /^Product number/ })
      .first()
      .click();
    const menu = menuOf(app, /^Product number/);
    await menu.getByLabel('Compare with').selectOption({ index: 1 });
    const [here = 0, there = 0, difference] = await numbersIn(menu.getByRole('row', { name: /^sum of revenue|^revenue/ }).getByRole('cell')); // prettier-ignore
    expect(difference).toBeCloseTo(here - there, 2);
    await menu.getByRole('button', { name: 'Show rows' }).click();
    await expect(window.getByText(/^1 of 10 rows/)).toBeVisible();
  });

  await test.step('a metric with its annotations', async () => {
    await app.open('Metrics');
    await openMetric(app, 'Weekly events by type');
    await app.button('Export SVG').click();
    const file = path.join(folder, 'gold_weekly_events_by_type.svg');
    await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toMatch(/<\/svg>$/);
    const svg = await readFile(file, 'utf8');
    for (const text of ['Weekly events by type', 'Launch ×1.5', 'Outage', 'Churn', 'page view', 'Other'])
      expect(svg).toContain(`>${text}</text>`);
    expect(svg).toContain('is partial');
  });
});
