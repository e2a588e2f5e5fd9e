import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, type App } from './support/app';

const calendar = (app: App) => app.window.getByRole('grid', { name: 'Calendar' });
const figure = (app: App, name: string) =>
  app.window.getByLabel('Numbers').locator('div', { has: app.window.getByText(name, { exact: true }) });

/** Copies the file of a day into other folders below data/events. */
async function copyDay(app: App, date: string, ...folders: readonly string[]): Promise<void> {
  const events = path.join(app.workspace, 'data/events');
  for (const folder of folders) {
    await mkdir(path.join(events, folder), { recursive: true });
    const [file = ''] = await readdir(path.join(events, `date=${date}`));
    await cp(path.join(events, `date=${date}`, file), path.join(events, folder, file));
  }
}

test('entries that are not read are named on Overview and Partitions, and a day at each end of the calendar is one of its days', async ({
  app,
}) => {
  await app.generate({ Rows: 3_000, Start: '2025-01-01', End: '2025-01-31', Seed: 1 });
  await expect(app.window.getByText('Generated 3,000 events in')).toBeVisible();
  await copyDay(app, '2025-01-06', 'date=2025-02-30', 'Date=2025-02-01', 'date=0001-01-01', 'date=9999-12-31');
  await app.refresh();
  await expect(
    app.window.getByText(/data\/events\/date=2025-02-30 was not read: this date doesn't exist/),
  ).toBeVisible();
  await expect(figure(app, 'Days')).toContainText('33');

  await app.open('Partitions');
  const unread = app.window.getByRole('group').filter({ hasText: 'Not read: 2 entries of data/events.' });
  await unread.click();
  await expect(app.window.getByRole('list', { name: 'Not read' })).toContainText('must start with date= in lowercase');
  await expect(calendar(app).getByText('2026 to 9998: no days')).toBeVisible();
  await expect(calendar(app).getByRole('gridcell', { name: /9999-12-31: \d+ rows/ })).toBeVisible();
  await calendar(app).press('Home');
  await calendar(app).press('Enter');
  await expect(app.window.getByRole('region', { name: 'Day 0001-01-01' })).toBeVisible();
  expect(app.complaints).toEqual([]);
});

test('while days are new, the users of the days that are known are shown, and after a refresh those of all', async ({
  app,
}) => {
  await app.generate({ Rows: 20_000, Start: '2025-01-01', End: '2025-01-31', Seed: 1 });
  await expect(app.window.getByText('Generated 20,000 events in')).toBeVisible();
  await app.refresh();
  const users = figure(app, 'Daily users');
  await expect(users).toContainText('in the last 7 days');
  // The figure comes a moment after the words beside it.
  await expect(users.locator('dd > span').first()).toHaveText(/\d/);
  const before = await users.locator('dd > span').first().textContent();
  await app.generate({ Rows: 300, Start: '2025-02-01', End: '2025-02-03', Seed: 2 });
  await expect(app.window.getByText('Generated 300 events in')).toBeVisible();
  await expect(users).toContainText('in the 7 days to 2025-01-31');
  await expect(users.locator('dd > span').first()).toHaveText(before ?? '');
  await app.refresh();
  await expect(users).toContainText('in the last 7 days');
  await expect(users.locator('dd > span').first()).not.toHaveText(before ?? '');
});

test('badge, node and tab of a model count the same failing checks', async ({ app }) => {
  await app.generate({ Rows: 3_000, Start: '2025-01-01', End: '2025-01-31', Seed: 1 });
  await expect(app.window.getByText('Generated 3,000 events in')).toBeVisible();
  await rm(path.join(app.workspace, 'data/events/date=2025-01-10'), { recursive: true });
  const events = path.join(app.workspace, 'data/events');
  await rename(path.join(events, 'date=2025-01-20'), path.join(events, 'date=2025-01-10'));
  await app.refresh();
  await app.open('Layers');
  for (const [model, failing] of [['bronze_events', '2 checks'], ['silver_events', null]] as const) {
    const node = app.window.locator(`a[data-model="${model}"]`);
    await node.click();
    const detail = app.window.getByRole('region', { name: model });
    await detail.getByRole('tab', { name: 'Checks' }).click();
    const open = detail.getByRole('list', { name: 'Checks' }).getByRole('button');
    if (failing === null) {
      await expect(detail.getByText(/checks? failing/)).toHaveCount(0);
      await expect(open).toHaveCount(0);
      continue;
    }
    await expect(node).toContainText(failing);
    await expect(detail.getByText(`${failing} failing`)).toBeVisible();
    await expect(open).toHaveCount(2);
  }
}); // prettier-ignore
