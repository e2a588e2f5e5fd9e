import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { App, expect, test } from './app';

test('Refresh before any data says what to do', async ({ app }) => {
  await app.button('Refresh').first().click();
  await expect(app.window.getByText(/There are no events in/)).toBeVisible();
  await expect(app.window.getByText(/Generate some first/)).toBeVisible();
});

test.describe('wrong options are refused where they stand', () => {
  for (const [label, value, complaint] of [
    ['Rows', '0', /Rows must be a whole number from 1/],
    ['Rows', '-5', /Rows must be a whole number from 1/],
    ['Rows', '1.5', /Rows must be a whole number/],
    ['Rows', '99999999999999', /Rows must be a whole number from 1 to/],
    ['End', '2020-01-01', /End must not be before start/],
    ['Workers', '0', /Workers must be a whole number/],
  ] as const) {
    test(`${label} ${value}`, async ({ app }) => {
      await app.generate({ [label]: value });
      const dialog = app.window.getByRole('dialog');
      await expect(dialog.getByText(complaint)).toBeVisible();
      await expect(dialog.getByLabel(label, { exact: true })).toHaveAttribute('aria-invalid', 'true');
    });
  }
});

test('a mistake in the SQL is shown with what DuckDB says', async ({ app }) => {
  await app.open('Console');
  await app.writeSql('SELECT nothing_here\nFROM range(3)');
  await app.button('Run').click();
  await expect(app.window.getByText(/"nothing_here" not found/).first()).toBeVisible();
});

test('SQL that would write is refused', async ({ app }) => {
  await app.open('Console');
  await app.writeSql('CREATE TABLE x (i INT)');
  await app.button('Run').click();
  await expect(app.window.getByText(/not allowed here/).first()).toBeVisible();
});

test('a file that is no Parquet among the partitions is named', async ({ app }) => {
  await app.generate({ Rows: 1_000, End: '2023-01-10' });
  await expect(app.window.getByText(/^Generated 1,000 events/)).toBeVisible();
  await writeFile(path.join(app.workspace, 'data/events/date=2023-01-03/events-x.parquet'), 'not Parquet');
  await app.button('Refresh').first().click();
  await expect(
    app.window.getByText('data/events/date=2023-01-03/events-x.parquet', { exact: false }).first(),
  ).toBeVisible();
  await app.open('Partitions');
  await expect(app.window.getByText('1 damaged', { exact: true })).toBeVisible();
});

test('a workspace that is a file is refused with a way out', async ({ folder }) => {
  const file = path.join(folder, 'a-file');
  await writeFile(file, '');
  const app = await App.launch(path.join(folder, 'user-data'), file);
  await expect(app.window.getByText(/is not a folder/)).toBeVisible();
  await expect(app.window.getByRole('button', { name: /Choose folder/ })).toBeVisible();
  await app.close();
});

test('the first start offers a workspace, the second one opens it', async ({ folder }) => {
  const userData = path.join(folder, 'user-data');
  const home = path.join(folder, 'home');
  await mkdir(home);
  process.env.HOME = home;
  const first = await App.launch(userData, null);
  await expect(first.window.getByText(/Micro Warehouse/).first()).toBeVisible();
  await first.button('Use this folder').click();
  await expect(first.button('Generate').first()).toBeVisible();
  await first.close();
  const second = await App.launch(userData, null);
  await expect(second.button('Generate').first()).toBeVisible();
  await second.close();
});
