import { mkdir, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, filesOfEvents, test, type App, type PageName } from './support/app';
import { expectCell, run, tab } from './support/console';
import { placementFaults } from './support/controls';
import { pages, rest } from './support/pictures';

const sizes = [
  { name: '1280x800', width: 1280, height: 800, zoom: 1 },
  { name: '900x600', width: 900, height: 600, zoom: 1 },
  { name: '1280x800 at 200 %', width: 1280, height: 800, zoom: 2 },
] as const;

async function resize(app: App, { width, height, zoom }: (typeof sizes)[number]): Promise<void> {
  await app.electron.evaluate(({ BrowserWindow }, factor) => {
    BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(factor);
  }, zoom);
  await app.electron.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
    { width, height },
  );
  await expect.poll(() => app.window.evaluate(() => [innerWidth, innerHeight])).toEqual([width / zoom, height / zoom]);
}

/** Within the window as a whole. */
async function expectInWindow(app: App, control: Locator): Promise<void> {
  const inside = async () => {
    const box = await control.boundingBox();
    const [width, height] = await app.window.evaluate(() => [innerWidth, innerHeight]);
    if (!box || width === undefined || height === undefined) return false;
    return box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height;
  };
  await expect.poll(inside, { message: `${String(control)} is in the window` }).toBe(true);
}

const lookAt: Partial<Record<PageName, (app: App) => Promise<void>>> = {
  Console: async (app) => {
    await run(app, "SELECT 'a result' AS said, 1 AS n");
    await expectCell(app, 'a result');
    await expectInWindow(app, app.button('Run'));
    await expectFloatingPanel(app);
    await expectRowsBesideProfile(app);
    await app.window.getByRole('radio', { name: 'Chart' }).click();
    const chart = app.window.getByRole('figure', { name: 'Result chart' });
    await expect(chart).toBeVisible();
    const { height = 0 } = (await chart.locator('xpath=..').boundingBox()) ?? {};
    expect(height, 'a chart has a height at which it can be read').toBeGreaterThan(120);
    await app.window.getByRole('radio', { name: 'Table' }).click();
  },
  Metrics: async (app) => {
    await app.window
      .getByRole('navigation', { name: 'Metrics' })
      .getByRole('link', { name: 'Weekly active teams', exact: true })
      .click();
    const chart = app.window.getByRole('figure', { name: 'Weekly active teams' });
    await expect(chart).toBeVisible();
    const { y = Infinity } = (await chart.boundingBox()) ?? {};
    expect(y, 'the top of the chart is in sight').toBeLessThan(await app.window.evaluate(() => innerHeight - 60));
  },
};

/** The panel of a wide window doesn't cover the editor of a narrow one, where it is opened only for a moment. */
async function expectFloatingPanel(app: App): Promise<void> {
  const { window } = app;
  const panel = window.getByRole('complementary', { name: 'Schema, queries and history' });
  if ((await window.evaluate(() => innerWidth)) > 840) {
    await app.button('Show schema, queries and history').or(app.button('Hide schema, queries and history')).click();
    if ((await panel.count()) === 0) await app.button('Show schema, queries and history').click();
    await expect(panel.getByRole('tab', { name: 'Schema' })).toBeFocused();
    return;
  }
  await expect(panel).toHaveCount(0);
  await app.button('Show schema, queries and history').click();
  await expect(panel.getByRole('tab', { name: 'Schema' })).toBeFocused();
  await window.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(window.getByRole('textbox', { name: 'SQL', exact: true })).toBeFocused();
  await app.button('Show schema, queries and history').click();
  await window.getByRole('textbox', { name: 'SQL', exact: true }).focus();
  await expect(panel).toHaveCount(0);
}

/** Two columns at least are in sight beside a profile. */
async function expectRowsBesideProfile(app: App): Promise<void> {
  const { window } = app;
  await app.button('Profile').click();
  const profile = window.getByRole('complementary', { name: /^Profile of/ });
  await expect(profile).toBeVisible();
  const edge = (await profile.boundingBox())?.x ?? 0;
  const second = await app.result.getByRole('columnheader').nth(1).boundingBox();
  expect(
    (second?.x ?? Infinity) + (second?.width ?? 0),
    'the second column ends before the profile',
  ).toBeLessThanOrEqual(edge + 1);
  await profile.getByRole('button', { name: 'Close' }).click();
}

/** A notice above the content takes no more height than its text, and a preview of rows shows some of them. */
async function expectContentBelowNotice(app: App): Promise<void> {
  await app.open('Layers');
  await app.window.getByRole('link', { name: 'silver_purchases', exact: true }).click();
  await app.window.getByRole('tab', { name: 'Preview' }).click();
  await expect(app.result.getByRole('gridcell').first()).toBeVisible();
  const { height: rows = 0 } = (await app.result.boundingBox()) ?? {};
  expect(rows, 'a preview shows rows').toBeGreaterThan(80);

  const [file = ''] = (await filesOfEvents(app.workspace)).toSorted();
  await truncate(path.join(app.workspace, 'data', file), 100);
  await app.open('Partitions');
  await expect(app.window.getByText('1 file can’t be read as Parquet.')).toBeVisible();
  const top = async () => (await app.window.getByRole('grid', { name: 'Calendar' }).boundingBox())?.y ?? Infinity;
  const height = await app.window.evaluate(() => innerHeight);
  await expect.poll(top, { message: 'the calendar begins in sight' }).toBeLessThan(height);
}

