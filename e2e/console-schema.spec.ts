import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, test, type App } from './support/app';
import { expectAccessible, expectAccessibleState } from './support/axe';
import { countClicks } from './support/clicks';
import { editor, expectCell, makeWarehouse, run } from './support/console';

/** An open menu is outside of the landmarks, as menus are. */
const menuRules = ['region'];

const tree = (app: App): Locator => app.window.getByRole('tree', { name: 'Schema' });
const line = (app: App, name: string | RegExp): Locator => tree(app).getByRole('treeitem', { name });
const search = (app: App): Locator => app.window.getByLabel('Search tables, columns and files');

/** Opens the menu of a row of the tree, and chooses a command. */
async function command(app: App, name: string | RegExp, item: string): Promise<void> {
  await line(app, name).click({ button: 'right' });
  await app.window.getByRole('menuitem', { name: item, exact: true }).click();
  await expect(app.window.getByRole('menu')).toHaveCount(0);
}

async function focusIn(app: App, region: string): Promise<void> {
  const inside = () =>
    app.window.evaluate((name) => document.activeElement?.closest(`[data-region=${name}]`) !== null, region);
  await expect.poll(inside, { message: `the focus is in ${region}` }).toBe(true);
}

test('the schema tree: tables with their columns, files, and SQL made of them', async ({ app }) => {
  test.setTimeout(240_000);
  const wide = Array.from({ length: 2_000 }, (_, index) => `c${index}`).join(',');
  await mkdir(path.join(app.workspace, 'lake'));
  for (let index = 0; index < 1_000; index += 1)
    await writeFile(path.join(app.workspace, `lake/part-${index}.csv`), 'a\n1\n');
  await writeFile(path.join(app.workspace, 'sales.csv'), 'day,shop,amount\n2025-01-01,Bern,1.5\n2025-01-02,,2.5\n');
  await writeFile(path.join(app.workspace, 'wide.csv'), `${wide}\n${wide.replace(/c/g, '')}\n`);
  await writeFile(path.join(app.workspace, 'two\nlines.csv'), 'a\n1\n');
  await makeWarehouse(app);

  await test.step('the first use opens with an example that has run, and the focus in the editor', async () => {
    await app.open('Console');
    await expectCell(app, 'page_view');
    await focusIn(app, 'editor');
    for (const region of ['result', 'side', 'editor']) {
      await app.window.keyboard.press('F6');
      await focusIn(app, region);
    }
    await app.window.keyboard.press('Shift+F6');
    await focusIn(app, 'side');
    await app.window.keyboard.press('ControlOrMeta+5');
    await focusIn(app, 'editor');
    await app.open('Overview');
    await app.window.keyboard.press('ControlOrMeta+5');
    await focusIn(app, 'editor');
  });

  await test.step('a CSV is queried with two clicks', async () => {
    const clicks = await countClicks(app);
    await command(app, /^sales\.csv/, 'Open');
    await expectCell(app, 'Bern');
    expect(await clicks()).toBe(2);
    await expect(editor(app)).toContainText("FROM 'sales.csv'");
  });

  await test.step('columns have a type, the share of nulls and a histogram; those of a file are read when it is unfolded', async () => {
    await line(app, /^sales\.csv/).click();
    await app.window.keyboard.press('ArrowRight');
    await expect(line(app, /^silver_events 2,000 rows$/)).toBeVisible();
    await expect(line(app, /^Silver 3 tables$/)).toBeVisible();
    await expect(line(app, /^shop VARCHAR 50% nulls Most frequent: Bern/)).toBeVisible();
    await expect(line(app, /^amount DOUBLE no nulls Histogram/)).toBeVisible();
    await search(app).fill('team_id');
    await expect(line(app, /^team_id BIGINT/).first()).toBeVisible();
    await expectAccessible(app.window, 'the schema tree');
    await search(app).fill('');
  });

  await test.step('Enter, a double click and a drag put names into the editor, quoted where they must be', async () => {
    await app.button('New tab').click();
    await app.window.keyboard.insertText('SELECT * FROM ');
    await line(app, /^silver_events/).dblclick();
    await expect(editor(app)).toHaveText('SELECT * FROM silver_events');
    await focusIn(app, 'editor');
    await app.writeSql('SELECT * FROM ');
    await tree(app).focus();
    await app.window.keyboard.press('Home');
    await app.window.keyboard.press('ArrowDown');
    await app.window.keyboard.press('Enter');
    await expect(editor(app)).toHaveText('SELECT * FROM bronze_events');
    await app.writeSql('FROM ');
    await line(app, /^two\\nlines\.csv/).dragTo(editor(app));
    await expect(editor(app)).toContainText('lines.csv');
    await app.button('Run').click();
    await expect(app.window.getByText(/^1 row ·/)).toBeVisible();
  });

  await test.step('resting on a row, or Space, shows ten rows; the menu describes and counts', async () => {
    const preview = app.window.getByRole('region', { name: 'Preview of silver_events' });
    await line(app, /^silver_events/).hover();
    await expect(preview.getByRole('row')).toHaveCount(11);
    await search(app).hover();
    await expect(preview).toHaveCount(0);
    await line(app, /^silver_events/).click();
    await app.window.mouse.move(700, 10);
    await app.window.keyboard.press('Space');
    await expect(preview.getByRole('row')).toHaveCount(11);
    await app.window.keyboard.press('Escape');
    await expect(preview).toHaveCount(0);
    await command(app, /^silver_events/, 'Describe');
    await expectCell(app, 'event_name');
    await command(app, /^silver_events/, 'Count');
    await expectCell(app, '2000');
    await tree(app).focus();
    await app.window.keyboard.press('Shift+F10');
    await expect(app.window.getByRole('menu')).toBeVisible();
    await expectAccessibleState(app.window, 'the menu of the tree', menuRules);
    await app.window.keyboard.press('Escape');
    await expect(tree(app)).toBeFocused();
  });

  await test.step('it follows what a tab creates and drops', async () => {
    await app.window.getByRole('switch', { name: 'Allow changes' }).click();
    await run(app, 'CREATE TABLE "my table" AS SELECT 1 AS "order"');
    await expect(line(app, /^my table/)).toBeVisible();
    await app.writeSql('FROM ');
    await line(app, /^my table/).dblclick();
    await expect(editor(app)).toHaveText('FROM "my table"');
    await run(app, 'DROP TABLE "my table"');
    await expect(line(app, /^my table/)).toHaveCount(0);
  });

  await test.step('temporary tables and views of a tab are in the tree while the tab is selected', async () => {
    await run(app, "CREATE TEMP TABLE scratch AS SELECT 'only here' AS note, 7 AS n");
    await expect(line(app, /^Temporary, in this tab/)).toBeVisible();
    await line(app, /^scratch/).click();
    await app.window.keyboard.press('Space');
    await expect(app.window.getByRole('region', { name: 'Preview of scratch' }).getByText('only here')).toBeVisible();
    await app.window.keyboard.press('Escape');
    await app.window.keyboard.press('ArrowRight');
    await expect(line(app, /^n INTEGER no nulls/)).toBeVisible();
    const tabs = app.window.locator('[data-tabs]').getByRole('tab');
    const before = await tabs.count();
    await command(app, /^scratch/, 'Count');
    await expectCell(app, '1');
    await expect(editor(app)).toContainText('count(*) AS rows');
    expect(await tabs.count(), 'no other tab could read it').toBe(before);
    await app.button('New tab').click();
    await expect(line(app, /^scratch/)).toHaveCount(0);
    await app.window.keyboard.press('ControlOrMeta+PageUp');
    await expect(line(app, /^scratch/)).toBeVisible();
    await run(app, 'DROP TABLE scratch');
    await expect(line(app, /^Temporary/)).toHaveCount(0);
  });

  await test.step('a thousand files and two thousand columns stay fluid', async () => {
    await search(app).fill('part-');
    await expect(line(app, /^lake/)).toBeVisible();
    await search(app).fill('');
    await line(app, /^wide\.csv/).click();
    await app.window.keyboard.press('ArrowRight');
    await expect(line(app, /^c0 /)).toBeVisible();
    await line(app, /^lake/).waitFor({ state: 'detached' });
    await tree(app).focus();
    const started = Date.now();
    for (let page = 0; page < 40; page += 1) await app.window.keyboard.press('PageDown');
    await app.window.keyboard.press('End');
    await expect(line(app, /^Records of refreshes/)).toBeVisible();
    expect(Date.now() - started).toBeLessThan(15_000);
    expect(await tree(app).getByRole('treeitem').count()).toBeLessThan(80);
    await app.window.keyboard.press('Home');
    await expect(line(app, /^Bronze/)).toBeVisible();
  });
});
