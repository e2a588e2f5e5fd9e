import { expect, test, type App } from './support/app';
import { run } from './support/console';
import { cachedQueries, descriptorsOf, listenersOfMain } from './support/held';
import { columnMenu, runToRows } from './support/results';

const numbers = 'SELECT i AS n, hash(i) % 1000 AS bucket FROM range(5000) t(i)';
const counted = `SELECT count(*) FILTER (table_name LIKE 'arranged\\_%' ESCAPE '\\') AS arranged,
  count(*) FILTER (table_name LIKE 'result\\_%' ESCAPE '\\') AS results FROM system.main.duckdb_tables() WHERE temporary`;

const cells = (app: App) => app.result.locator('[aria-rowindex="2"] [role="gridcell"]').allTextContents();

/** Expects no result tables of the tab; that of the query itself may exist while DuckDB counts. */
async function expectNoTablesLeft(app: App): Promise<void> {
  await run(app, counted);
  await expect(app.result.getByRole('columnheader', { name: /^results / })).toBeVisible();
  await expect.poll(async () => (await cells(app)).length).toBe(2);
  const [arranged, results] = await cells(app);
  expect(Number(arranged)).toBe(0);
  expect(Number(results)).toBeLessThanOrEqual(1);
}

async function sort(app: App): Promise<void> {
  await columnMenu(app, 'n', 'Sort descending');
  await expect(app.result.getByRole('gridcell', { name: '4999', exact: true })).toBeVisible();
}

test('a sorted result goes when its statement runs again', async ({ app }) => {
  await runToRows(app, numbers);
  for (let time = 0; time < 10; time += 1) {
    await sort(app);
    await app.button('Run').click();
    await expect(app.result.getByRole('gridcell', { name: '4999', exact: true })).toHaveCount(0);
    await expect(app.result.getByRole('gridcell', { name: '0', exact: true }).first()).toBeVisible();
  }
  await expectNoTablesLeft(app);
});

test('a page that is left and come back to keeps the order, and one table of it', async ({ app }) => {
  await runToRows(app, numbers);
  await sort(app);
  for (let time = 0; time < 10; time += 1) {
    await app.open('Activity');
    await app.open('Console');
    await expect(app.result.getByRole('gridcell', { name: '4999', exact: true })).toBeVisible();
    await columnMenu(app, 'bucket', time % 2 === 0 ? 'Sort ascending' : 'Sort descending');
    await sort(app);
  }
  await expectNoTablesLeft(app);
});

test('four runs at once leave the result of the last', async ({ app }) => {
  await app.open('Console');
  for (let time = 0; time < 10; time += 1) {
    await app.writeSql(numbers);
    for (let press = 0; press < 4; press += 1) await app.window.keyboard.press('ControlOrMeta+Enter');
    await expect(app.window.getByText(/^5,000 rows ·/)).toBeVisible();
  }
  await expectNoTablesLeft(app);
});

test('answers about a result are dropped when it is not shown any more', async ({ app }) => {
  const answers = async () => (await cachedQueries(app)).filter((key) => key.startsWith('["result"'));
  await runToRows(app, numbers);
  for (let time = 0; time < 5; time += 1) {
    await columnMenu(app, 'n', 'Profile');
    await expect(app.window.getByText('Profile of n')).toBeVisible();
    for (const view of ['Chart', 'Plan', 'Table']) await app.window.getByRole('radio', { name: view }).click();
    await app.button('Run').click();
    await expect(app.window.getByText(/^5,000 rows ·/)).toBeVisible();
  }
  await app.open('Activity');
  await expect.poll(answers).toEqual([]);
});

async function generateAgain(app: App): Promise<void> {
  const dismiss = app.button('Dismiss');
  if (await dismiss.isVisible()) await dismiss.click();
  await expect(dismiss).toHaveCount(0);
  await app.generate({ Rows: 2_000, End: '2023-01-20' });
  await expect(app.window.getByText(/^Generated 2,000 events/)).toBeVisible();
  await expect.poll(() => app.pidsOf('generator')).toEqual([]);
}

test('the main process keeps nothing of a run', async ({ app }) => {
  test.skip(process.platform !== 'linux', 'only there it can be seen from outside');
  const main = app.electron.process().pid ?? 0;
  const held = async () => ({
    nullDevices: (await descriptorsOf(main))?.filter((target) => target === '/dev/null').length,
    listeners: await listenersOfMain(app),
  });
  await generateAgain(app);
  const before = await held();
  const descriptors = (await descriptorsOf(main))?.length ?? 0;
  for (let time = 0; time < 5; time += 1) await generateAgain(app);
  expect(await held()).toEqual(before);
  // Chromium opens and closes shared memory at will, but not two descriptors per run.
  expect((await descriptorsOf(main))?.length ?? 0).toBeLessThan(descriptors + 5);
});

test('the history is kept once, however many runs there were', async ({ app }) => {
  await app.open('Console');
  await app.window.getByRole('tab', { name: 'History', exact: true }).click();
  const entries = app.window.getByRole('list', { name: 'History' }).getByRole('listitem');
  await app.writeSql('SELECT 1 AS one');
  for (let time = 1; time <= 20; time += 1) {
    await app.button('Run').click();
    await expect(entries).toHaveCount(time);
  }
  const search = app.window.getByLabel('Search the history');
  await search.pressSequentially('SELECT 1');
  await search.fill('');
  await expect(entries).toHaveCount(20);
  const history = async () => (await cachedQueries(app)).filter((key) => /^\["[a-z-]*history"/.test(key));
  await expect.poll(history).toHaveLength(1);
});