const metric = `-- parameters:
--   kind: VARCHAR 'search'
--   since: DATE '2023-01-01'
--   most: BIGINT '7'
SELECT count(*) AS events FROM silver_events WHERE event_name = $kind AND date >= $since AND user_id > $most`;

/** The panels that slide in from the side: the rows that fail a check, and the editor of a metric. */
async function expectPlacedSheets(app: App): Promise<void> {
  const sheet = app.window.getByRole('dialog');
  const expectPlaced = async (controls: readonly string[], what: string) => {
    await rest(app);
    for (const name of controls) await expectInWindow(app, sheet.getByRole('button', { name, exact: true }).first());
    expect(await placementFaults(app.window, '[role=dialog]'), what).toEqual({ cut: [], overlapping: [] });
    await app.window.keyboard.press('Escape');
    await expect(sheet).toHaveCount(0);
  };
  await app.window.getByRole('tab', { name: /^Checks/ }).click();
  await app.window.getByRole('button', { name: /no_duplicates/ }).click();
  await expect(sheet.getByRole('gridcell').first()).toBeVisible();
  await expectPlaced(['Show SQL', 'Open in console', 'Export', 'Close'], 'the panel of failing rows');
  await app.open('Layers');
  await app.window.getByRole('link', { name: 'silver_events', exact: true }).click();
  await app.button('keeps 1 kind of bad rows').click();
  await expectInWindow(app, sheet);
  await app.window.keyboard.press('Escape');
  await app.window.getByRole('link', { name: 'gold_of_one_kind', exact: true }).click();
  await app.button('Actions on gold_of_one_kind').click();
  await app.window.getByRole('menuitem', { name: 'Edit SQL…' }).click();
  await expect(sheet.getByLabel('Type of most')).toBeVisible();
  await expectPlaced(['Save', 'Cancel'], 'the editor of a metric');
}

for (const size of sizes) {
  test(`no control is cut off or covered by another at ${size.name}`, async ({ app }) => {
    await mkdir(path.join(app.workspace, 'models'));
    await writeFile(path.join(app.workspace, 'models/of_one_kind.sql'), metric);
    await app.generate({ Rows: 20_000, End: '2023-06-30', Duplicates: 1 });
    await expect(app.window.getByText(/^Generated 20,000 events/)).toBeVisible();
    await app.refresh();
    if (size.zoom > 1) {
      await resize(app, sizes[0]);
      await app.open('Console');
      await expectFloatingPanel(app);
    }
    await resize(app, size);
    for (const page of pages) {
      await app.open(page);
      await rest(app);
      await lookAt[page]?.(app);
      const within = page === 'Layers' ? 'main header, aside' : 'main, aside';
      expect(await placementFaults(app.window, within), page).toEqual({ cut: [], overlapping: [] });
    }
    await app.open('Overview');
    for (const [dialog, keys] of [
      ['palette', 'ControlOrMeta+K'],
      ['shortcuts', '?'],
      ['settings', 'ControlOrMeta+,'],
      ['Generate', 'ControlOrMeta+Shift+E'],
    ] as const) {
      await app.window.keyboard.press(keys);
      await expect(app.window.getByRole('dialog')).toBeVisible();
      await rest(app);
      expect(await placementFaults(app.window, '[role=dialog]'), dialog).toEqual({ cut: [], overlapping: [] });
      if (dialog === 'Generate') {
        const generate = app.window.getByRole('dialog').getByRole('button', { name: 'Generate', exact: true });
        await expectInWindow(app, generate);
        await app.button('On several machines').click();
        await app.window.getByLabel('Location').fill('/nowhere/events');
        await rest(app);
        const several = 'body > div:last-of-type [role=dialog]';
        expect(await placementFaults(app.window, several), several).toEqual({ cut: [], overlapping: [] });
        await expectInWindow(app, app.button('Copy all commands'));
        await app.window.keyboard.press('Escape');
      }
      await app.window.keyboard.press('Escape');
      await expect(app.window.getByRole('dialog')).toHaveCount(0);
    }
    await expectPlacedSheets(app);
    await expectContentBelowNotice(app);
  });

  test(`the active tab of the console is in sight, whichever it is, at ${size.name}`, async ({ app }) => {
    await app.open('Console');
    for (let number = 2; number <= 15; number += 1) await app.button('New tab').click();
    await resize(app, size);
    await expectInStrip(app, 'Query 15');
    for (let back = 0; back < 8; back += 1) await app.window.keyboard.press('ControlOrMeta+PageUp');
    await expectInStrip(app, 'Query 7');
    await app.open('Overview');
    await app.open('Console');
    await expectInStrip(app, 'Query 7');
    await tab(app, 'Query 7').focus();
    for (let step = 0; step < 8; step += 1) await app.window.keyboard.press('Alt+Shift+ArrowRight');
    await expectInStrip(app, 'Query 7');
    await app.button('New tab').click();
    await expectInStrip(app, 'Query 16');
  });
}

async function expectInStrip(app: App, name: string): Promise<void> {
  await expect(tab(app, name)).toHaveAttribute('aria-selected', 'true');
  const inside = async () => {
    const [strip, shown] = await Promise.all([
      app.window.locator('[data-tabs]').boundingBox(),
      tab(app, name).boundingBox(),
    ]);
    return strip && shown && shown.x >= strip.x - 1 && shown.x + shown.width <= strip.x + strip.width + 1;
  };
  await expect.poll(inside, { message: `${name} is in sight` }).toBe(true);
}
