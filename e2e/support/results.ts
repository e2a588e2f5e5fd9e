import type { Locator } from '@playwright/test';
import { expect, type App } from './app';

/** Runs a statement and waits for its rows. */
export async function runToRows(app: App, sql: string): Promise<void> {
  await app.open('Console');
  await app.writeSql(sql);
  await app.button('Run').click();
  await expect(app.window.getByRole('toolbar', { name: 'Result' })).toBeVisible({ timeout: 120_000 });
  await expect(app.result.getByRole('gridcell').first()).toBeVisible();
}

export const cell = (app: App, row: number, column: number): Locator =>
  app.result.locator(`[aria-rowindex="${row + 1}"] [role="gridcell"][aria-colindex="${column + 1}"]`);

export async function columnMenu(app: App, column: string, item: string): Promise<void> {
  await app.result.getByRole('columnheader', { name: new RegExp(`^${column} `) }).hover();
  await app.button(`Column ${column}`).click();
  const menu = app.window.getByRole('menu');
  await expect(menu).toHaveAccessibleName(`Column ${column}`);
  await menu.getByRole('menuitem', { name: item, exact: true }).click();
  await expect(menu).toHaveCount(0);
}

export const clipboardOf = (app: App) => app.electron.evaluate(({ clipboard }) => clipboard.readText());

/** Answers the next save dialogs, which Playwright can't see. */
export async function saveTo(app: App, file: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
}

/** Saves pictures under their suggested names, and downloads too, in a folder instead of asking where. */
export async function savePicturesIn(app: App, folder: string): Promise<void> {
  await app.electron.evaluate(({ dialog, session }, target) => {
    dialog.showSaveDialog = ((_window: unknown, { defaultPath = '' }: Electron.SaveDialogOptions) =>
      Promise.resolve({
        canceled: false,
        filePath: `${target}/${defaultPath.replace(/^.*[\\/]/, '')}`,
      })) as typeof dialog.showSaveDialog;
    session.defaultSession.on('will-download', (_event, item) => item.setSavePath(`${target}/${item.getFilename()}`));
  }, folder);
}

export const small = `SELECT * FROM (VALUES (3, 'c', NULL), (1, 'a', '{"page": {"url": "/home"}, "tags": [1, 2]}'), (2, '', '{}')) t(n, letter, properties)`;

/** Answers the question whether to replace a file, and counts how often it was asked. */
export async function answerReplace(app: App, answer: 'Cancel' | 'Replace'): Promise<() => Promise<number>> {
  await app.electron.evaluate(({ dialog }, wanted) => {
    Object.assign(dialog, { asked: 0 });
    dialog.showMessageBox = ((_window: unknown, options: Electron.MessageBoxOptions) => {
      Object.assign(dialog, { asked: Number(Reflect.get(dialog, 'asked')) + 1 });
      return Promise.resolve({ response: options.buttons?.indexOf(wanted), checkboxChecked: false });
    }) as typeof dialog.showMessageBox;
  }, answer);
  return () => app.electron.evaluate(({ dialog }) => Number(Reflect.get(dialog, 'asked')));
}
