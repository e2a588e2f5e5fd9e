import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, type App } from './support/app';
import { expectAccessible } from './support/axe';

const timeLine = (app: App) => app.window.getByRole('toolbar', { name: 'Time line' });

async function filled(app: App): Promise<void> {
  await app.generate({ Rows: 5_000, End: '2023-01-10' });
  await expect(app.window.getByText(/^Generated 5,000 events/)).toBeVisible();
  await app.refresh();
}

test('Activity answers: what happened, how long did it take, what failed and why?', async ({ app }) => {
  const { window } = app;
  await filled(app);
  const damaged = path.join(app.workspace, 'data/events/date=2023-01-11');
  await mkdir(damaged, { recursive: true });
  await writeFile(path.join(damaged, 'events-other.parquet'), 'not Parquet');
  await app.button('Refresh').first().click();
  await expect(window.getByRole('alert').first()).toBeVisible();

  await app.open('Activity');
  await expect(timeLine(app).getByRole('link')).toHaveCount(3);
  await expect(timeLine(app).getByRole('link').first()).toHaveAccessibleName(/^Generate, succeeded in \d.* \d{4}-/);
  await expect(timeLine(app).getByRole('link').last()).toHaveAccessibleName(/^Refresh, failed in /);

  await test.step('axe finds nothing in entries that are unfolded, in either scheme', async () => {
    await window.getByText('Generated 5,000 events').click();
    await window.getByText('Refresh 1', { exact: true }).click();
    await expect(window.getByRole('tab', { name: 'Steps' })).toBeVisible();
    await expectAccessible(window, 'unfolded entries');
    await window.getByText('Generated 5,000 events').click();
    await window.getByText('Refresh 1', { exact: true }).click();
  });

  await test.step('what failed says why at once, and can be tried again', async () => {
    await window.getByRole('radio', { name: 'Failed' }).click();
    const entry = window.getByRole('listitem').filter({ hasText: 'Refresh 2' });
    await expect(window.getByText('Generated 5,000 events')).toBeHidden();
    await expect(entry.getByRole('alert')).toContainText('events-other.parquet');
    await rm(damaged, { recursive: true });
    await entry.getByRole('button', { name: 'Refresh again' }).click();
    await window.getByRole('radio', { name: 'All' }).click();
    await expect(window.getByText('Refresh 3', { exact: true })).toBeVisible();
  });

  await test.step('the time line leads to each job by keyboard, with its recipe and log', async () => {
    const marks = timeLine(app).getByRole('link');
    await marks.first().focus();
    // The focus follows a key a moment later.
    await window.keyboard.press('ArrowRight');
    await expect(marks.nth(1)).toBeFocused();
    await window.keyboard.press('ArrowLeft');
    await expect(marks.first()).toBeFocused();
    await window.keyboard.press('Enter');
    const run = window.getByRole('listitem').filter({ hasText: 'Generated 5,000 events' });
    await expect(run.getByText('rows=5000')).toBeVisible();
    const steps = run.getByRole('list', { name: 'Steps' }).getByRole('listitem');
    await expect(steps).toHaveText([
      /^Starting workers\d.* m?s$/,
      /^Writing Parquet files5,000 rows\d/,
      /^Moving files into place\d/,
    ]);
    await run.getByText('Log', { exact: true }).click();
    await expect(run.getByLabel('Log lines')).toContainText(/main \[info\] Run \S+ succeeded: 5000 rows/);
  });

  await test.step('a refresh shows its steps', async () => {
    await window.getByText('Refresh 1', { exact: true }).click();
    await window.getByRole('tab', { name: 'Steps' }).click();
    await expect(window.getByRole('list', { name: 'Steps' }).getByText('silver_events')).toBeVisible();
  });
});

test('Activity of an empty workspace leads to the Overview', async ({ app }) => {
  await app.open('Activity');
  await app.window.getByRole('link', { name: 'Go to Overview' }).click();
  await expect(app.window.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
});
