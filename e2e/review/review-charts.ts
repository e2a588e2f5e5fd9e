import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { App } from '../support/app';
import { expect, refresh, rest, review, reviewSizes, save as saveOf, test } from '../support/pictures';

/*
 * For design reviews, in addition to review.ts: the charts, what a click on them opens, and what is wrong with the
 * data, in three sizes, at 200 % zoom, and in both schemes.
 */

test.skip(review === undefined, 'SCREENSHOTS names no folder for them');

const recipe =
  'mw1 realistic rows=200000 days=2024-01-01..2025-06-29 users=4000 teams=300 seed=7 launch=2024-11-06*1.5 outage=2025-02-05 churn=2024-03@2025-01-12';

/** Fifty metrics of the user's: over days, weeks and months, of names; some fail, some have no rows. */
async function writeMetrics(workspace: string): Promise<void> {
  const folder = path.join(workspace, 'models');
  await mkdir(folder, { recursive: true });
  const header = '-- layer: gold\n-- kind: table\n-- grain: one row per period\n-- depends on: silver_events\n';
  const events = ['page_view', 'search', 'purchase', 'checkout', 'sign_in', 'share', 'video_play'];
  const sqlOf = (index: number) => {
    const event = events[index % events.length] ?? '';
    if (index % 17 === 5) return 'SELECT no_such_column AS day FROM silver_events';
    if (index % 17 === 9) return 'SELECT event_time::DATE AS day, 1 AS n FROM silver_events WHERE false';
    if (index % 5 === 0)
      return `SELECT event_name AS name_of_the_event, count(*) * ${index + 1} AS events FROM silver_events GROUP BY 1 ORDER BY 2 DESC`;
    const unit = ['day', 'week', 'month'][index % 3] ?? 'day';
    return `SELECT date_trunc('${unit}', event_time)::DATE AS ${unit}, count(*) AS ${event}_events FROM silver_events WHERE event_name = '${event}' GROUP BY 1 ORDER BY 1`;
  };
  for (let index = 0; index < 50; index += 1) {
    const name =
      index % 11 === 3
        ? `gold_the_number_of_events_of_customers_who_have_come_back_after_a_long_time_${index}`
        : `gold_own_${events[index % events.length] ?? ''}_${index}`;
    await writeFile(
      path.join(folder, `${name.replace('gold_', '')}.sql`),
      `-- name: ${name}\n${header}-- summary: A metric of mine, number ${index}.\n${sqlOf(index)}\n`,
    );
  }
}

async function prepare(app: App): Promise<void> {
  await writeMetrics(app.workspace);
  const { window } = app;
  await app.button('Generate').first().click();
  const panel = window.getByRole('dialog');
  await panel.getByLabel('Recipe', { exact: true }).fill(recipe);
  await panel.getByLabel('Recipe', { exact: true }).blur();
  await panel.getByRole('button', { name: 'Plant everything' }).click();
  await panel.getByRole('button', { name: 'Generate', exact: true }).click();
  await expect(window.getByText(/^Generated 200,000 events/)).toBeVisible({ timeout: 60_000 });
  await rm(path.join(app.workspace, 'data/events/date=2025-01-15'), { recursive: true });
  await refresh(app);
}

/** The sizes, and 200 % zoom, which leaves half the pixels of the page. */
const looks = [...reviewSizes.map((size) => [...size, 1] as const), [1280, 800, 2] as const];

async function setLook(app: App, [width, height, zoom]: (typeof looks)[number]): Promise<void> {
  await app.electron.evaluate(
    ({ BrowserWindow }, size) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.setContentSize(size.width, size.height);
      window?.webContents.setZoomFactor(size.zoom);
    },
    { width, height, zoom },
  );
  await expect.poll(() => app.window.evaluate(() => innerWidth)).toBe(width / zoom);
}

/** Playwright's pictures of a zoomed page are cut off: this one is Electron's own. */
async function saveZoomed(app: App, name: string): Promise<void> {
  await app.window.emulateMedia({ colorScheme: 'light' });
  await app.window.waitForTimeout(300);
  const png = await app.electron.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
    return image?.toPNG().toString('base64') ?? '';
  });
  await writeFile(path.join(review ?? '', `${name}-zoom.png`), png, 'base64');
}

const metric = async (app: App, title: string) => {
  await app.open('Metrics');
  const all = app.window.getByRole('link', { name: 'All metrics' });
  if (await all.isVisible()) await all.click();
  await app.window.getByRole('link', { name: title, exact: true }).click();
  await app.button('Export CSV').waitFor();
  await expect(app.window.getByRole('figure', { name: title, exact: true })).toBeVisible();
  await rest(app);
};

