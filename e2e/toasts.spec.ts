import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, type App } from './support/app';
import { expectAccessible } from './support/axe';
import { runFromPalette } from './support/palette';

/** A week of events, refreshed. */
async function oneWeek(app: App): Promise<void> {
  await app.generate({ Rows: 5_000, Start: '2025-01-01', End: '2025-01-07' });
  await expect(app.window.getByText(/^Generated 5,000 events/)).toBeVisible();
  await app.refresh();
}

const messages = (app: App) => app.window.getByRole('region', { name: /^Notifications/ }).getByRole('listitem');

test('a deletion is undone from any page, by palette or menu, and a message tells of it', async ({ app }) => {
  await oneWeek(app);
  await app.open('Partitions');
  const day = app.window.getByRole('gridcell', { name: /2025-01-03:/ });
  const remove = async () => {
    await day.click();
    await app.button('Delete…').click();
    await app.window.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(app.window.getByText('Deleted 2025-01-03 (1 file).')).toBeVisible();
  };
  await remove();
  await app.open('Activity');
  await runFromPalette(app, 'undo', 'Undo delete days');
  await expect(messages(app)).toContainText('Restored 2025-01-03');
  await messages(app).getByRole('link', { name: 'Show in Partitions' }).click();
  await expect(day).toHaveAccessibleName(/rows, stale$/);
  await expect(app.button('Undo')).toBeHidden();

  await remove();
  await app.clickMenu('undo-delete');
  await expect(day).toHaveAccessibleName(/rows, stale$/);
});

test('a message stays while somebody reads it, and is reached and closed by keyboard', async ({ app }) => {
  const { window } = app;
  await oneWeek(app);
  await window.clock.install();
  await app.open('Layers');
  await runFromPalette(app, 'release', 'Release');
  await expect(messages(app)).toContainText('Database file released');
  await messages(app).hover();
  await window.clock.runFor(60_000);
  await expect(messages(app)).toBeVisible();
  await window.keyboard.press('F8');
  await window.keyboard.press('Tab');
  await expect(messages(app)).toBeFocused();
  await window.keyboard.press('Tab');
  await expect(app.button('Dismiss notification')).toBeFocused();
  await window.mouse.move(0, 0);
  await window.clock.runFor(60_000);
  await expect(messages(app)).toBeVisible();
  await window.keyboard.press('Escape');
  await expect(messages(app)).toHaveCount(0);
});

test('axe finds nothing in a message', async ({ app }) => {
  await app.clickMenu('undo-delete');
  await messages(app).hover();
  await expectAccessible(app.window, 'a message');
});

test('a refresh that ends while another page is shown says so, and leads to what it found', async ({ app }) => {
  test.skip(process.platform === 'win32', 'no signal holds a process there');
  await oneWeek(app);
  // The process is paused until the page has changed: a refresh that ends while the Overview is shown is reported
  // there.
  const warehouse = await app.pidOf('database');
  process.kill(warehouse, 'SIGSTOP');
  await app.choose('More refresh options', /^Full refresh/);
  await app.open('Console');
  process.kill(warehouse, 'SIGCONT');
  await expect(messages(app)).toContainText(/Refreshed in .*Full · read 7 files of 7/);
  await messages(app).getByRole('link', { name: 'See results' }).click();
  await expect(app.window.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
});

test('a saved query that was deleted is brought back with its text', async ({ app }) => {
  const file = path.join(app.workspace, 'queries/mine.sql');
  await mkdir(path.dirname(file));
  await writeFile(file, 'SELECT 42 AS answer');
  await app.open('Console');
  await app.window.getByRole('tab', { name: 'Saved', exact: true }).click();
  const queries = app.window.getByRole('list', { name: 'Saved queries' });
  await queries.getByText('mine').hover();
  await app.button('Delete mine.sql').click();
  await expect(queries.getByText('mine')).toHaveCount(0);
  await expect(messages(app)).toContainText('Deleted mine.sql');
  await messages(app).getByRole('button', { name: 'Undo' }).click();
  await expect(queries.getByText('mine')).toBeVisible();
  await expect.poll(() => readFile(file, 'utf8')).toBe('SELECT 42 AS answer');
});
