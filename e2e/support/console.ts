import type { Locator } from '@playwright/test';
import { expect, type App } from './app';

/** A statement that does not end by itself. */
export const endless = 'SELECT count(*) FROM range(10000000000) a, range(1000) b WHERE a.range % 7 = b.range';

export const editor = (app: App): Locator => app.window.getByRole('textbox', { name: 'SQL', exact: true });
export const tab = (app: App, name: string): Locator => app.window.getByRole('tab', { name, exact: true });
// The tablist owns them; in the document they lie beside it.
export const tabList = (app: App): Locator => app.window.locator('[data-tabs]');

/** Puts a statement into the editor and runs it. */
export async function run(app: App, sql: string): Promise<void> {
  await app.writeSql(sql);
  await app.button('Run').click();
}

export async function expectCell(app: App, value: string): Promise<void> {
  await expect(app.result.getByRole('gridcell', { name: value, exact: true }).first()).toBeVisible();
}

/** A refreshed warehouse of a few events. */
export async function makeWarehouse(app: App): Promise<void> {
  await app.generate({ Rows: 2_000, End: '2023-01-20' });
  await expect(app.window.getByText(/^Generated 2,000 events/)).toBeVisible();
  await app.refresh();
}
