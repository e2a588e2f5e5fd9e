import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, type App } from './support/app';

const days = (app: App) => app.window.getByRole('grid', { name: 'Calendar' });
const dayOf = (app: App, date: string) => days(app).getByRole('gridcell', { name: new RegExp(`${date}:`) });
const detail = (app: App, date: string) => app.window.getByRole('region', { name: `Day ${date}` });
const folderOf = (app: App, date: string) => path.join(app.workspace, 'data/events', `date=${date}`);

/** Two runs over two months of 2025; their sizes distinguish their ends. */
async function twoRuns(app: App): Promise<void> {
  for (const Seed of [1, 2]) {
    await app.generate({ Rows: 4_000 + Seed, Start: '2025-01-01', End: '2025-02-28', Seed });
    await expect(app.window.getByText(`Generated 4,00${Seed} events in`)).toBeVisible();
  }
}

async function refreshOnOverview(app: App): Promise<void> {
  await app.open('Overview');
  await app.refresh();
}

test('the calendar tells which days have what: present, missing, stale, failing', async ({ app }) => {
  await twoRuns(app);
  await refreshOnOverview(app);
  await rm(folderOf(app, '2025-01-15'), { recursive: true });
  await writeFile(path.join(folderOf(app, '2025-01-16'), 'events-broken.parquet'), 'no parquet');
  await app.open('Partitions');
  await expect(dayOf(app, '2025-01-15')).toHaveAccessibleName('Wednesday, 2025-01-15: no files');
  await expect(dayOf(app, '2025-01-16')).toHaveAccessibleName(/rows, damaged file, stale$/);
  await expect(dayOf(app, '2025-01-17')).toHaveAccessibleName(/^Friday, 2025-01-17: \d+ rows$/);
  await app.window.getByRole('radio', { name: 'Files' }).click();
  await expect(dayOf(app, '2025-01-17')).toHaveAccessibleName('Friday, 2025-01-17: 2 files');
  await app.window.getByRole('radio', { name: 'Events per user' }).click();
  await expect(dayOf(app, '2025-01-17')).toHaveAccessibleName(/\d\.\d\d events per user$/);
});

test('a range is selected by dragging and by keyboard, with its totals', async ({ app }) => {
  await twoRuns(app);
  await app.open('Partitions');
  const selection = app.window.getByRole('region', { name: 'Selection' });
  await dayOf(app, '2025-01-06').hover();
  await app.window.mouse.down();
  await dayOf(app, '2025-01-19').hover();
  await app.window.mouse.up();
  await expect(selection).toContainText('2025-01-06 to 2025-01-19');
  await expect(selection).toContainText('14 days · 28 files');
  await days(app).press('Escape');
  await expect(selection).toBeHidden();

  await days(app).press('End');
  await days(app).press('Shift+ArrowLeft');
  await expect(selection).toContainText('2025-02-21 to 2025-02-28');
  await days(app).press('Enter');
  await expect(detail(app, '2025-02-21')).toBeVisible();
});

test('Shift and a press extend a selection; the legend leads to the days that are marked', async ({ app }) => {
  await twoRuns(app);
  await refreshOnOverview(app);
  await rm(folderOf(app, '2025-01-15'), { recursive: true });
  await rm(folderOf(app, '2025-02-03'), { recursive: true });
  await app.open('Partitions');
  await dayOf(app, '2025-01-20').click();
  await dayOf(app, '2025-01-10').click({ modifiers: ['Shift'] });
  const selection = app.window.getByRole('region', { name: 'Selection' });
  await expect(selection).toContainText('2025-01-10 to 2025-01-20');
  await expect(selection).toContainText('10 days · 20 files');
  await expect(selection).toContainText('1 missing');

  await app.button('Missing: 2 days').click();
  await expect(detail(app, '2025-01-15'), 'the one before the day that is open').toBeVisible();
  await app.button('Missing: 2 days').click();
  await expect(detail(app, '2025-02-03'), 'the newest again').toBeVisible();
});

/** Copies a day's file to all days of twenty years. */
async function twentyYears(app: App): Promise<void> {
  await app.generate({ Rows: 100, Start: '2025-12-31', End: '2025-12-31' });
  await expect(app.window.getByText(/^Generated 100 events/)).toBeVisible();
  const [file = ''] = await readdir(folderOf(app, '2025-12-31'));
  const newest = Date.parse('2025-12-31');
  for (let day = Date.parse('2006-01-01'); day < newest; day += 86_400_000) {
    const folder = folderOf(app, new Date(day).toISOString().slice(0, 10));
    await mkdir(folder);
    await copyFile(path.join(folderOf(app, '2025-12-31'), file), path.join(folder, file));
  }
}

/** Expects the date in the visible part of the calendar; scrolled-out dates are in the document, too. */
async function expectInSight(app: App, date: string): Promise<void> {
  const seen = async () => {
    const [grid, day] = await Promise.all([days(app).boundingBox(), dayOf(app, date).boundingBox()]);
    return grid !== null && day !== null && day.y >= grid.y && day.y + day.height <= grid.y + grid.height;
  };
  await expect.poll(seen, { message: `${date} is in sight` }).toBe(true);
}

