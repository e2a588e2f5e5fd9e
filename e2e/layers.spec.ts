import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, type App } from './support/app';

/** Some events have no user: silver drops them, and a check reports it. */
const recipe = 'mw1 realistic rows=20000 days=2025-01-01..2025-03-12 users=500 teams=20 seed=7 null-users=0.02';

const models = (app: App) => app.window.getByRole('navigation', { name: 'Models' });
const node = (app: App, name: string) => models(app).getByRole('link', { name, exact: true });
const zoom = (app: App) => app.window.getByRole('status', { name: 'Zoom' });
const detail = (app: App, name: string) => app.window.getByRole('region', { name, exact: true });

async function refreshedLayers(app: App): Promise<void> {
  await app.generate({ Recipe: recipe });
  await expect(app.window.getByText(/^Generated 20,000 events/)).toBeVisible();
  await app.refresh();
  await app.open('Layers');
  await expect(node(app, 'silver_events')).toBeVisible();
}

async function choose(app: App, model: string, tab?: string): Promise<void> {
  await node(app, model).click();
  await expect(detail(app, model)).toBeVisible();
  if (tab !== undefined) await app.window.getByRole('tab', { name: tab }).click();
}

test('before the first refresh the lineage shows what there will be', async ({ app }) => {
  await app.open('Layers');
  await expect(node(app, 'bronze_events')).toContainText('not built yet');
  await expect(app.button('Trace')).toBeDisabled();
  await choose(app, 'gold_weekly_active_teams', 'Columns');
  const columns = app.window.getByRole('table', { name: 'Columns' });
  await expect(columns.getByText('teams with at least one event in that week')).toBeVisible();
  await expect(columns.getByText('available after a refresh').first()).toBeVisible();
});

test('the lineage has rows, freshness, every dependency, and what was dropped on the way', async ({ app }) => {
  await refreshedLayers(app);
  await expect(node(app, 'bronze_events')).toContainText('20,000 rows');
  const dropped = models(app).getByText(/^−\d+ \(2\.\d%\)$/);
  await expect(dropped).toBeVisible();
  const lost = Number((await dropped.innerText()).match(/\d+/)?.[0]);
  await expect(node(app, 'silver_events')).toContainText(`${(20_000 - lost).toLocaleString('en')} rows`);
  await expect(node(app, 'silver_events')).toHaveAccessibleDescription(
    /rows; changed just now; reads bronze_events; read by .*gold_weekly_active_teams/,
  );
  // Two models of silver and two of gold read another of their own layer besides.
  const edges = await models(app).locator('svg[aria-hidden="true"] g path').count();
  expect(edges).toBe(16);

  await app.open('Overview');
  await app.button('Add the next day').click();
  await expect(app.window.getByText(/^Generated \d+ events? in/)).toBeVisible();
  await app.open('Layers');
  await expect(node(app, 'gold_weekly_active_teams')).toContainText('stale');
});

test('the lineage is walked along, zoomed and moved by keyboard', async ({ app }) => {
  await refreshedLayers(app);
  const { keyboard } = app.window;
  await node(app, 'bronze_events').focus();
  for (const [key, model] of [
    ['ArrowRight', 'silver_events'],
    ['ArrowDown', 'silver_purchases'],
    ['ArrowRight', 'gold_daily_revenue'],
    ['ArrowLeft', 'silver_purchases'],
  ] as const) {
    await keyboard.press(key);
    await expect(node(app, model)).toBeFocused();
    await expect(node(app, model)).toHaveAttribute('aria-current', 'true');
    await expect(detail(app, model)).toBeVisible();
  }
  const before = Number.parseInt(await zoom(app).innerText(), 10);
  for (let step = 0; step < 3; step += 1) await keyboard.press('+');
  await expect.poll(async () => Number.parseInt(await zoom(app).innerText(), 10)).toBeGreaterThan(before * 1.5);
  const place = async () => (await node(app, 'silver_purchases').boundingBox())?.x ?? 0;
  const left = await place();
  await keyboard.press('Shift+ArrowRight');
  await expect.poll(place).toBeLessThan(left - 30);
  await keyboard.press('0');
  for (const model of ['bronze_events', 'gold_weekly_purchase_funnel']) {
    await expect(node(app, model)).toBeInViewport({ ratio: 1 });
  }
});

