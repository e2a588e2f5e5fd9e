import { App, expect, test } from './support/app';
import { editor, endless, expectCell, makeWarehouse, tab } from './support/console';

test('Ctrl+. cancels a running query, on its page and on another', async ({ app }) => {
  await app.open('Console');
  for (const page of ['Console', 'Layers'] as const) {
    await app.writeSql(endless);
    await app.button('Run').click();
    await expect(tab(app, 'Query running')).toBeVisible();
    if (page !== 'Console') await app.open(page);
    await app.window.keyboard.press('ControlOrMeta+.');
    await app.open('Console');
    await expect(app.window.getByText(/^Cancelled after/)).toBeVisible();
    await expect(tab(app, 'Query running')).toHaveCount(0);
  }
});

test('Ctrl+Enter runs from a parameter field and right after an example was opened', async ({ app }) => {
  await makeWarehouse(app);
  await app.open('Console');
  await app.writeSql('SELECT $number + 1 AS next');
  await app.window.getByLabel('Type of number').selectOption('BIGINT');
  await app.window.getByLabel('Value of number').fill('41');
  await app.window.keyboard.press('ControlOrMeta+Enter');
  await expectCell(app, '42');
  await app.window.getByRole('tab', { name: 'Examples' }).click();
  await app.window.getByRole('button', { name: 'JSON: list keys' }).click();
  await expect(editor(app)).toContainText('json_keys');
  await app.window.keyboard.press('ControlOrMeta+Enter');
  await expectCell(app, 'session_id');
});

test('Escape closes the help with a function until another call begins', async ({ app }) => {
  await app.open('Console');
  const help = (name: string) => app.window.getByRole('note', { name: `Signature of ${name}` });
  await app.writeSql("SELECT regexp_replace('a', ");
  await expect(help('regexp_replace')).toBeVisible();
  // A list of completions, where there is one, takes the first Escape.
  await expect(async () => {
    await app.window.keyboard.press('Escape');
    await expect(help('regexp_replace')).toHaveCount(0, { timeout: 500 });
  }).toPass();
  await app.window.keyboard.type("'b'");
  await expect(help('regexp_replace')).toHaveCount(0);
  await app.window.keyboard.type(", concat('c', ");
  await expect(help('concat')).toBeVisible();
});

test('nothing is completed inside a string or a comment', async ({ app }) => {
  await makeWarehouse(app);
  await app.open('Console');
  const options = app.window.getByRole('listbox');
  const started = Date.now();
  await app.writeSql("SELECT 'a' FROM silver_ev");
  await expect(options.getByText('silver_events', { exact: true })).toBeVisible();
  // A list that is wrongly offered would take as long as this one did.
  const wait = 2 * (Date.now() - started);
  for (const text of ["SELECT 'sel", "SELECT 'it''s silver_ev", '-- silver_ev', '/* silver_ev']) {
    await app.writeSql(text);
    await app.window.keyboard.press('Control+Space');
    await app.window.waitForTimeout(wait);
    await expect(options, text).toHaveCount(0);
  }
});

test('text typed right after the first Ctrl+K is the search, not SQL', async ({ folder }) => {
  const app = await App.launch(`${folder}/user-data`, `${folder}/workspace`);
  await app.open('Console');
  await app.writeSql('SELECT 1');
  await app.window.keyboard.press('ControlOrMeta+K');
  await app.window.keyboard.type('layers');
  await expect(app.window.getByRole('combobox', { name: 'Search actions' })).toHaveValue('layers');
  await app.window.keyboard.press('Escape');
  await expect(editor(app)).toHaveText('SELECT 1');
  await app.close();
});
