import type { Locator } from '@playwright/test';
import { expect, test, type App, type PageName } from './support/app';
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
    await run(app, "SELECT 'a result' AS said");
    await expectCell(app, 'a result');
    await expectInWindow(app, app.button('Run'));
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

for (const size of sizes) {
  test(`no control is cut off or covered by another at ${size.name}`, async ({ app }) => {
    await app.generate({ Rows: 20_000, End: '2023-06-30' });
    await expect(app.window.getByText(/^Generated 20,000 events/)).toBeVisible();
    await app.refresh();
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
      }
      await app.window.keyboard.press('Escape');
      await expect(app.window.getByRole('dialog')).toHaveCount(0);
    }
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
