import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { App, expect, test, type PageName } from './support/app';
import { expectAccessible } from './support/axe';

const pages: PageName[] = ['Overview', 'Partitions', 'Layers', 'Metrics', 'Console', 'Activity'];

test('axe finds nothing on any page', async ({ app }) => {
  // Axe takes seconds on a page, and each of twenty states is checked in two themes.
  test.setTimeout(400_000);
  for (const page of pages) {
    await app.open(page);
    await expectAccessible(app.window, `${page}, empty`);
  }

  await app.open('Overview');
  await app.generate({ Rows: 5_000, Start: '2025-01-01', End: '2025-02-12' });
  await expect(app.window.getByText(/^Generated 5,000 events/)).toBeVisible();
  await app.refresh();
  for (const page of pages) {
    await app.open(page);
    await expect(app.window.locator('.animate-breathe')).toHaveCount(0);
    await expectAccessible(app.window, page);
  }

  await app.open('Partitions');
  await app.window.getByRole('gridcell', { name: /2025-01-20:/ }).click();
  for (const tab of ['Files', 'Hours', 'Checks', 'Preview']) {
    await app.window.getByRole('tab', { name: tab }).click();
    await expect(app.window.locator('.animate-breathe')).toHaveCount(0);
    await expectAccessible(app.window, `a day: ${tab}`);
  }
  await app.button('Delete…').click();
  await expect(app.window.getByRole('dialog')).toBeVisible();
  await expectAccessible(app.window, 'the dialog that asks before a day is deleted');
  await app.button('Cancel').click();

  await app.open('Layers');
  await app.window.getByRole('tab', { name: 'Columns' }).click();
  await app.window.getByRole('button', { name: 'Profile of user_id' }).click();
  await expectAccessible(app.window, 'the profile of a column');
  await app.window.getByLabel('Team to trace').fill('1');
  await app.button('Trace').click();
  await expect(app.result.or(app.window.getByText('No rows')).first()).toBeVisible();
  await expectAccessible(app.window, 'a trace');

  await app.open('Metrics');
  for (const metric of ['Weekly events by type', 'Weekly purchase funnel', 'Team retention', 'Top teams']) {
    await app.window.getByRole('link', { name: metric, exact: true }).click();
    await expect(app.window.getByRole('figure', { name: metric })).toBeVisible();
    await expectAccessible(app.window, metric);
  }

  const day = (date: string) => path.join(app.workspace, 'data/events', `date=${date}`);
  await rm(day('2025-01-10'), { recursive: true });
  await writeFile(path.join(day('2025-01-11'), 'events-other.parquet'), 'not Parquet');
  await app.open('Partitions');
  await expect(app.window.getByText('1 file can’t be read as Parquet.')).toBeVisible();
  await app.button('Missing: 1 day').click();
  await expectAccessible(app.window, 'Partitions with days missing and damaged');
  await app.open('Overview');
  await app.button('Refresh').first().click();
  await expect(app.window.getByRole('alert').first()).toBeVisible();
  await expectAccessible(app.window, 'Overview after a refresh that failed');
});

test('axe finds nothing in the Generate panel, a query to be saved and a new metric', async ({ app }) => {
  const dialog = app.window.getByRole('dialog');
  await app.button('Generate').first().click();
  await dialog.getByLabel('Rows', { exact: true }).waitFor();
  for (const folded of await dialog.locator('summary').all()) await folded.click();
  await expectAccessible(app.window, 'Generate');
  await app.window.keyboard.press('Escape');

  await app.open('Console');
  await app.writeSql("SELECT DATE '2025-01-01' AS day, 1 AS amount");
  await app.button('Run').click();
  await expect(app.result.getByRole('gridcell').first()).toBeVisible();
  await app.button('Save').click();
  await expect(dialog).toHaveAccessibleName('Save query');
  await expectAccessible(app.window, 'a query to be saved');
  await app.window.keyboard.press('Escape');
  await app.button('Save as metric').click();
  await expect(dialog).toHaveAccessibleName('Save as metric');
  await expectAccessible(app.window, 'a new metric');
});

test('axe finds nothing on the welcome page', async ({ folder }) => {
  const first = await App.launch(path.join(folder, 'user-data'), null);
  await expect(first.button('Use this folder')).toBeVisible();
  await expectAccessible(first.window, 'the welcome page');
  await first.close();
});