test('the lineage is zoomed by the wheel and moved by dragging, which chooses nothing', async ({ app }) => {
  await refreshedLayers(app);
  const { mouse, keyboard } = app.window;
  const boxOf = async (model: string) => {
    const box = await node(app, model).boundingBox();
    if (!box) throw new Error(`${model} has no place.`);
    return box;
  };
  const held = await boxOf('silver_purchases');
  await mouse.move(held.x + held.width / 2, held.y + held.height / 2);
  await keyboard.down('Control');
  let grown = held;
  for (let turn = 0; turn < 3; turn += 1) {
    const { width } = grown;
    await mouse.wheel(0, -100);
    // Scrolling isn't awaited.
    await expect.poll(async () => (grown = await boxOf('silver_purchases')).width).toBeGreaterThan(width);
  }
  await keyboard.up('Control');
  expect(grown.width).toBeGreaterThan(held.width * 1.3);
  // The point under the pointer hasn't moved.
  expect(Math.abs(grown.x + grown.width / 2 - held.x - held.width / 2)).toBeLessThan(8);

  await mouse.down();
  await mouse.move(held.x + held.width / 2 - 80, held.y + held.height / 2 - 20, { steps: 6 });
  await mouse.up();
  await expect.poll(async () => (await boxOf('silver_purchases')).x).toBeLessThan(grown.x - 60);
  await expect(node(app, 'silver_purchases')).not.toHaveAttribute('aria-current', 'true');
  await app.button('Show all models').click();
  await expect(node(app, 'gold_top_teams')).toBeInViewport({ ratio: 1 });
});

