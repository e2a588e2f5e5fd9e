import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { App, expect, test } from './support/app';

test('one click on the first day makes a sample workspace with events, models and a chart', async ({ folder }) => {
  const home = path.join(folder, 'home');
  await mkdir(home);
  const app = await App.launch(path.join(folder, 'user-data'), null, { HOME: home });
  await expect(app.window.getByText(/100,000 events and every chart/)).toBeVisible();
  await app.button('Open sample workspace').click();
  await expect(app.window.getByText('Micro Warehouse Sample', { exact: true })).toBeVisible();
  const guide = app.window.getByRole('list', { name: 'First steps' });
  await expect(guide).toContainText('Create 100,000 synthetic product events');
  await expect(app.window.getByText(/^Refreshed in/)).toBeVisible({ timeout: 60_000 });
  await expect(app.window.getByRole('figure', { name: /weekly active teams/i })).toBeVisible();
  await app.open('Console');
  await app.writeSql('SELECT count(*) AS n FROM bronze_events');
  await app.button('Run').click();
  await expect(app.result.getByRole('gridcell', { name: '100000' })).toBeVisible();
  await app.close();
  expect(app.complaints).toEqual([]);
});
