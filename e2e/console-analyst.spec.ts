import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './support/app';
import { expectAccessible, expectAccessibleState } from './support/axe';
import { countClicks } from './support/clicks';
import { editor, expectCell, makeWarehouse, run, tab } from './support/console';
import { cell, clipboardOf, columnMenu, runToRows, saveTo } from './support/results';

/** An open menu is outside of the landmarks, as menus are. */
const menuRules = ['region'];

test('a result of ten million rows is scrolled, sorted, found in, profiled and exported', async ({ app, folder }) => {
  test.setTimeout(300_000);
  const sql = `SELECT i AS n, i % 2 AS odd, 'Team ' || (i % 5000) AS team, 9007199254740993 + i AS big FROM range(10000000) t(i)`;
  await runToRows(app, sql);
  const header = (name: string) => app.result.getByRole('columnheader', { name: new RegExp(`^${name} `) });
  const found = app.window.getByRole('search', { name: 'Find in result' });
  const clicks = await countClicks(app);
  /** For what reads all rows. */
  const slow = { timeout: 60_000 };

  await test.step('scrolled to its end and back', async () => {
    await app.result.focus();
    await app.window.keyboard.press('ControlOrMeta+End');
    await expect(cell(app, 10_000_000, 1)).toHaveText('9999999');
    await app.window.keyboard.press('ControlOrMeta+Home');
  });

  await test.step('a click on a header sorts, with Shift by a second column', async () => {
    await header('odd').click();
    await expect(header('odd')).toHaveAttribute('aria-sort', 'ascending');
    await expect(cell(app, 2, 1)).toHaveText('2', slow);
    await header('n').click({ modifiers: ['Shift'] });
    await header('n').click({ modifiers: ['Shift'] });
    await expect(cell(app, 1, 1)).toHaveText('9999998', slow);
    await expect(header('n')).toHaveAttribute('aria-sort', 'descending');
    await expect(header('odd')).toHaveAttribute('aria-sort', 'ascending');
    await header('n').click();
    await expect(cell(app, 3, 1)).toHaveText('2', slow);
    await expect(header('n')).not.toHaveAttribute('aria-sort', /.*/);
  });

  await test.step('Ctrl+F finds in all rows, in the editor in its text', async () => {
    await app.result.focus();
    await app.window.keyboard.press('ControlOrMeta+f');
    await app.window.keyboard.type('TEAM 4999');
    await expect(found.getByText('1 of 2,000')).toBeVisible(slow);
    await expect(cell(app, 5_000, 3)).toHaveText('Team 4999');
    await app.window.keyboard.press('Enter');
    await expect(found.getByText('2 of 2,000')).toBeVisible();
    await expect(cell(app, 10_000, 3)).toBeVisible();
    await app.window.keyboard.press('Shift+Enter');
    await app.window.keyboard.press('Shift+Enter');
    await expect(found.getByText('2,000 of 2,000')).toBeVisible();
    await expect(cell(app, 10_000_000, 3)).toBeVisible();
    await expectAccessibleState(app.window, 'the search in a result');
    await app.window.keyboard.press('Escape');
    await expect(found).toHaveCount(0);
    await expect(app.result).toBeFocused();
    await editor(app).click();
    await app.window.keyboard.press('ControlOrMeta+f');
    await expect(found).toHaveCount(0);
    await expect(app.window.locator('.cm-search')).toBeVisible();
    await app.window.keyboard.press('Escape');
  });

  await test.step('all of its rows are profiled and exported', async () => {
    await columnMenu(app, 'big', 'Profile');
    const profile = app.window.getByRole('complementary', { name: 'Profile of big' });
    await expect(profile.getByText('9007199264740992')).toBeVisible(slow);
    await profile.getByRole('button', { name: 'Close', exact: true }).click();
    const file = path.join(folder, 'all.parquet');
    await saveTo(app, file);
    await app.choose('Export', 'Parquet');
    await expect(app.window.getByText(/^Exported 10,000,000 rows/)).toBeVisible(slow);
    expect((await stat(file)).size).toBeGreaterThan(10_000_000);
    await app.button('Dismiss').click();
  });

  await test.step('the menu of a cell filters, copies and profiles; sums are exact', async () => {
    const choose = async (item: string) => {
      // Some have a key in their name.
      await app.window.getByRole('menuitem', { name: new RegExp(`^${item}( Ctrl\\+Click)?$`) }).click();
      await expect(app.window.getByRole('menu')).toHaveCount(0);
    };
    await app.result.press('ControlOrMeta+Home');
    await cell(app, 2, 2).click({ button: 'right' });
    await choose('Exclude this value');
    await expect(app.window.getByText('5,000,000 of 10,000,000 rows')).toBeVisible(slow);
    await cell(app, 1, 3).click({ button: 'right' });
    await choose('Filter by this value');
    await expect(app.window.getByText('2,000 of 10,000,000 rows')).toBeVisible(slow);
    await cell(app, 1, 4).click();
    await cell(app, 2, 4).click({ modifiers: ['Shift'] });
    await expect(app.window.getByLabel('Selection')).toHaveText(/sum 18014398509486986 /);
    await cell(app, 2, 4).click({ button: 'right' });
    await choose('Copy with header');
    await expect(async () => expect(await clipboardOf(app)).toBe('big\n9007199254740993\n9007199254745993')).toPass();
    await app.result.getByRole('rowheader', { name: '1', exact: true }).click({ button: 'right' });
    await choose('Copy as JSON');
    await expect(async () =>
      expect(await clipboardOf(app)).toBe('[\n  {"n":0,"odd":0,"team":"Team 0","big":9007199254740993}\n]'),
    ).toPass();
    await cell(app, 1, 2).click();
    await app.result.press('Shift+F10');
    await choose('Hide column');
    await expect(header('odd')).toHaveCount(0);
    await cell(app, 1, 1).click({ button: 'right' });
    await expectAccessibleState(app.window, 'the menu of a cell', menuRules);
    await choose('Profile column');
    await expect(app.window.getByRole('complementary', { name: 'Profile of n' }).getByText('2,000')).not.toHaveCount(0);
    await header('team').click({ button: 'right' });
    await choose('Select column');
    await expect(app.window.getByLabel('Selection')).toHaveText(/^2,000 cells/);
    // A choice in the menu of a header is no click on the header.
    await expect(header('team')).not.toHaveAttribute('aria-sort', /.*/);
  });

  await test.step('exported, shown in its folder and opened', async () => {
    const file = path.join(folder, 'found.csv');
    await saveTo(app, file);
    await app.electron.evaluate(({ shell }) => {
      Object.assign(shell, { asked: [] });
      const keep = (what: string) => Reflect.get(shell, 'asked').push(what);
      shell.showItemInFolder = (target) => keep(`show ${target}`);
      shell.openPath = (target) => Promise.resolve(keep(`open ${target}`)).then(() => '');
    });
    await app.choose('Export', 'CSV');
    await app.button('Show in folder').click();
    await app.button('Open').click();
    const asked = () => app.electron.evaluate(({ shell }) => String(Reflect.get(shell, 'asked')));
    await expect.poll(asked).toBe(`show ${file},open ${file}`);
    expect((await readFile(file, 'utf8')).split('\n')).toHaveLength(2_002);
  });
  expect(await clicks(), 'the whole journey').toBeLessThanOrEqual(46);
});

