import type * as FileSystem from 'node:fs/promises';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { App, expect, test } from './support/app';
import { editor, expectCell, makeWarehouse, run, tab, tabList } from './support/console';

test.describe('editor', () => {
  test('completes DuckDB’s keywords and functions, tables, columns with types and JSON keys', async ({ app }) => {
    await makeWarehouse(app);
    await app.open('Console');
    const options = app.window.getByRole('listbox');
    await app.writeSql('SELECT regexp_ext');
    await expect(options.getByText('regexp_extract', { exact: true })).toBeVisible();
    await app.writeSql('SELECT * FROM silver_ev');
    await expect(options.getByText('silver_events', { exact: true })).toBeVisible();
    await app.writeSql('FROM silver_events SELECT event_t');
    await expect(options.getByText(/^TIMESTAMP/)).toBeVisible();
    await app.writeSql("FROM silver_events SELECT properties->>'");
    await app.window.keyboard.press('Control+Space');
    await expect(options.getByText('page_url', { exact: true })).toBeVisible();
  });

  test('shows how a function is called', async ({ app }) => {
    await app.open('Console');
    await app.writeSql("SELECT regexp_replace('a', ");
    const help = app.window.getByRole('note', { name: 'Signature of regexp_replace' });
    await expect(help).toContainText('VARCHAR');
    await app.window.getByRole('tab', { name: 'Examples' }).click();
    await expect(help, 'it is about the cursor').toBeHidden();
    await editor(app).focus();
    await expect(help).toBeVisible();
  });

  test('formats, comments, finds and replaces', async ({ app }) => {
    await app.open('Console');
    await app.writeSql('select 1 as a,2 as b from range(3)');
    await app.button('Format').click();
    await expect(editor(app)).toContainText(/SELECT\s*1 AS a,/);
    await editor(app).click();
    await app.window.keyboard.press('ControlOrMeta+A');
    await app.button('Comment').click();
    await expect(editor(app)).toContainText('-- SELECT');
    await app.button('Find').click();
    await app.window.getByRole('textbox', { name: 'Find' }).fill('range');
    await app.window.getByRole('textbox', { name: 'Replace' }).fill('RANGED');
    await app.window.getByRole('button', { name: 'replace all' }).click();
    await expect(editor(app)).toContainText('RANGED(3)');
  });

  test('marks an error where DuckDB sees it, in the statement that was run, with its hint', async ({ app }) => {
    await app.open('Console');
    await app.writeSql('SELECT 1;\nSELECT regexp_extrac(1)');
    await app.button('Run').click();
    await expect(app.window.getByText(/Did you mean "regexp_extract"/).first()).toBeVisible();
    await expect(app.window.locator('.cm-lintRange-error')).toHaveText('regexp_extrac');
    await expect(app.window.getByText('Line 2, column 8.')).toBeVisible();
  });

  test('runs the statement at the cursor, the selection, or all', async ({ app }) => {
    await app.open('Console');
    await app.writeSql('SELECT 11 AS a;\nSELECT 22 AS b;\nSELECT 33 AS c;');
    await app.window.keyboard.press('ControlOrMeta+Home');
    await app.window.keyboard.press('ControlOrMeta+Enter');
    await expectCell(app, '11');
    await app.window.keyboard.press('ArrowDown');
    await app.window.keyboard.press('ControlOrMeta+Enter');
    await expectCell(app, '22');
    await app.button('Run all').click();
    await expectCell(app, '33');
    await app.window.getByRole('button', { name: 'Statement 1, done' }).click();
    await expectCell(app, '11');
    await editor(app).click();
    await app.window.keyboard.press('ControlOrMeta+Home');
    for (let line = 0; line < 2; line += 1) await app.window.keyboard.press('Shift+ArrowDown');
    await app.button('Run').click();
    await expectCell(app, '22');
    await expect(app.window.getByRole('button', { name: /^Statement \d, done$/ })).toHaveCount(2);
  });

  test('asks for parameters, with types that the tab remembers', async ({ app }) => {
    await app.open('Console');
    await app.writeSql('SELECT $day + 1 AS next');
    await app.window.getByLabel('Type of day').selectOption('DATE');
    await app.window.getByLabel('Value of day').fill('2025-01-31');
    await app.button('Run').click();
    await expectCell(app, '2025-02-01');
    await app.button('New tab').click();
    await tabList(app).getByRole('tab').first().click();
    await expect(app.window.getByLabel('Value of day')).toHaveValue('2025-01-31');
    await expect(app.window.getByLabel('Type of day')).toHaveValue('DATE');
    // The plan and the history show them, too.
    await app.button('Run').click();
    await app.window.getByRole('radio', { name: 'Plan' }).click();
    await expect(app.window.getByRole('tree', { name: 'Plan' })).toBeVisible();
    await app.window.getByRole('tab', { name: 'History' }).click();
    await app.window.getByRole('list', { name: 'History' }).getByRole('button').first().press('Enter');
    await expect(app.window.getByLabel('Value of day')).toHaveValue('2025-01-31');
    await expectCell(app, '2025-02-01');
  });
});