test('of twenty years only those on screen are drawn, and the calendar follows the day that is looked at', async ({
  app,
}) => {
  await twentyYears(app);
  await app.open('Partitions');
  await expectInSight(app, '2025-12-31');
  expect(await days(app).getByRole('gridcell').count()).toBeLessThan(10 * 366);
  await expect(dayOf(app, '2006-01-01')).toHaveCount(0);
  await app.window.getByRole('columnheader', { name: 'Date' }).getByRole('button').click();
  await app.window.getByRole('table', { name: 'Partitions' }).getByRole('button', { name: '2006-01-01' }).click();
  await expectInSight(app, '2006-01-01');
  await days(app).press('End');
  await expectInSight(app, '2025-12-31');
});

test('in a narrow window an open day has the room to itself, and the focus goes there and back', async ({ app }) => {
  await twoRuns(app);
  await app.resize(900, 600);
  await app.open('Partitions');
  await days(app).press('End');
  await days(app).press('Enter');
  await expect(detail(app, '2025-02-28')).toBeVisible();
  await expect(days(app)).toBeHidden();
  await expect(app.button('Close day')).toBeFocused();
  await app.window.keyboard.press('Enter');
  await expect(days(app)).toBeFocused();
});

test('a day shows its Parquet, hours, checks and rows, and can be compacted', async ({ app }) => {
  await twoRuns(app);
  await refreshOnOverview(app);
  await app.open('Partitions');
  await dayOf(app, '2025-01-20').click();
  const day = detail(app, '2025-01-20');
  await expect(day.getByRole('table')).toHaveCount(2);
  await expect(day.getByRole('row', { name: /^event_time TIMESTAMP/ }).first()).toContainText('2025-01-20 ');
  await day.getByRole('tab', { name: 'Hours' }).click();
  await expect(day.getByRole('figure').getByRole('listitem')).toHaveCount(24);
  await day.getByRole('tab', { name: 'Checks' }).click();
  await expect(day.getByText('event_time_in_day')).toBeVisible();
  await app.button('Next day').click();
  await expect(detail(app, '2025-01-21').getByText('event_time_in_day'), 'the same of the next day').toBeVisible();
  await app.button('Previous day').click();
  await day.getByRole('tab', { name: 'Preview' }).click();
  await expect(app.result.getByRole('gridcell').first()).toBeVisible();

  await app.button('Compact').click();
  await expect(day.getByText(/· 1 file ·.* stale/)).toBeVisible();
  await expect(app.window.getByText('Compacted 2025-01-20 into one file', { exact: true })).toBeVisible();
  expect(await readdir(folderOf(app, '2025-01-20'))).toHaveLength(1);
  await app.button('Open in console').click();
  await expect(app.window.getByRole('textbox', { name: 'SQL' })).toContainText("DATE '2025-01-20'");
});

/** The page's badge, the model's node and its list of checks count the same failing checks. */
async function expectSameFailingChecks(app: App, model: string): Promise<void> {
  await app.open('Layers');
  const badge = app.window.getByText(/^\d+ checks? failing$/);
  const failing = Number.parseInt(await badge.innerText(), 10);
  expect(failing).toBeGreaterThan(0);
  const node = app.window.getByRole('navigation', { name: 'Models' }).getByRole('link', { name: model, exact: true });
  await expect(node).toContainText(failing === 1 ? '1 check' : `${failing} checks`);
  await node.click();
  await app.window.getByRole('tab', { name: 'Checks' }).click();
  const listed = app.window.getByRole('list', { name: 'Checks' }).getByRole('listitem');
  await expect(listed.filter({ hasText: /^(Error|Warning)/ })).toHaveCount(failing);
}

test('a deleted day can be brought back until the next refresh, and regenerated after it', async ({ app }) => {
  await twoRuns(app);
  await refreshOnOverview(app);
  const files = async () => (await readdir(folderOf(app, '2025-02-10'))).toSorted();
  const before = await files();
  await app.open('Partitions');
  const remove = async () => {
    await dayOf(app, '2025-02-10').click();
    await app.button('Delete…').click();
    await app.window.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(app.window.getByText('Deleted 2025-02-10 (2 files).')).toBeVisible();
    await expect(dayOf(app, '2025-02-10')).toHaveAccessibleName(/no files$/);
  };
  await remove();
  await app.button('Undo').click();
  await expect(dayOf(app, '2025-02-10')).toHaveAccessibleName(/rows, stale$/);
  expect(await files()).toEqual(before);

  await remove();
  await refreshOnOverview(app);
  await expectSameFailingChecks(app, 'bronze_events');
  await app.open('Partitions');
  await expect(app.button('Undo')).toBeHidden();
  await dayOf(app, '2025-02-10').click();
  await app.button('Regenerate').click();
  // Until the next refresh, the check that missed the day reports it.
  await expect(dayOf(app, '2025-02-10')).toHaveAccessibleName(/rows, failing: no_missing_day, stale$/);
  expect(await files()).toEqual(before);
});