test('an error is mended, JSON becomes columns, completion knows where it is, and all of it in narrow windows', async ({
  app,
}) => {
  test.setTimeout(180_000);
  await writeFile(path.join(app.workspace, 'sales.csv'), 'day,shop\n2025-01-01,Bern\n');
  await makeWarehouse(app);
  await app.open('Console');

  await test.step('a wrong name is replaced with one click', async () => {
    await run(app, 'SELECT event_nam, count(*) AS rows\nFROM silver_events GROUP BY ALL');
    await expect(app.button('Replace with “event_name”')).toBeVisible();
    await expectAccessible(app.window, 'an error with a quick fix');
    const clicks = await countClicks(app);
    await app.button('Replace with “event_name”').click();
    await expectCell(app, 'page_view');
    expect(await clicks()).toBe(1);
    await expect(editor(app)).toContainText('SELECT event_name, count(*) AS rows');
  });

  await test.step('keys of JSON become columns with three clicks, in the tab of the statement', async () => {
    await run(
      app,
      `SELECT * FROM (VALUES ('{"url": "/home", "n": 7, "ok": true}'), ('{"n": "x"}'), ('no json')) t(properties)`,
    );
    await expect(cell(app, 1, 1)).toContainText('/home');
    const clicks = await countClicks(app);
    await cell(app, 1, 1).dblclick();
    await app.window.getByLabel('All keys').click();
    await app.button('Extract 3 columns').click();
    for (const [place, text] of ['/home', '7', 'true'].entries())
      await expect(cell(app, 1, place + 2)).toHaveText(text);
    expect(await clicks()).toBe(3);
    await expect(cell(app, 2, 3)).toHaveText('NULL');
    await expect(cell(app, 3, 2)).toHaveText('NULL');
    await expect(app.result.getByRole('columnheader', { name: /^n BIGINT/ })).toBeVisible();
    await expect(app.window.locator('[data-tabs]').getByRole('tab')).toHaveCount(1);
    await app.window.keyboard.press('ControlOrMeta+Enter');
    await expect(cell(app, 1, 2)).toHaveText('/home');
    await cell(app, 1, 1).dblclick();
    await app.window.getByLabel('Tick $.n').check();
    await app.window.getByLabel('Type of $.n').selectOption('VARCHAR');
    await expectAccessibleState(app.window, 'keys of JSON that are ticked');
    await app.button('Extract 1 column').click();
    await expect(app.result.getByRole('columnheader', { name: /^n_2 VARCHAR/ })).toBeVisible();
  });

  await test.step('inside a string there are files after FROM, and values after a comparison', async () => {
    const options = app.window.getByRole('listbox');
    await app.writeSql("SELECT * FROM '");
    await app.window.keyboard.type('sal');
    await expect(options.getByRole('option', { name: /^sales\.csv/ })).toBeVisible();
    expect((await options.boundingBox())?.width).toBeGreaterThan(200);
    expect((await options.boundingBox())?.width).toBeLessThan(500);
    await app.window.keyboard.press('Enter');
    await expect(editor(app)).toHaveText("SELECT * FROM 'sales.csv'");
    await app.writeSql("SELECT * FROM silver_events WHERE event_name IN ('page_view', '");
    await app.window.keyboard.type('sig');
    await expect(options.getByRole('option', { name: /^sign_/ }).first()).toBeVisible();
    await app.window.keyboard.press('Escape');
    for (const [before, typed] of [
      ["SELECT 'sig", 'n'],
      ['SELECT count(*) AS ', 'even'],
    ] as const) {
      await app.writeSql(before);
      await app.window.keyboard.type(typed);
      await app.window.waitForTimeout(400);
      await expect(options).toHaveCount(0);
    }
  });

  await test.step('help with a function leaves the text after it in sight', async () => {
    await app.writeSql('SELECT 1,\n  regexp_replace(event_name, \nFROM silver_events');
    await app.window.keyboard.press('ArrowUp');
    await app.window.keyboard.press('End');
    const help = app.window.getByRole('note', { name: 'Signature of regexp_replace' });
    await expect(help).toBeVisible();
    const { y = 0, height = 0 } = (await help.boundingBox()) ?? {};
    const written = await app.window.locator('.cm-line', { hasText: 'regexp_replace' }).boundingBox();
    expect(y + height).toBeLessThanOrEqual((written?.y ?? 0) + 2);
    await app.window.keyboard.press('Escape');
  });

  await test.step('Run, Cancel and Run all stay in the window, and the rest is in a menu', async () => {
    for (const [width, height, zoom] of [
      [1280, 800, 1],
      [900, 600, 1],
      [1280, 800, 2],
      [1280, 800, 2.5],
    ] as const) {
      await app.electron.evaluate(({ BrowserWindow }, factor) => {
        BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(factor);
      }, zoom);
      await app.electron.evaluate(
        ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
        { width, height },
      );
      await expect.poll(() => app.window.evaluate(() => innerWidth)).toBe(width / zoom);
      for (const name of ['Run', 'Cancel', 'Run all']) {
        const box = await app.button(name).boundingBox();
        expect(box && box.x >= 0 && box.x + box.width <= width / zoom && box.y >= 0, `${name} at ${width}`).toBe(true);
      }
      await expect(tab(app, 'Query')).toBeInViewport();
    }
    await expect(app.button('Format')).toBeHidden();
    await app.choose('More commands', 'Format');
    await app.button('More commands').click();
    await expectAccessibleState(app.window, 'the menu of a narrow console', menuRules);
    await app.window.keyboard.press('Escape');
  });
});