/** Runs in the main process: every file takes half a second to write. */
function slowDisk(): void {
  const files = process.mainModule?.require('node:fs/promises') as typeof FileSystem;
  const write = files.writeFile;
  files.writeFile = async (...args: Parameters<typeof write>) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    return write(...args);
  };
}

test.describe('tabs', () => {
  test('are renamed, reordered, closed and opened again', async ({ app }) => {
    await app.open('Console');
    await tab(app, 'Query').dblclick();
    await app.window.getByLabel('Tab name').fill('First');
    await app.window.keyboard.press('Enter');
    await app.button('New tab').click();
    await app.writeSql('SELECT 2');
    await tab(app, 'Query').press('Alt+Shift+ArrowLeft');
    await app.button('New tab').click();
    // Unnamed tabs get distinct names.
    await expect(tabList(app).getByRole('tab')).toHaveText(['Query', 'First', 'Query 2']);
    await app.window.keyboard.press('ControlOrMeta+PageDown');
    await expect(tab(app, 'Query')).toHaveAttribute('aria-selected', 'true');
    await app.window.keyboard.press('ControlOrMeta+PageUp');
    await expect(tab(app, 'Query 2')).toHaveAttribute('aria-selected', 'true');
    await app.window.keyboard.press('ControlOrMeta+W');
    await expect(tabList(app).getByRole('tab')).toHaveText(['Query', 'First']);
    await tab(app, 'Query').click();
    await app.button('Close Query').click();
    await expect(tabList(app).getByRole('tab')).toHaveText(['First']);
    await app.button('Reopen closed tab').click();
    await expect(editor(app)).toHaveText('SELECT 2');
  });

  test('come back with their text after the app was killed', async ({ folder }) => {
    const userData = path.join(folder, 'user-data');
    const workspace = path.join(folder, 'workspace');
    const first = await App.launch(userData, workspace);
    await first.open('Console');
    await first.writeSql("SELECT 'a draft'");
    await first.button('New tab').click();
    await first.writeSql('SELECT 22 AS b');
    await first.button('Run').click();
    await expectCell(first, '22');
    // A run is listed once it is on the disk, and what was written before it then is, too.
    await first.window.getByRole('tab', { name: 'History' }).click();
    await expect(first.window.getByRole('list', { name: 'History' })).toContainText('SELECT 22 AS b');
    // Its own pid: the kill must hit the main process.
    const pid = first.electron.process().pid ?? 0;
    process.kill(pid, 'SIGKILL');
    await first.electron.waitForEvent('close');
    const second = await App.launch(userData, workspace);
    await second.open('Console');
    await expect(editor(second)).toHaveText('SELECT 22 AS b');
    await tabList(second).getByRole('tab').first().click();
    await expect(editor(second)).toHaveText("SELECT 'a draft'");
    await second.window.getByRole('tab', { name: 'History' }).click();
    const history = second.window.getByRole('list', { name: 'History' });
    await second.window.getByLabel('Search the history').fill('22');
    // With its date: yesterday's runs are here, too.
    await expect(history.getByRole('time').first()).toHaveText(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/);
    await history.getByRole('button').first().press('Enter');
    await expectCell(second, '22');
    await second.close();
  });

  test('lose no key when the app is quit or its window is closed, though the disk is slow', async ({ folder }) => {
    const userData = path.join(folder, 'user-data');
    const workspace = path.join(folder, 'workspace');
    for (const [text, end] of [
      ['first', 'quit'],
      ['second', 'close'],
    ] as const) {
      const app = await App.launch(userData, workspace);
      await app.open('Console');
      await app.electron.evaluate(slowDisk);
      await app.writeSql(`SELECT '${text}'`);
      const closed = app.electron.waitForEvent('close');
      await app.electron.evaluate(({ app: electron, BrowserWindow }, way) => {
        if (way === 'quit') electron.quit();
        else BrowserWindow.getAllWindows()[0]?.close();
      }, end);
      await closed;
      const again = await App.launch(userData, workspace);
      await again.open('Console');
      await expect(editor(again)).toHaveText(`SELECT '${text}'`);
      await again.close();
    }
  });

  test('there may be fifty of them', async ({ app }) => {
    await app.open('Console');
    for (let count = 1; count < 50; count += 1) await app.button('New tab').click();
    await expect(tabList(app).getByRole('tab')).toHaveCount(50);
    await expect(tabList(app).getByRole('tab').last(), 'the one on show is in sight').toBeInViewport({ ratio: 1 });
    await run(app, 'SELECT 50 AS n');
    await expectCell(app, '50');
    await tabList(app).getByRole('tab').first().click();
    await run(app, 'SELECT 1 AS n');
    await expectCell(app, '1');
  });
});

