import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { savePicturesIn } from './support/results';
import { expect, test, type App } from './support/app';
import type { Locator } from '@playwright/test';

/** More tab stops than between any two related places of a page. */
const maxStops = 80;

/** Presses Tab until a control has the focus, as a keyboard user does, and checks that the focus is visible. */
async function tabTo(app: App, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  const focused = () => target.evaluate((element) => element === document.activeElement);
  for (let stop = 0; stop < maxStops && !(await focused()); stop += 1) await app.window.keyboard.press('Tab');
  await expect(target).toBeFocused();
  await expect(target).toBeInViewport();
  expect(await target.evaluate((element) => getComputedStyle(element).outlineStyle), 'focus is visible').not.toBe(
    'none',
  );
}

async function press(app: App, target: Locator): Promise<void> {
  await tabTo(app, target);
  await app.window.keyboard.press('Enter');
}

test('from an empty workspace to an exported chart by keyboard alone', async ({ app, folder }) => {
  const { window } = app;
  const { keyboard } = window;
  // The system's own save dialog, which tests can't operate, asks for the path.
  await savePicturesIn(app, folder);

  await test.step('Generate', async () => {
    await press(app, app.button('Generate').first());
    const dialog = window.getByRole('dialog');
    await tabTo(app, dialog.getByLabel('Rows', { exact: true }));
    await keyboard.press('ControlOrMeta+A');
    await keyboard.type('50000');
    await press(app, dialog.getByRole('button', { name: 'Generate', exact: true }));
    await expect(window.getByText(/^Generated 50,000 events/)).toBeVisible({ timeout: 60_000 });
  });

  await test.step('Refresh', async () => {
    await press(app, app.button('Refresh now'));
    await expect(window.getByText(/^Refreshed in/)).toBeVisible();
  });

  await test.step('Explore', async () => {
    await press(app, window.getByRole('link', { name: 'Open Metrics' }));
    await press(app, window.getByRole('link', { name: 'Weekly active teams' }));
    await expect(window.getByRole('figure', { name: 'Weekly active teams' })).toBeVisible();
  });

  await test.step('by month, with the arrows', async () => {
    await tabTo(app, window.getByRole('radio', { name: 'Week', exact: true }));
    await keyboard.press('ArrowRight');
    const month = window.getByRole('radio', { name: 'Month' });
    // The focus follows the arrow a moment later.
    await expect(month).toBeFocused();
    await keyboard.press('Enter');
    await expect(month).toBeChecked();
  });

  await test.step('export', async () => {
    const summary = await window.getByRole('figure', { name: 'Weekly active teams' }).locator('figcaption').innerText();
    expect(summary).toMatch(/^\d+ months from /);
    await press(app, app.button('Export SVG'));
    const file = path.join(folder, 'gold_weekly_active_teams.svg');
    await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toMatch(/^<svg [^]*<\/svg>\s*$/);
    await press(app, app.button('Export CSV'));
    await expect
      .poll(() => readFile(path.join(folder, 'gold_weekly_active_teams.csv'), 'utf8').catch(() => ''))
      .toMatch(/^month,weekly_active_teams\n\d{4}-\d\d-01,/);
    await press(app, app.button('Export PNG'));
    await expect
      .poll(() => readFile(path.join(folder, 'gold_weekly_active_teams.png'), 'latin1').catch(() => ''))
      .toMatch(/^\x89PNG/);
  });
});

test('days are selected, deleted and brought back by keyboard alone', async ({ app }) => {
  const { window } = app;
  const { keyboard } = window;
  await app.generate({ Rows: 5_000, Start: '2025-01-01', End: '2025-01-31' });
  await expect(window.getByText(/^Generated 5,000 events/)).toBeVisible();
  await press(app, window.getByRole('link', { name: 'Partitions', exact: true }));
  await tabTo(app, window.getByRole('grid', { name: 'Calendar' }));
  await keyboard.press('Home');
  await keyboard.press('Shift+ArrowRight');
  const selection = window.getByRole('region', { name: 'Selection' });
  await expect(selection).toContainText('2025-01-01 to 2025-01-08');
  await press(app, selection.getByRole('button', { name: 'Delete…' }));
  await press(app, window.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }));
  await expect(window.getByText(/^Deleted 8 days/)).toBeVisible();
  await press(app, app.button('Undo'));
  await expect(window.getByText(/^Deleted 8 days/)).toHaveCount(0);

  await tabTo(app, window.getByRole('columnheader', { name: 'Rows' }).getByRole('button'));
  await keyboard.press('Enter');
  await expect(window.getByRole('columnheader', { name: 'Rows' })).toHaveAttribute('aria-sort', /ascending|descending/);
});
