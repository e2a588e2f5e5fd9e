import type { Locator } from '@playwright/test';
import { expect, type App } from './app';

const box = (app: App): Locator => app.window.getByRole('combobox', { name: 'Search actions' });

/** The palette's results for a search; opens the palette and leaves it open. */
export async function searched(app: App, search: string): Promise<Locator> {
  await app.window.keyboard.press('ControlOrMeta+K');
  await expect(box(app)).toBeFocused();
  return searchedAgain(app, search);
}

/** The same if the palette is open. */
export async function searchedAgain(app: App, search: string): Promise<Locator> {
  await box(app).fill(search);
  return app.window.getByRole('option');
}

/** Runs the first entry; days, metrics and models are listed once they have been read. */
export async function runFirst(app: App, options: Locator, title: string | RegExp): Promise<void> {
  await expect(options.first()).toContainText(title);
  await app.window.keyboard.press('Enter');
  await expect(box(app)).toHaveCount(0);
}

/** Opens the palette, searches, and runs the first entry. */
export async function runFromPalette(app: App, search: string, title: string | RegExp): Promise<void> {
  await runFirst(app, await searched(app, search), title);
}
