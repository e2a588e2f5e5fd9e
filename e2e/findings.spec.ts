import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { App, expect, test } from './support/app';
import { expectAccessible } from './support/axe';
import { countClicks } from './support/clicks';
import { saveTo } from './support/results';

/** Ninety days with a planted outage; everything else is planted by one click. */
const recipe = 'mw1 realistic rows=40000 days=2025-01-01..2025-03-31 users=500 teams=40 seed=7';
const outage = '2025-03-04';

async function clicksDuring(app: App, work: () => Promise<void>): Promise<number> {
  const clicks = await countClicks(app);
  await work();
  return clicks();
}

const dayOf = (app: App, date: string) => app.window.getByRole('gridcell', { name: new RegExp(`${date}:`) });

async function generateEverything(app: App): Promise<void> {
  const { window } = app;
  await app.button('Generate').first().click();
  const panel = window.getByRole('dialog');
  await panel.getByLabel('Recipe', { exact: true }).fill(recipe);
  await panel.getByLabel('Recipe', { exact: true }).blur();
  const place = await panel.boundingBox();
  await panel.getByText('Mess', { exact: true }).click();
  await expect(
    panel.getByText('A copy of another row of its day. Silver keeps it; no_duplicates finds it.'),
  ).toBeVisible();
  expect(await panel.boundingBox(), 'nothing jumps when a section is unfolded').toEqual(place);
  await panel.getByRole('button', { name: 'Plant everything' }).click();
  await expect(panel.getByLabel('Duplicates', { exact: true })).toHaveValue('1');
  await panel.getByText('Planted facts', { exact: true }).click();
  await expect(panel.getByLabel('Outage on', { exact: true })).toHaveValue(outage);
  await expect(panel.getByLabel('Signed up in', { exact: true })).toHaveValue('2025-01');
  await panel.getByLabel('Launch on', { exact: true }).fill('2025-2-30');
  await panel.getByRole('button', { name: 'Generate', exact: true }).click();
  await expect(panel.getByText('Launch must be a date in the form YYYY-MM-DD.')).toBeVisible();
  await panel.getByLabel('Launch on', { exact: true }).fill('2025-2-14');
  await panel.getByRole('button', { name: 'Generate', exact: true }).click();
  await expect(panel).toBeHidden();
  await expect(window.getByText(/^Generated 40,000 events/)).toBeVisible({ timeout: 60_000 });
}

