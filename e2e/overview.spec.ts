import path from 'node:path';
import { mkdir, writeFile } from 'node:fs/promises';
import type { Locator } from '@playwright/test';
import { expect, test, type App } from './support/app';

async function filled(app: App): Promise<void> {
  await app.generate({ Rows: 20_000, End: '2023-02-28' });
  await expect(app.window.getByText(/^Generated 20,000 events/)).toBeVisible();
  await app.refresh();
}

/** One of the cards about the state of the warehouse. */
const health = (app: App, name: string) =>
  app.window.getByRole('list', { name: 'Health' }).getByRole('link', { name: new RegExp(`^${name}`) });

test('Overview answers: is my data there, fresh and healthy, and where does it go?', async ({ app }) => {
  const { window } = app;
  await filled(app);
  await expect(window.getByText('20,000', { exact: true })).toBeVisible();
  await expect(window.getByText('none missing')).toBeVisible();
  await expect(window.getByRole('img', { name: /^Events per day, the last 8 weeks: from \d+ to \d+$/ })).toBeVisible();
  await expect(window.getByRole('img', { name: /^Daily users, the last 8 weeks/ })).toBeVisible();
  await expect(window.getByText(/% ?week over week/).first()).toBeAttached();
  await expect(health(app, 'Last run')).toContainText(/just now · 20K events · /);
  await expect(health(app, 'Last refresh')).toContainText(/just now · full · /);
  await expect(health(app, 'Checks')).toContainText('All 8 passed');
  await expect(window.getByRole('figure', { name: 'Weekly active teams' })).toBeVisible();

  await health(app, 'Last run').click();
  await expect(window.getByRole('heading', { name: 'Activity', level: 1 })).toBeVisible();
  await expect(window.getByText('Profile', { exact: true })).toBeVisible();
});

test('Overview tells what needs attention, and which days are missing', async ({ app }) => {
  const { window } = app;
  await filled(app);
  await app.open('Partitions');
  await app.open('Overview');
  const damaged = path.join(app.workspace, 'data/events/date=2023-03-05');
  await mkdir(damaged, { recursive: true });
  await writeFile(path.join(damaged, 'events-other.parquet'), 'not Parquet');
  await window.reload();
  await app.ready();
  await expect(window.getByText('4 days missing')).toBeVisible();
  await expect(window.getByText(/^Stale, refreshed/)).toBeVisible();
  await app.button('Refresh').first().click();
  await expect(health(app, 'Last refresh')).toContainText('failed, just now');
  await health(app, 'Last refresh').click();
  await expect(window.getByText('Refresh 2', { exact: true })).toBeVisible();
  await expect(window.getByRole('alert')).toBeVisible();
});

test('a dismissed outcome stays away, and a failed run can be repeated', async ({ app }) => {
  const { window } = app;
  await filled(app);
  await expect(window.getByRole('link', { name: 'Open Metrics' })).toHaveText('Metrics');
  await app.button('Dismiss').click();
  await app.generate({ Rows: 20_000_000, Seed: 9 });
  await expect(app.progress('Generate')).toHaveAttribute('aria-valuenow', /^[1-9]/);
  await app.button('Cancel').click();
  const cancelled = window.getByText('The run was cancelled and discarded.');
  await expect(cancelled).toBeVisible();
  await app.button('Run again').click();
  await expect(window.getByRole('dialog').getByRole('textbox', { name: 'Recipe' })).toHaveValue(
    /rows=20000000 .*seed=9$/,
  );
  await window.keyboard.press('Escape');

  await app.button('Dismiss').click();
  await app.open('Layers');
  await app.open('Overview');
  await expect(window.getByRole('figure', { name: 'Weekly active teams' })).toBeVisible();
  await expect(cancelled).toBeHidden();
  await expect(window.getByText(/^Refreshed in/)).toBeHidden();
});

test('a damaged file is told of once, with the way on', async ({ app }) => {
  const { window } = app;
  await filled(app);
  const other = path.join(app.workspace, 'data/events/date=2023-01-05/events-other.parquet');
  await writeFile(other, 'not Parquet');
  await app.button('Refresh').first().click();
  await expect(window.getByRole('alert')).toContainText('events-other.parquet');
  await expect(window.getByText(/^Stale,/)).toBeVisible();
  await expect(window.getByText('1 damaged file.')).toBeHidden();
  await app.button('Dismiss').click();
  await expect(
    window.getByText(/^1 damaged file\. A refresh will fail unless you refresh without it\.$/),
  ).toBeVisible();
});

test('a page that scrolls is as wide as one that does not, and ends where its header does', async ({ app }) => {
  const { window } = app;
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(900, 600));
  const right = async (locator: Locator) => {
    const box = await locator.boundingBox();
    return box === null ? null : Math.round(box.x + box.width);
  };
  await filled(app);
  await expect.poll(() => right(app.button('Generate'))).toBe(876);
  expect(await right(window.locator('dl[aria-label="Numbers"]'))).toBe(876);
});
