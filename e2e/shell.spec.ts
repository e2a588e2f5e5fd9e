import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { App, expect, test } from './support/app';
import { expectAccessible } from './support/axe';
import { runFirst, runFromPalette, searched, searchedAgain } from './support/palette';

test('the command palette finds an action and runs it, by keyboard alone', async ({ app }) => {
  await app.window.keyboard.press('ControlOrMeta+K');
  const search = app.window.getByRole('combobox', { name: 'Search actions' });
  await expect(search).toBeFocused();
  await app.window.keyboard.type('calendar');
  await expect(app.window.getByRole('option')).toHaveText([/Partitions/]);
  await app.window.keyboard.press('Enter');
  await expect(app.window.getByRole('heading', { name: 'Partitions', level: 1 })).toBeVisible();

  await app.window.keyboard.press('ControlOrMeta+K');
  await expect(search).toBeFocused();
  await app.window.keyboard.type('gener');
  await expect(app.window.getByRole('option').first()).toContainText('Generate');
  await app.window.keyboard.press('Enter');
  await expect(app.window.getByRole('dialog', { name: /Generate/ })).toBeVisible();
});

test('the palette has every action of the menu, and says why one is not possible now', async ({ app }) => {
  const ofMenu: string[] = await app.electron.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).flatMap(({ submenu }) =>
      (submenu?.items ?? []).flatMap(({ id, label }) => (id ? [label] : [])),
    ),
  );
  expect(ofMenu.length).toBeGreaterThan(20);
  const options = await searched(app, '');
  await expect(options.first()).toBeVisible();
  const titles = await options.evaluateAll((all) =>
    all.map((option) => option.children[1]?.textContent?.toLowerCase()),
  );
  for (const label of ofMenu.filter((title) => title !== 'Command palette'))
    expect(titles).toContain(label.toLowerCase());

  await searchedAgain(app, 'undo last deletion');
  await expect(options).toHaveText([/Nothing to undo/]);
  await expect(options.first()).toHaveAttribute('aria-disabled', 'true');
  await app.window.keyboard.press('Enter');
  await expect(app.window.getByRole('combobox')).toBeVisible();
  await runFirst(app, await searchedAgain(app, 'dark theme'), /dark/i);
  await expect.poll(() => app.electron.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark');
});

test('the palette goes to days, metrics, models and queries, and offers what the page can do', async ({ app }) => {
  await app.generate({ Rows: 5_000, Start: '2025-01-01', End: '2025-01-31' });
  await expect(app.window.getByText(/^Generated 5,000 events/)).toBeVisible();
  await app.button('Refresh now').click();
  await expect(app.window.getByText(/^Refreshed in/)).toBeVisible();

  await runFromPalette(app, '2025-01-20', 'Day 2025-01-20');
  await expect(app.window.getByRole('region', { name: 'Day 2025-01-20' })).toBeVisible();
  await expect(await searched(app, 'compact')).toHaveText([/Already a single file/]);
  await runFirst(app, await searchedAgain(app, 'delete day'), /delete/i);
  await expect(app.window.getByRole('dialog')).toHaveAccessibleName('Delete 2025-01-20?');
  await app.button('Cancel').click();
  await runFromPalette(app, 'shade files', /files/i);
  await expect(app.window.getByRole('radio', { name: 'Files' })).toBeChecked();

  await runFromPalette(app, 'weekly active teams', 'Weekly active teams');
  await expect(app.window.getByRole('figure', { name: 'Weekly active teams' })).toBeVisible();
  await expect(await searched(app, 'export')).toHaveText([/Export PNG/, /Export SVG/, /Export CSV/]);
  await runFirst(app, await searchedAgain(app, 'silver_events'), 'silver_events');
  await expect(app.window.getByRole('heading', { name: 'silver_events' })).toBeVisible();

  await runFromPalette(app, 'new tab', 'New tab');
  await app.writeSql('SELECT 7 AS seven');
  await runFromPalette(app, 'run selection', /run selection/i);
  await expect(app.result.getByRole('gridcell', { name: '7', exact: true })).toBeVisible();
  await expect(await searched(app, 'export result')).toHaveText([/CSV$/, /formulas as text/, /Parquet/, /JSON/]);
});

test('the palette cancels what is under way', async ({ app }) => {
  await app.generate({ Rows: 50_000_000 });
  await expect(app.progress('Generate')).toBeVisible();
  await app.open('Layers');
  await app.window.keyboard.press('ControlOrMeta+.');
  await app.open('Activity');
  await expect(app.window.getByText('Cancelled', { exact: true })).toBeVisible();
});

