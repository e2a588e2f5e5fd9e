import type { Locator } from '@playwright/test';
import { expect, type App } from './app';

const box = (app: App): Locator => app.window.getByRole('combobox', { name: 'Search actions' });

/** What the palette, which is opened for it, lists for a search; it stays open. */
export async function searched(app: App, search: string): Promise<Locator> {
  await app.window.keyboard.press('ControlOrMeta+K');
  await expect(box(app)).toBeFocused();
  return searchedAgain(app, search);
}

/** The same where the palette is open. */
export async function searchedAgain(app: App, search: string): Promise<Locator> {
  await box(app).fill(search);
  return app.window.getByRole('option');
}

/** Runs what stands first: days, metrics and models are listed once they have been read. */
export async function runFirst(app: App, options: Locator, title: string | RegExp): Promise<void> {
  await expect(options.first()).toContainText(title);
  await app.window.keyboard.press('Enter');
  await expect(box(app)).toHaveCount(0);
}

/** Opens the palette, searches, and runs what stands first. */
export async function runFromPalette(app: App, search: string, title: string | RegExp): Promise<void> {
  await runFirst(app, await searched(app, search), title);
}