test('what is wrong with the data is found, explained and taken away: on the overview, in the panel, in the calendar', async ({
  app,
  folder,
}) => {
  test.setTimeout(180_000);
  const { window } = app;
  await generateEverything(app);
  await app.refresh();

  await test.step('badge, tab and health tell one count of failing checks', async () => {
    await expect(window.getByRole('tab', { name: 'Checks · 4 failing' })).toBeVisible();
    await expect(window.getByRole('list', { name: 'Health' })).toContainText('4 of 8 failing');
    await expect(window.getByRole('link', { name: '4 checks failing' })).toBeVisible();
  });

  await test.step('names are read with spaces between their parts', async () => {
    await expect(
      window.getByRole('button', { name: /^Warning no_duplicates No two events share .*\. \d+ rows on \d+ days$/ }),
    ).toBeVisible();
  });

  await test.step('duplicates that a check names are exported to CSV with 4 clicks', async () => {
    const file = path.join(folder, 'duplicates.csv');
    await saveTo(app, file);
    const clicks = await clicksDuring(app, async () => {
      await window.getByRole('button', { name: /no_duplicates/ }).click();
      await app.button('Export').click();
      await window.getByRole('menuitem', { name: 'CSV', exact: true }).click();
      await expect(window.getByText(/^Exported \d+ rows/)).toBeVisible();
    });
    expect(clicks).toBeLessThanOrEqual(4);
    const panel = window.getByRole('dialog', { name: /no_duplicates/ });
    const rows = Number(/ (\d+) rows on \d+ days at the last refresh/.exec(await panel.innerText())?.[1]);
    expect((await readFile(file, 'utf8')).trimEnd().split('\n')).toHaveLength(rows + 1);
    await expect(panel.getByRole('status').last()).toContainText(`${rows} rows`);
    await panel.getByRole('button', { name: 'Show SQL' }).click();
    await expect(panel.getByLabel('SQL of no_duplicates')).toContainText('HAVING COUNT(*) > 1');
    await expectAccessible(app.window, 'the panel of failing rows');
  });

  await test.step('the days of a check are the days of the calendar and the table', async () => {
    await app.button('Open days').click();
    await expect(window.getByRole('button', { name: /^no_duplicates: warning on \d+ days$/ })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    const table = window.getByRole('table', { name: 'Partitions' });
    await expect(table.getByText('1 warning').first()).toBeVisible();
    await expect(table.getByText(/error/)).toHaveCount(0);
    await window.getByRole('button', { name: /^no_duplicates: / }).click();
    await expect(table.getByText(/\d errors?$/).first()).toBeVisible();
  });

  await test.step('an outage, a damaged file and a missing day stand out, though checks fail on every day', async () => {
    await rm(path.join(app.workspace, 'data/events/date=2025-02-10'), { recursive: true });
    await writeFile(path.join(app.workspace, 'data/events/date=2025-02-11/events-broken.parquet'), 'no parquet');
    await app.open('Overview');
    await app.open('Partitions');
    await expect(app.button('Missing: 1 day')).toBeVisible();
    await expect(app.button('Damaged or left out: 1 day')).toBeVisible();
    await expect(dayOf(app, '2025-02-11')).toHaveAccessibleName(/damaged file/);
    await app.button('Few rows: 1 day').click();
    await expect(window.getByRole('region', { name: `Day ${outage}` })).toBeVisible();
    await window.getByRole('radio', { name: 'Failures per 100 rows' }).click();
    await expect(dayOf(app, '2025-01-15')).toHaveAccessibleName(
      /2025-01-15: \d+(\.\d)? failures of checks per 100 rows/,
    );
    await expect(window.getByText('A row counts once for each check it fails.')).toBeVisible();
    await expectAccessible(app.window, 'a calendar with findings');
  });

  await test.step('silver tells what it keeps, and a metric without it is one click away', async () => {
    await app.open('Layers');
    await window.getByRole('link', { name: 'silver_events', exact: true }).click();
    await app.button('keeps 3 kinds of bad rows').click();
    await expect(window.getByText(/removes only events without a user/)).toBeVisible();
    await app.button('Make a metric without duplicates and malformed JSON').click();
    const model = path.join(app.workspace, 'models/clean_weekly_activity.sql');
    await expect.poll(() => readFile(model, 'utf8').catch(() => '')).toContain('-- name: gold_clean_weekly_activity');
  });

  await test.step('after a restart the pages are as they were left', async () => {
    await app.close();
    const again = await App.launch(path.join(folder, 'user-data'), app.workspace);
    await again.open('Partitions');
    await expect(again.window.getByRole('radio', { name: 'Failures per 100 rows' })).toBeChecked();
    await expect(again.window.getByRole('region', { name: `Day ${outage}` })).toBeVisible();
    await again.open('Layers');
    await expect(again.window.getByRole('region', { name: 'silver_events', exact: true })).toBeVisible();
    await again.close();
  });
});

test('a team is followed, and a deleted day and a wrong SQL are recovered, with few clicks', async ({ app }) => {
  const { window } = app;
  await app.generate({ Recipe: recipe });
  await expect(window.getByText(/^Generated 40,000 events/)).toBeVisible({ timeout: 60_000 });
  await app.refresh();
  const following = await clicksDuring(app, async () => {
    await app.open('Layers');
    await window.getByLabel('Team to trace').fill('7');
    await window.keyboard.press('Enter');
    await expect(window.getByText('Tracing team 7')).toBeVisible();
    await window.getByRole('link', { name: 'silver_events', exact: true }).click();
    await expect(window.getByRole('region', { name: 'silver_events', exact: true })).toContainText('team 7');
  });
  expect(following).toBeLessThanOrEqual(3);

  const recovering = await clicksDuring(app, async () => {
    await app.open('Partitions');
    await dayOf(app, '2025-02-10').click();
    await app.button('Delete…').click();
    await window.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(dayOf(app, '2025-02-10')).toHaveAccessibleName(/no files$/);
    await app.button('Undo').click();
    await expect(dayOf(app, '2025-02-10')).toHaveAccessibleName(/rows/);
  });
  expect(recovering).toBeLessThanOrEqual(5);

  await app.open('Console');
  await app.writeSql('SELECT team_i, count(*) AS events FROM silver_events GROUP BY ALL ORDER BY ALL');
  const mending = await clicksDuring(app, async () => {
    await app.button('Run').click();
    await app.button('Replace with “team_id”').click();
    await expect(app.result.getByRole('gridcell').first()).toBeVisible();
  });
  expect(mending).toBe(2);
});

test('a metric with a parameter is written, drawn, edited, renamed, deleted and brought back', async ({ app }) => {
  const { window } = app;
  await app.generate({ Recipe: recipe });
  await expect(window.getByText(/^Generated 40,000 events/)).toBeVisible({ timeout: 60_000 });
  await app.refresh();
  await app.open('Console');
  await app.writeSql(
    "SELECT date_trunc('week', event_time) AS week, count(*) AS events FROM silver_events WHERE event_name = $kind GROUP BY ALL ORDER BY week",
  );
  await window.getByLabel('Value of kind').fill('search');
  const clicks = await clicksDuring(app, async () => {
    await app.button('Run').click();
    await app.button('Save as metric').click();
    await window.getByLabel('Name', { exact: true }).fill('weekly_kind');
    await window.keyboard.press('Enter');
    await app.button('Refresh and open').click();
    // Open while the refresh builds the metric and its chart is drawn.
    await app.button('Actions on gold_weekly_kind').click();
    await expect(window.getByRole('figure').first()).toBeVisible();
    await expect(window.getByRole('heading', { name: /weekly kind/i, level: 2 })).toBeVisible();
    await window.getByRole('menuitem', { name: 'Rename…' }).click();
    await window.getByLabel('Name', { exact: true }).fill('weekly_searches');
    await window.keyboard.press('Enter');
    await expect(window.getByText('Renamed models/weekly_searches.sql', { exact: true })).toBeVisible();
  });
  expect(clicks).toBeLessThanOrEqual(5);
  const file = path.join(app.workspace, 'models/weekly_searches.sql');
  expect(await readFile(file, 'utf8')).toContain("--   kind: VARCHAR 'search'");

  await app.open('Layers');
  await window.getByRole('link', { name: 'gold_weekly_searches', exact: true }).click();
  await app.button('Actions on gold_weekly_searches').click();
  await window.getByRole('menuitem', { name: 'Edit SQL…' }).click();
  await window.getByLabel('Default of $kind').fill('share');
  await window.getByLabel('Type of kind').selectOption('BIGINT');
  await app.button('Save').click();
  await expect(window.getByText('The value of $kind, “share”, is not an integer.')).toBeVisible();
  await window.getByLabel('Type of kind').selectOption('VARCHAR');
  await expectAccessible(app.window, 'the editor of a metric');
  await app.button('Save').click();
  await expect(window.getByText(/^Saved to models\/weekly_searches.sql/)).toBeVisible();
  expect(await readFile(file, 'utf8')).toContain("--   kind: VARCHAR 'share'");
  await app.button('Refresh and open').click();
  await expect(window.getByRole('heading', { name: /weekly searches/i, level: 2 })).toBeVisible();

  const deleting = await clicksDuring(app, async () => {
    await app.button('Actions on gold_weekly_searches').click();
    await window.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(window.getByText('Deleted gold_weekly_searches', { exact: true })).toBeVisible();
    await app.button('Undo').click();
    await expect(app.button('Actions on gold_weekly_searches')).toBeVisible();
  });
  expect(deleting).toBe(3);
  expect(await readFile(file, 'utf8')).toContain("--   kind: VARCHAR 'share'");
});
