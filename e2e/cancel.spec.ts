import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, filesOfEvents, test } from './support/app';

test('a long query is cancelled, and the next one runs', async ({ app }) => {
  await app.open('Console');
  await app.writeSql('SELECT count(*) FROM range(10000000000) a, range(1000) b WHERE a.range % 7 = b.range');
  await app.button('Run').click();
  await app.button('Cancel').click();
  await expect(app.window.getByText(/^Cancelled after/)).toBeVisible({ timeout: 3_000 });
  await app.writeSql('SELECT 42 AS answer');
  await app.button('Run').click();
  await expect(app.result.getByRole('gridcell', { name: '42' })).toBeVisible();
  await app.window.getByRole('tab', { name: 'History' }).click();
  await expect(app.window.getByRole('list', { name: 'History' })).toContainText(/cancelled · \d/);
});

test('a run that is cancelled leaves nothing behind', async ({ app }) => {
  await app.generate({ Rows: 20_000_000 });
  await expect(app.progress('Generate')).toHaveAttribute('aria-valuenow', /^[1-9]/);
  await app.button('Cancel').click();
  await expect(app.window.getByText('The run was cancelled and discarded.')).toBeVisible();
  expect(await filesOfEvents(app.workspace)).toEqual([]);
  const staging = path.join(app.workspace, 'data/.staging');
  expect(existsSync(staging) ? readdirSync(staging) : []).toEqual([]);
});

test('closing the window in the middle of a run leaves nothing behind', async ({ app }) => {
  await app.generate({ Rows: 20_000_000 });
  await expect(app.progress('Generate')).toHaveAttribute('aria-valuenow', /^[1-9]/);
  await app.close();
  expect(await filesOfEvents(app.workspace)).toEqual([]);
});