test('keys go to the pages, and the sheet says which', async ({ app }) => {
  await app.window.keyboard.press('ControlOrMeta+4');
  await expect(app.window.getByRole('heading', { name: 'Metrics', level: 1 })).toBeVisible();
  await expect(app.window.getByRole('link', { name: 'Layers', exact: true })).toHaveAttribute('title', /3\)/);
  await app.open('Overview');
  await expect(app.button('Generate').first()).toHaveAttribute('title', /E\)/);
  await expect(app.button('Refresh').first()).toHaveAttribute('aria-keyshortcuts', /\+Shift\+R$/);
  await app.window.keyboard.press('?');
  await expect(app.window.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Refresh')).toBeVisible();
  await app.window.keyboard.press('Escape');
  await expect(app.window.getByRole('dialog')).toHaveCount(0);
});

test('the native menu runs the same actions', async ({ app }) => {
  await app.clickMenu('go-layers');
  await expect(app.window.getByRole('heading', { name: 'Layers', level: 1 })).toBeVisible();
});

test('menu items that need a workspace are grey until there is one', async ({ folder }) => {
  const app = await App.launch(path.join(folder, 'user-data'), null);
  const enabled = () =>
    app.electron.evaluate(({ Menu }) =>
      ['generate', 'go-layers', 'settings', 'undo-delete', 'show-folder', 'about'].map(
        (id) => Menu.getApplicationMenu()?.getMenuItemById(id)?.enabled,
      ),
    );
  await expect(app.button('Use this folder')).toBeVisible();
  expect(await enabled()).toEqual([false, false, false, false, false, true]);
  await app.close();
  const opened = await App.launch(path.join(folder, 'user-data'), folder);
  await expect
    .poll(() => opened.electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('generate')?.enabled))
    .toBe(true);
  await opened.close();
});

test('an action of the menu in one workspace is not done in the next', async ({ app, folder }) => {
  const other = path.join(folder, 'other');
  await mkdir(other);
  await app.close();
  const second = await App.launch(path.join(folder, 'user-data'), other);
  await second.clickMenu('generate');
  await expect(second.window.getByRole('dialog', { name: /Generate/ })).toBeVisible();
  await second.window.keyboard.press('Escape');
  await second.button('Workspace other').click();
  await second.window.getByRole('menuitem', { name: /^workspace/ }).click();
  await expect(second.button('Workspace workspace')).toBeVisible();
  await second.clickMenu('shortcuts');
  await expect(second.window.getByRole('dialog')).toHaveAccessibleName('Keyboard shortcuts');
  await second.close();
});

test('an action that has to wait says why', async ({ app }) => {
  await app.clickMenu('undo-delete');
  await expect(
    app.window.getByText('Nothing to undo. Deletions become permanent after a refresh.', { exact: true }),
  ).toBeVisible();
});