test('a model has its meaning, the profile of its columns, its SQL and its rows', async ({ app }) => {
  await refreshedLayers(app);
  const { window } = app;
  await choose(app, 'bronze_events');
  await expect(detail(app, 'bronze_events').getByText('one row per event, as it was written')).toBeVisible();
  await expect(app.result.getByRole('gridcell').first()).toBeVisible();
  await expect(window.getByText('The first 1,000 of 20,000 rows')).toBeVisible();

  await window.getByRole('tab', { name: 'Columns' }).click();
  const row = (column: string) =>
    window
      .getByRole('table', { name: 'Columns' })
      .getByRole('row')
      .filter({ has: window.getByRole('button', { name: `Profile of ${column}`, exact: true }) });
  await expect(row('user_id').getByRole('img', { name: /^Histogram; most from / })).toBeVisible();
  await expect(row('user_id')).toContainText(/2\.\d%/);
  await expect(row('team_id')).toContainText('none');
  await expect(row('event_name').getByRole('img', { name: /^Most frequent: page_view \(/ })).toBeVisible();
  await expect(row('event_name').getByRole('cell').nth(3)).toHaveText('15');
  await window.getByRole('button', { name: 'Profile of user_id', exact: true }).click();
  await expect(window.getByText('Median')).toBeVisible();
  await expect(window.getByRole('list', { name: 'Histogram' }).getByRole('listitem').first()).toBeVisible();

  const profile = window.getByRole('row').filter({ has: window.getByRole('list', { name: 'Histogram' }) });
  await expect(profile.getByRole('button', { name: 'Show SQL' })).toBeInViewport();

  // The view stays while going from model to model.
  await choose(app, 'gold_weekly_active_teams');
  await expect(row('weekly_active_teams').getByRole('img', { name: /^Histogram/ })).toBeVisible();
  await window.getByRole('tab', { name: 'SQL' }).click();
  const keyword = window.getByLabel('SQL of gold_weekly_active_teams').locator('span', { hasText: /^SELECT$/ });
  const ink = await window.evaluate(() => getComputedStyle(document.body).color);
  await expect(keyword, 'keywords stand out').not.toHaveCSS('color', ink);

  await window.getByRole('tab', { name: 'Columns' }).click();
  await window.getByRole('button', { name: 'Profile of weekly_active_teams', exact: true }).click();
  await app.button('Show SQL').click();
  await app.button('Run').click();
  await expect(app.result.getByRole('gridcell').first()).toBeVisible();
});

test("a preview that can't be read says why, and not how many rows it shows", async ({ app }) => {
  await refreshedLayers(app);
  await choose(app, 'silver_events');
  const count = app.window.getByText(/^The first 1,000 of [\d,]+ rows$/);
  await expect(count).toBeVisible();
  await writeFile(path.join(app.workspace, 'data/events/date=2025-01-01/events-other.parquet'), 'not Parquet');
  await choose(app, 'bronze_events');
  await expect(app.window.getByRole('alert')).toContainText('events-other.parquet');
  await expect(count).toHaveCount(0);
});

test('the checks of a model open the rows that they object to', async ({ app }) => {
  await refreshedLayers(app);
  await expect(node(app, 'bronze_events')).toContainText('1 check');
  await choose(app, 'bronze_events', 'Checks');
  await app.window.getByRole('button', { name: /user_is_known/ }).click();
  const rows = app.window.getByRole('dialog', { name: /user_is_known/ });
  await expect(rows.getByRole('grid').getByText('NULL').first()).toBeVisible();
});

test('a team is followed through bronze, silver and gold', async ({ app }) => {
  await refreshedLayers(app);
  const { window } = app;
  await choose(app, 'gold_top_teams');
  // The team with the most events: place, then team.
  await expect(app.result.getByRole('columnheader').nth(2)).toContainText('team_id');
  const team = await app.result.getByRole('row').nth(1).getByRole('gridcell').nth(1).innerText();
  await window.getByLabel('Team to trace').fill(team);
  await window.keyboard.press('Enter');
  await expect(window.getByText(`Tracing team ${team}`)).toBeVisible();

  await choose(app, 'bronze_events');
  const found = async (model: string) =>
    Number(/^([\d,]+) of/m.exec(await node(app, model).innerText())?.[1]?.replace(',', ''));
  const story = detail(app, 'bronze_events').getByRole('status');
  await expect(story).toContainText(
    new RegExp(`belong to team ${team}\\. Silver drops \\d+ by user_is_known; dropped rows are listed first`),
  );
  const dropped = Number(/drops (\d+)/.exec(await story.innerText())?.[1]);
  expect(await found('silver_events')).toBe((await found('bronze_events')) - dropped);
  await expect(app.result.getByRole('row').nth(1)).toContainText('user_is_known');

  await choose(app, 'gold_top_teams');
  await expect(app.result.getByRole('row').nth(1)).toContainText(team);
  await choose(app, 'gold_weekly_active_teams');
  await expect(detail(app, 'gold_weekly_active_teams')).toContainText(`compares team ${team} with everyone`);
  await expect(app.result.getByRole('columnheader', { name: `weekly_active_teams of team ${team}` })).toBeVisible();

  await app.button('Show SQL').click();
  await app.button('Run').click();
  await expect(app.result.getByRole('columnheader', { name: `weekly_active_teams of team ${team}` })).toBeVisible();
});

test('a user that no event names is found nowhere; tracing stops', async ({ app }) => {
  await refreshedLayers(app);
  const { window } = app;
  await window.getByRole('radio', { name: 'User' }).click();
  await window.getByLabel('User to trace').fill('4711000');
  await app.button('Trace').click();
  await expect(window.getByText('bronze_events has no rows for user 4711000.')).toBeVisible();
  await expect(node(app, 'silver_events')).toContainText(/^silver_events0 of /);
  await app.button('Stop tracing').click();
  await expect(node(app, 'silver_events')).toContainText('rows');
  await expect(window.getByRole('tab', { name: 'Preview' })).toBeVisible();
});
