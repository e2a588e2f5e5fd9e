import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, type App } from './support/app';
import { editor, endless, expectCell, makeWarehouse, run, tabList } from './support/console';
import { rest } from './support/pictures';
import { runToRows, saveTo } from './support/results';

/*
 * What a user does at the wrong moment: changes one table in two tabs, deletes a day that is open, opens another
 * workspace or reloads the window while something runs.
 */

const big = 'SELECT i AS n, md5(i::VARCHAR) AS text FROM range(3000000) t(i)';

async function openWorkspace(app: App, folder: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, folder);
  await app.window.keyboard.press('ControlOrMeta+O');
  await expect(app.window.getByRole('button', { name: `Workspace ${path.basename(folder)}` })).toBeVisible();
  await app.open('Console');
  await expect(editor(app)).toBeVisible();
}

test('two tabs change one table at once: the loser says so and leaves nothing behind', async ({ app }) => {
  const { window } = app;
  await makeWarehouse(app);
  await app.open('Console');
  await window.getByRole('switch', { name: 'Allow changes' }).click();
  await run(app, 'CREATE TABLE notes AS SELECT range AS i FROM range(10)');
  await expect(window.getByText(/^CREATE ran in/)).toBeVisible();
  await app.button('New tab').click();
  await window.getByRole('switch', { name: 'Allow changes' }).click();
  await app.writeSql('ALTER TABLE notes ADD COLUMN extra INT');
  await tabList(app).getByRole('tab').first().click();
  await run(app, 'CREATE OR REPLACE TABLE notes AS SELECT range AS i, md5(range::VARCHAR) AS t FROM range(8000000)');
  await expect(window.getByRole('timer')).toBeVisible();
  await tabList(app).getByRole('tab').nth(1).click();
  await app.button('Run').click();
  await expect(window.getByText('Another tab or a refresh changed “notes” at the same time.').first()).toBeVisible();
  await tabList(app).getByRole('tab').first().click();
  await expect(window.getByText(/^CREATE ran in/)).toBeVisible({ timeout: 60_000 });
  await tabList(app).getByRole('tab').nth(1).click();
  await app.button('Run').click();
  await expect(window.getByText(/^ALTER ran in/)).toBeVisible();
  await run(app, 'SELECT count(*) AS n, count(extra) AS extra FROM notes');
  await expectCell(app, '8000000');

  await test.step('a day that is deleted while its panel is open', async () => {
    await app.open('Partitions');
    await window.getByRole('gridcell', { name: /2023-01-05:/ }).click();
    const day = window.getByRole('region', { name: 'Day 2023-01-05' });
    await day.getByRole('tab', { name: 'Hours' }).click();
    await rest(app);
    await app.button('Delete…').click();
    await window.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(day).toContainText('No files for this day');
    await app.button('Undo').click();
    await expect(day.getByRole('tab', { name: 'Hours' })).toBeVisible();
    await day.getByRole('tab', { name: 'Files' }).click();
    await rest(app);
    await rm(path.join(app.workspace, 'data/events/date=2023-01-05'), { recursive: true });
    await day.getByRole('tab', { name: 'Preview' }).click();
    await expect(day).toContainText('The files of this day were removed or changed meanwhile.');
    await expect(window.getByRole('alert')).toHaveCount(0);
  });
});

test('another workspace, or the window again, while a query, an export or a search runs', async ({ app, folder }) => {
  test.setTimeout(180_000);
  const { window, workspace } = app;
  const other = path.join(folder, 'other');
  await mkdir(other);
  await app.open('Console');
  await run(app, endless);
  await expect(window.getByRole('timer')).toBeVisible();
  await openWorkspace(app, other);
  await run(app, 'SELECT 7 AS seven');
  await expectCell(app, '7');

  await openWorkspace(app, workspace);
  await expect(editor(app)).toContainText('range(10000000000)');
  await runToRows(app, big);
  await saveTo(app, path.join(folder, 'out.csv'));
  await app.choose('Export', 'CSV');
  await openWorkspace(app, other);
  await run(app, 'SELECT 8 AS eight');
  await expectCell(app, '8');
  const files = (await readdir(folder)).filter((name) => name !== 'out.csv');
  expect(files.toSorted(), 'no part of a file is left').toEqual(['other', 'user-data', 'workspace']);

  await openWorkspace(app, workspace);
  await runToRows(app, big);
  await app.button('Find in result').click();
  await window.keyboard.type('abcd');
  await openWorkspace(app, other);
  await run(app, 'SELECT 9 AS nine');
  await expectCell(app, '9');

  for (const begin of [
    async () => {
      await run(app, endless);
      await expect(window.getByRole('timer')).toBeVisible();
    },
    async () => {
      await runToRows(app, big);
      await app.button('Find in result').click();
      await window.keyboard.type('abcd');
    },
  ]) {
    await begin();
    await window.reload();
    await app.ready();
    await app.open('Console');
    await run(app, 'SELECT 10 AS ten');
    await expectCell(app, '10');
  }
});
