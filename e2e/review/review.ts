import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { App } from '../support/app';
import {
  addDay,
  expect,
  generateAndRefresh,
  open,
  pages,
  processesOf,
  refresh,
  rest,
  review,
  reviewSizes,
  save as saveOf,
  showSteps,
  test,
  whileStill,
} from '../support/pictures';

/*
 * For design reviews: every page empty, loading, filled and with problems, in three sizes and both schemes, into the
 * folder in SCREENSHOTS. Overlays and temporary states are in review-parts.ts.
 */

const dayFolder = (app: App, date: string) => path.join(app.workspace, 'data/events', `date=${date}`);

/** Opens a day and its tab. */
async function showDay(app: App, date: string, tab: string): Promise<void> {
  await app.window.evaluate((day) => (window.location.hash = `#/partitions/${day}`), date);
  await app.window.getByRole('tab', { name: tab }).click();
  await rest(app);
}

async function selectRange(app: App, first: string, last: string): Promise<void> {
  const day = (date: string) => app.window.getByRole('gridcell', { name: new RegExp(`${date}:`) });
  await day(first).hover();
  await app.window.mouse.down();
  await day(last).hover();
  await app.window.mouse.up();
}

/** Pauses the warehouse process while pictures are taken, so that the pages show the state before its answers. */
async function whileLoading(app: App, look: () => Promise<void>): Promise<void> {
  await whileStill(await processesOf(app, 'database'), async () => {
    await app.window.evaluate(() => (window.location.hash = '#/overview'));
    await app.window.reload();
    await app.window.getByRole('heading', { level: 1 }).waitFor();
    await look();
  });
  await app.ready();
}

/** A missing day, one with duplicate events, and then one with a file that isn't Parquet, which a refresh refuses. */
async function makeTrouble(app: App): Promise<void> {
  await rm(dayFolder(app, '2025-11-12'), { recursive: true });
  const twice = dayFolder(app, '2025-11-18');
  const [file = ''] = await readdir(twice);
  await cp(path.join(twice, file), path.join(twice, file.replace('events-', 'events-again-')));
  await app.open('Overview');
  await refresh(app);
  await mkdir(dayFolder(app, '2025-10-08'), { recursive: true });
  await writeFile(path.join(dayFolder(app, '2025-10-08'), 'events-other.parquet'), 'not Parquet');
  await rm(dayFolder(app, '2025-09-03'), { recursive: true });
  await app.button('Refresh').first().click();
  await app.window.getByRole('alert').first().waitFor();
  await expect(app.window.getByText(/^Stale,/)).toBeVisible();
}

for (const [width, height] of reviewSizes) {
  test(`every page at ${width}x${height}`, async ({ demo: app }) => {
    test.skip(review === undefined, 'SCREENSHOTS names no folder for them');
    test.setTimeout(420_000);
    await app.resize(width, height);
    const save = (name: string) => saveOf(app, name);
    const savePages = async (state: string) => {
      for (const page of pages) {
        await app.open(page);
        await expect(app.window.getByRole('status', { name: `Loading ${page}` })).toHaveCount(0);
        if (state !== 'loading') await rest(app);
        await save(`${page.toLowerCase()}-${state}`);
      }
    };

    await savePages('empty');
    await app.open('Overview');
    await generateAndRefresh(app);
    await rest(app);
    await save('overview-refreshed');
    await app.button('Done').click();
    await addDay(app);
    await app.button('Dismiss').click();
    for (const page of pages) {
      await open(app, page);
      await save(`${page.toLowerCase()}-filled`);
    }
    await showSteps(app);
    await save('activity-refresh');
    await app.window.getByRole('toolbar', { name: 'Time line' }).getByRole('link').first().click();
    await rest(app);
    await save('activity-run');

    for (const tab of ['Files', 'Hours', 'Checks', 'Preview']) {
      await showDay(app, '2025-11-19', tab);
      await save(`partitions-${tab.toLowerCase()}`);
    }
    await app.button('Delete…').click();
    await save('partitions-delete');
    await app.button('Cancel').click();
    await app.button('Close day').click();
    await selectRange(app, '2025-09-10', '2025-11-05');
    await save('partitions-selection');

    await whileLoading(app, () => savePages('loading'));
    await makeTrouble(app);
    await savePages('trouble');
    await showDay(app, '2025-11-18', 'Checks');
    await save('partitions-day-trouble');
  });
}
