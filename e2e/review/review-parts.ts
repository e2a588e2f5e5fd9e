import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { App } from '../support/app';
import {
  expect,
  generateAndRefresh,
  processesOf,
  refresh,
  rest,
  review,
  reviewSizes,
  save as saveOf,
  test,
  whileStill,
} from '../support/pictures';
import { runFromPalette } from '../support/palette';

/*
 * For design reviews, in addition to review.ts: everything above the pages (dialogs, menus, messages) and everything
 * temporary (running jobs and their ends, a locked database), in three sizes and both schemes.
 */

test.skip(review === undefined, 'SCREENSHOTS names no folder for them');

const wrongOptions = 'mw1 realistic rows=20000 days=2024-01-01..2024-02-29 users=0 teams=40 seed=7';
const facts = 'mw1 realistic rows=200000 days=2024-01-01..2024-12-31 users=5000 teams=400 seed=7 outage=2024-03-01';

for (const [width, height] of reviewSizes) {
  const save = (app: App, name: string) => saveOf(app, name);

  test(`the first start at ${width}x${height}`, async ({ folder }) => {
    const app = await App.launch(path.join(folder, 'user-data'), null);
    await app.resize(width, height);
    await expect(app.button('Use this folder')).toBeVisible();
    await save(app, 'welcome');
    await app.close();
    const file = path.join(folder, 'a-file');
    await writeFile(file, '');
    const refused = await App.launch(path.join(folder, 'user-data'), file);
    await refused.resize(width, height);
    await expect(refused.window.getByText(/isn't a folder/)).toBeVisible();
    await save(refused, 'welcome-trouble');
    await refused.close();
  });

  test(`dialogs and menus at ${width}x${height}`, async ({ demo: app }) => {
    test.setTimeout(240_000);
    const { window } = app;
    await app.resize(width, height);
    await generateAndRefresh(app);
    await rest(app);
    for (const [name, keys] of [
      ['palette', 'ControlOrMeta+K'],
      ['shortcuts', '?'],
      ['settings', 'ControlOrMeta+,'],
      ['generate', 'ControlOrMeta+Shift+E'],
    ] as const) {
      await window.keyboard.press(keys);
      await window.getByRole('dialog').waitFor();
      await rest(app);
      await save(app, name);
      if (name === 'palette') {
        for (const search of ['2025-01', 'weekly', 'nothing like it']) {
          await window.getByRole('combobox', { name: 'Search actions' }).fill(search);
          await save(app, `palette-${search.replaceAll(' ', '-')}`);
        }
      }
      if (name === 'settings') {
        await window.getByLabel('Threads and workers').fill('0');
        await window.getByLabel('Warehouse memory').fill('1');
        await save(app, 'settings-wrong');
      }
      if (name === 'generate') {
        const recipe = window.getByRole('textbox', { name: 'Recipe' });
        await recipe.fill(wrongOptions);
        await save(app, 'generate-wrong-recipe');
        await recipe.fill(facts);
        for (const folded of await window.getByRole('dialog').locator('summary').all()) {
          await folded.click();
          await folded.scrollIntoViewIfNeeded();
          await save(
            app,
            `generate-${((await folded.innerText()).split('\n')[0] ?? '').toLowerCase().replaceAll(/\W+/g, '-')}`,
          );
          await folded.click();
        }
        await window.getByLabel('Rows', { exact: true }).fill('0');
        await window.getByRole('dialog').getByRole('button', { name: 'Generate', exact: true }).click();
        await save(app, 'generate-wrong');
      }
      await window.keyboard.press('Escape');
      await expect(window.getByRole('dialog')).toHaveCount(0);
    }
    await window.getByRole('button', { name: /^Workspace / }).click();
    await save(app, 'switcher');
    await window.keyboard.press('Escape');
    await app.button('Add several days').click();
    await save(app, 'overview-add-days');
    await window.keyboard.press('Escape');
    await app.button('More refresh options').click();
    await save(app, 'overview-ways-to-refresh');
    await window.keyboard.press('Escape');
  });

  test(`jobs and their ends at ${width}x${height}`, async ({ demo: app }) => {
    test.setTimeout(240_000);
    const { window } = app;
    await app.resize(width, height);
    await app.generate({ Rows: 50_000_000 });
    await expect(app.progress('Generate')).toHaveAttribute('aria-valuenow', /^[1-9]/);
    await whileStill(await processesOf(app, 'generator'), async () => {
      for (const page of ['Overview', 'Activity', 'Layers'] as const) {
        await app.open(page);
        await save(app, `generating-${page.toLowerCase()}`);
      }
      await app.open('Overview');
    });
    await app.button('Cancel').click();
    await expect(window.getByText('The run was cancelled and discarded.')).toBeVisible();
    await save(app, 'overview-cancelled');
    await app.generate({ Rows: 20_000_000 });
    await expect(app.progress('Generate')).toHaveAttribute('aria-valuenow', /^[1-9]/);
    process.kill((await processesOf(app, 'generator'))[0] ?? 0, 'SIGKILL');
    await expect(window.getByText(/A generator process stopped unexpectedly/).first()).toBeVisible();
    await save(app, 'overview-failed-run');
    await app.open('Layers');
    await save(app, 'layers-failed-run-elsewhere');
    await app.open('Activity');
    await rest(app);
    await save(app, 'activity-failed-run');
    await app.open('Overview');
    await app.button('Generate').first().click();
    await window.getByRole('textbox', { name: 'Recipe' }).fill(facts);
    await window.getByRole('dialog').getByRole('button', { name: 'Generate', exact: true }).click();
    await expect(window.getByText(/^Generated 200,000 events/)).toBeVisible({ timeout: 60_000 });
    await save(app, 'overview-generated');
    await app.open('Activity');
    await window.getByText('Generated 200,000 events').click();
    await rest(app);
    await save(app, 'activity-facts');
    await app.open('Overview');

    await app.button('Refresh now').click();
    await expect(app.progress('Refresh')).toBeVisible();
    await whileStill(await processesOf(app, 'database'), async () => {
      for (const page of ['Overview', 'Activity', 'Layers'] as const) {
        await app.open(page);
        await save(app, `refreshing-${page.toLowerCase()}`);
      }
    });
    await expect(window.getByText(/^Refreshed in/).first()).toBeVisible({ timeout: 60_000 });
    await rest(app);
    await save(app, 'toast-refreshed');
    await runFromPalette(app, 'release', 'Release');
    await expect(window.getByText(/^Database file released/)).toBeVisible();
    await save(app, 'toasts');
  });

  test(`days and what is done to them at ${width}x${height}`, async ({ demo: app }) => {
    test.setTimeout(240_000);
    const { window } = app;
    await app.resize(width, height);
    for (const Seed of [1, 2]) {
      await app.generate({ Rows: 40_000, Start: '2024-11-01', End: '2025-03-31', Seed });
      await expect(window.getByText(/^Generated 40,000 events/).first()).toBeVisible({ timeout: 60_000 });
    }
    await refresh(app);
    for (const date of ['2025-01-15', '2025-02-03'])
      await rm(path.join(app.workspace, 'data/events', `date=${date}`), { recursive: true });
    await mkdir(path.join(app.workspace, 'data/events/date=2025-03-05'), { recursive: true });
    await writeFile(path.join(app.workspace, 'data/events/date=2025-03-05/events-other.parquet'), 'not Parquet');
    await app.open('Partitions');
    const day = (date: string) => window.getByRole('gridcell', { name: new RegExp(`${date}:`) });
    const look = async (date: string, name: string) => {
      await window.evaluate((item) => (location.hash = `#/partitions/${item}`), date);
      await rest(app);
      await save(app, name);
    };
    await look('2025-01-20', 'day-two-files');
    await app.button('Compact').click();
    await expect(window.getByText('Compacted 2025-01-20 into one file', { exact: true })).toBeVisible();
    await save(app, 'toast-compacted');
    await look('2025-01-15', 'day-missing');
    await look('2025-03-05', 'day-damaged');
    await app.button('Close day').click();
    await day('2025-02-10').hover();
    await window.mouse.down();
    await day('2025-03-02').hover();
    await window.mouse.up();
    await window.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'Delete…' }).click();
    await save(app, 'partitions-delete-range');
    await app.button('Delete').click();
    await expect(app.button('Undo')).toBeVisible();
    await rest(app);
    await save(app, 'partitions-deleted');
    await app.open('Overview');
    await rest(app);
    await save(app, 'overview-stale');
  });
}