const clickAt = async (app: App, title: string, x: number, y: number) => {
  const plot = app.window.getByRole('figure', { name: title, exact: true }).locator('.recharts-cartesian-grid');
  const box = await plot.boundingBox();
  if (box) await app.window.mouse.click(box.x + box.width * x, box.y + box.height * y);
  await app.window.getByRole('dialog').waitFor();
};

const escape = (app: App) => app.window.keyboard.press('Escape');

const scenes: Record<string, (app: App, save: (name: string) => Promise<void>) => Promise<void>> = {
  async home(app, save) {
    await app.open('Metrics');
    const all = app.window.getByRole('link', { name: 'All metrics' });
    if (await all.isVisible()) await all.click();
    await rest(app);
    await save('home');
    await app.window.getByRole('navigation', { name: 'Metrics' }).evaluate((nav) => nav.scrollTo(0, 100_000));
    await save('home-end');
  },
  async line(app, save) {
    await metric(app, 'Weekly active teams');
    await save('line');
    await clickAt(app, 'Weekly active teams', 0.74, 0.6);
    await save('line-popover');
    await escape(app);
    await app.window.getByLabel('Compare with').selectOption('range');
    await rest(app);
    await save('line-compare');
    await app.window.getByLabel('Compare with').selectOption('off');
  },
  async stack(app, save) {
    await metric(app, 'Weekly events by type');
    await save('stack');
    await clickAt(app, 'Weekly events by type', 0.4, 0.8);
    await save('stack-popover');
    await escape(app);
    await app.window.getByLabel('Compare with').selectOption('before');
    await rest(app);
    await save('stack-compare');
    await app.window.getByLabel('Compare with').selectOption('off');
  },
  async cohorts(app, save) {
    await metric(app, 'Team retention');
    await app.window.getByRole('button', { name: /^2024-01, 3 months later/ }).click();
    await save('cohorts-popover');
    await escape(app);
    await app.window.getByLabel('Compare with').selectOption('before');
    await rest(app);
    await save('cohorts-compare');
    await app.window.getByLabel('Compare with').selectOption('off');
  },
  async bars(app, save) {
    await metric(app, 'Top teams');
    await app.window
      .getByRole('button', { name: /^team \d+:/ })
      .nth(3)
      .click();
    await save('bars-popover');
    await escape(app);
    await app.window.getByLabel('Compare with').selectOption('before');
    await rest(app);
    await save('bars-compare');
    await app.window.getByLabel('Compare with').selectOption('off');
  },
  async funnel(app, save) {
    await metric(app, 'Weekly purchase funnel');
    await save('funnel');
    await app.window.getByRole('button', { name: /^added to cart/ }).click();
    await save('funnel-popover');
    await escape(app);
    await app.window.getByRole('radio', { name: 'Over time' }).click();
    await rest(app);
    await save('funnel-lines');
    await app.window.getByRole('radio', { name: 'Funnel', exact: true }).click();
  },
  async failures(app, save) {
    await app.open('Overview');
    await app.window.getByRole('tab', { name: /^Checks/ }).click({ timeout: 5_000 });
    await app.window.getByRole('button', { name: /no_duplicates/ }).click();
    await app.result.getByRole('gridcell').first().waitFor();
    await rest(app);
    await save('failing-rows');
    await escape(app);
    await app.open('Partitions');
    await app.window
      .getByRole('group', { name: 'Measure' })
      .or(app.window.getByRole('radiogroup'))
      .getByRole('radio')
      .last()
      .click();
    await rest(app);
    await save('calendar');
    await app.open('Layers');
    await app.window.getByRole('link', { name: 'silver_events', exact: true }).click();
    await app.window.getByRole('button', { name: /^keeps/ }).click();
    await rest(app);
    await save('silver-keeps');
    await escape(app);
  },
  async generate(app, save) {
    await app.open('Overview');
    await app.button('Generate').first().click();
    const panel = app.window.getByRole('dialog');
    await panel.getByRole('button', { name: 'Plant everything' }).click();
    for (const folded of await panel.locator('details:not([open]) > summary').all())
      await folded.click().catch(() => undefined);
    await rest(app);
    await save('generate');
    await panel.getByText('Mess', { exact: true }).scrollIntoViewIfNeeded();
    await save('generate-end');
    await escape(app);
  },
};

test('charts and findings', async ({ demo: app }) => {
  test.setTimeout(900_000);
  await app.resize(1280, 800);
  await prepare(app);
  const wanted = process.env.SCENES?.split(',') ?? Object.keys(scenes);
  for (const look of looks) {
    await setLook(app, look);
    for (const name of wanted) {
      try {
        await scenes[name]?.(app, (state) => (look[2] === 1 ? saveOf(app, state) : saveZoomed(app, state)));
      } catch (error) {
        console.log(`${name} at ${look.join('x')}: ${String(error).slice(0, 600)}`);
        await saveOf(app, `problem-${name}-${look.join('x')}`);
        await escape(app);
        await escape(app);
      }
    }
  }
});