test.describe('queries', () => {
  test('are saved as files; what changes outside is noticed', async ({ app }) => {
    await app.open('Console');
    await app.window.getByRole('tab', { name: 'Saved', exact: true }).click();
    await app.writeSql('SELECT 1 AS one');
    await app.button('Save').click();
    await app.window.getByRole('dialog').getByLabel('Name').fill('My query');
    await app.button('Save query').click();
    const file = path.join(app.workspace, 'queries/My query.sql');
    await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toBe('SELECT 1 AS one');
    await expect(app.window.getByRole('list', { name: 'Saved queries' })).toContainText('My query');
    await writeFile(file, 'SELECT 2 AS two');
    await expect(editor(app)).toHaveText('SELECT 2 AS two');
    await writeFile(path.join(app.workspace, 'queries/from git.sql'), 'SELECT 3');
    await expect(app.window.getByRole('list', { name: 'Saved queries' })).toContainText('from git');
  });

  test('that change on both sides are asked about; renamed ones take their tab along, deleted ones leave it', async ({
    app,
  }) => {
    const saved = app.window.getByRole('list', { name: 'Saved queries' });
    const file = (name: string) => path.join(app.workspace, 'queries', `${name}.sql`);
    await app.open('Console');
    await app.window.getByRole('tab', { name: 'Saved', exact: true }).click();
    await app.writeSql('SELECT 1 AS one');
    await app.button('Save').click();
    await app.window.getByRole('dialog').getByLabel('Name').fill('mine');
    await app.button('Save query').click();
    await expect(saved).toContainText('mine');

    await app.writeSql('SELECT 10 AS mine');
    await writeFile(file('mine'), 'SELECT 2 AS theirs');
    const asked = app.window.getByText(
      'queries/mine.sql was changed by another program while you were editing it here.',
    );
    await expect(asked).toBeVisible();
    await app.button('Keep mine').click();
    await app.button('Save').click();
    await expect.poll(() => readFile(file('mine'), 'utf8')).toBe('SELECT 10 AS mine');
    await app.writeSql('SELECT 11 AS mine');
    await writeFile(file('mine'), 'SELECT 3 AS theirs');
    await app.button('Use the file’s version').click();
    await expect(editor(app)).toHaveText('SELECT 3 AS theirs');

    await saved.getByRole('button', { name: 'mine', exact: true }).hover();
    await app.button('Rename mine.sql').click();
    await app.window.getByLabel('Query name').fill('ours');
    await app.window.keyboard.press('Enter');
    await expect(tab(app, 'ours')).toBeVisible();

    await app.button('New tab').click();
    await app.writeSql('SELECT 0');
    await app.button('Save').click();
    await app.window.getByRole('dialog').getByLabel('Name').fill('ours');
    await app.button('Save query').click();
    await expect(app.window.getByText('A query named ours.sql already exists.')).toBeVisible();
    await app.button('Cancel').click();
    expect(await readFile(file('ours'), 'utf8')).toBe('SELECT 3 AS theirs');

    await saved.getByRole('button', { name: 'ours', exact: true }).hover();
    await app.button('Delete ours.sql').click();
    await expect(saved).not.toContainText('ours');
    await tab(app, 'ours').click();
    await expect(editor(app)).toHaveText('SELECT 3 AS theirs');
    await app.button('Undo').click();
    await expect(saved).toContainText('ours');
    await expect.poll(() => readFile(file('ours'), 'utf8')).toBe('SELECT 3 AS theirs');
  });

  test('ship with the app', async ({ app }) => {
    await makeWarehouse(app);
    await app.open('Console');
    await app.window.getByRole('tab', { name: 'Examples' }).click();
    await app.button('Gold: weekly active teams').click();
    await app.button('Run').click();
    await expect(app.result.getByRole('gridcell').first()).toBeVisible();
  });
});