test('settings apply at once, and are kept', async ({ app, folder }) => {
  await app.generate({ Rows: 12_345, Start: '2025-01-01', End: '2025-01-10' });
  await expect(app.window.getByText(/^Generated 12,345 events/)).toBeVisible();
  await app.button('Settings').click();
  const dialog = app.window.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('radio', { name: 'Dark' }).click();
  await dialog.getByLabel('Numbers').selectOption({ label: '1.234.567,8' });
  await dialog.getByLabel('Dates').selectOption({ label: '24.11.2025' });
  await dialog.getByLabel('Threads and workers').fill('0');
  await expect(dialog.getByText(/Enter a whole number from 1 to 256/)).toBeVisible();
  await dialog.getByLabel('Threads and workers').fill('1');
  await dialog.getByLabel('Warehouse memory').fill('512');
  await dialog.getByLabel('Release file when idle for').fill('7');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(app.window.getByText(/12\.345/).first()).toBeVisible();
  await expect.poll(() => app.electron.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark');
  await expect(app.window.getByText('01.01.2025 – 10.01.2025')).toBeVisible();
  await app.open('Partitions');
  await expect(app.window.getByRole('gridcell', { name: /^Wednesday, 08\.01\.2025: 1\.\d{3} rows/ })).toBeVisible();
  await app.open('Activity');
  await expect(app.window.getByText('Generated 12.345 events')).toBeVisible();

  await app.open('Overview');
  await app.button('Generate').first().click();
  const options = app.window.getByRole('dialog', { name: /Generate/ });
  await options.getByText('Big', { exact: true }).click();
  await expect(options.getByLabel('Rows', { exact: true })).toHaveValue('10.000.000');
  await options.locator('summary').filter({ hasText: 'Files and workers' }).click();
  await expect(options.getByLabel('Workers', { exact: true })).toHaveValue('1');
  await app.window.keyboard.press('Escape');

  const limits = "SELECT current_setting('threads') || ' threads, ' || current_setting('memory_limit') AS limits";
  await app.open('Console');
  await app.writeSql(limits);
  await app.button('Run').click();
  await expect(app.result.getByRole('gridcell', { name: '1 threads, 512.0 MiB' })).toBeVisible();
  await app.close();

  const again = await App.launch(path.join(folder, 'user-data'), null);
  expect(await again.electron.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark');
  await again.button('Settings').click();
  await expect(again.window.getByLabel('Release file when idle for')).toHaveValue('7');
  await expect(again.window.getByLabel('Numbers')).toHaveValue('point');
  await again.close();
});

test('the switcher opens a workspace of before', async ({ app, folder }) => {
  const other = path.join(folder, 'other');
  await mkdir(other);
  await app.close();
  const second = await App.launch(path.join(folder, 'user-data'), other);
  await second.button('Workspace other').click();
  await second.window.getByRole('menuitem', { name: /^workspace/ }).click();
  await expect(second.button('Workspace workspace')).toBeVisible();
  await second.close();
  const third = await App.launch(path.join(folder, 'user-data'), null);
  await third.button('Workspace workspace').click();
  await expect(third.window.getByRole('menuitem')).toHaveText([/^workspace/, /^other/, /Open another/, /Show in/]);
  await third.close();
});

test('the size of the window, the page and the split of the console are as they were left', async ({ app, folder }) => {
  await app.open('Console');
  const split = app.window.getByRole('separator').first();
  await split.focus();
  for (let step = 0; step < 3; step += 1) await app.window.keyboard.press('ArrowDown');
  const share = (await split.getAttribute('aria-valuenow')) ?? '';
  expect(share).not.toBe('40');
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1010, 690));
  await app.open('Layers');
  await app.close();
  const again = await App.launch(path.join(folder, 'user-data'), null);
  await expect(again.window.getByRole('heading', { name: 'Layers', level: 1 })).toBeVisible();
  expect(await again.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getSize())).toEqual([
    1010, 690,
  ]);
  await again.open('Console');
  await expect(again.window.getByRole('separator').first()).toHaveAttribute('aria-valuenow', share);
  await again.close();
});

test('a job shows in the taskbar and on every page, and notifies when nobody looks', async ({ app }) => {
  await app.electron.evaluate(({ BrowserWindow, Notification }) => {
    const seen = { fractions: new Array<number>(), notifications: new Array<string>() };
    const [window] = BrowserWindow.getAllWindows();
    if (window) {
      window.isFocused = () => false;
      window.setProgressBar = (fraction) => void seen.fractions.push(fraction);
    }
    Notification.prototype.show = function show() {
      seen.notifications.push(this.title);
    };
    Reflect.set(globalThis, 'seenByTest', seen);
  });
  await app.open('Activity');
  await app.window.keyboard.press('ControlOrMeta+Shift+E');
  const dialog = app.window.getByRole('dialog');
  await dialog.getByLabel('Rows', { exact: true }).fill('3000000');
  await dialog.getByRole('button', { name: 'Generate', exact: true }).click();
  await app.open('Layers');
  await expect(app.window.getByRole('link', { name: /Generating/ })).toBeVisible();
  await expect(app.window.getByRole('link', { name: /3,000,000 new events/ })).toBeVisible({ timeout: 60_000 });
  await app.window.keyboard.press('ControlOrMeta+Shift+R');
  await expect(app.window.getByText(/^Refreshed in/)).toBeVisible({ timeout: 60_000 });

  // Main gets the state from the other processes, as the window does, not from the window.
  await expect
    .poll(() => app.electron.evaluate((): unknown => Reflect.get(globalThis, 'seenByTest')))
    .toEqual({
      fractions: expect.arrayContaining([-1, expect.closeTo(0.5, 0)]),
      notifications: ['Generation complete', 'Refresh complete'],
    });
});

test('axe finds nothing in palette, sheet, settings and switcher', async ({ app }) => {
  for (const [name, width, height] of [
    ['large', 1280, 800],
    ['small', 900, 600],
  ] as const) {
    await app.resize(width, height);
    for (const [keys, role] of [
      ['ControlOrMeta+K', 'dialog'],
      ['?', 'dialog'],
      ['ControlOrMeta+,', 'dialog'],
    ] as const) {
      await app.window.keyboard.press(keys);
      await expect(app.window.getByRole(role)).toBeVisible();
      await expectAccessible(app.window, `${keys}, ${name}`);
      await app.window.keyboard.press('Escape');
      await expect(app.window.getByRole(role)).toHaveCount(0);
    }
  }
  await app.button('Workspace workspace').click();
  await expect(app.window.getByRole('menu')).toBeVisible();
  // An open menu floats over the landmarks and is in none.
  await expectAccessible(app.window, 'the switcher', ['region']);
});
