import { expect, type App, type PageName } from '../e2e/support/app';
import { endless, run } from '../e2e/support/console';
import { openPanel } from '../e2e/support/generate-panel';
import { columnMenu } from '../e2e/support/results';
import type { Random } from './random';

/** Something that a user does repeatedly, and that leaves the app in the same state. */
type Action = (app: App, random: Random) => Promise<void>;

const rowCounts = [5_000, 20_000, 100_000];

/** The same days each time, so that the events take the same space. */
const generate: Action = async (app, random) => {
  await app.open('Overview');
  const dismiss = app.button('Dismiss');
  if (await dismiss.isVisible()) await dismiss.click();
  await expect(dismiss).toHaveCount(0);
  const { panel, label, unfold, start } = await openPanel(app);
  await unfold('Days, users and teams');
  await label('End').fill('2023-02-10');
  await label('Rows').fill(String(2_000 + random.below(8) * 1_000));
  await panel.getByLabel('Replace', { exact: true }).check();
  await start();
  await expect(app.window.getByText(/^Generated [\d,]+ events/)).toBeVisible();
  await expect.poll(() => app.pidsOf('generator')).toEqual([]);
};

const refresh: Action = async (app) => {
  await app.open('Overview');
  await app.refresh();
};

const visitPages: Action = async (app, random) => {
  const pages: PageName[] = ['Overview', 'Partitions', 'Layers', 'Metrics', 'Console', 'Activity'];
  for (const page of random.shuffle(pages)) {
    await app.open(page);
    await expect(app.window.locator('[aria-busy="true"]')).toHaveCount(0);
  }
};

const visitMetrics: Action = async (app, random) => {
  await app.open('Metrics');
  const links = app.window.getByRole('navigation', { name: 'Metrics' }).getByRole('link');
  for (let visit = 0; visit < 3; visit += 1) {
    await links.nth(random.below(await links.count())).click();
    await expect(app.result.first()).toBeVisible();
  }
};

/** Shows rows of random size, in the columns `n` and `bucket`. */
async function showNumbers(app: App, random: Random): Promise<number> {
  const rows = rowCounts[random.below(rowCounts.length)] ?? 0;
  await app.open('Console');
  await run(app, `SELECT i AS n, hash(i) % 1000 AS bucket FROM range(${rows}) t(i)`);
  await expect(rowsOnShow(app, rows)).toBeVisible();
  return rows;
}

const rowsOnShow = (app: App, rows: number) =>
  app.window.getByText(new RegExp(`^${rows.toLocaleString('en')} rows · 2 columns`));

const sortAndRunAgain: Action = async (app, random) => {
  const rows = await showNumbers(app, random);
  await columnMenu(app, 'n', 'Sort descending');
  await expect(app.result.getByRole('gridcell', { name: String(rows - 1), exact: true })).toBeVisible();
  await app.button('Run').click();
  await expect(app.result.getByRole('gridcell', { name: String(rows - 1), exact: true })).toHaveCount(0);
  await expect(rowsOnShow(app, rows)).toBeVisible();
};

const sortLeaveAndReturn: Action = async (app, random) => {
  await showNumbers(app, random);
  await columnMenu(app, 'bucket', 'Sort descending');
  await app.open('Partitions');
  await app.open('Console');
  await columnMenu(app, 'n', 'Filter…');
  const form = app.window.getByRole('form', { name: 'Filter n' });
  await form.getByLabel('Condition').selectOption('less');
  await form.getByLabel('Value').fill('500');
  await form.getByRole('button', { name: 'Apply' }).click();
  await expect(app.window.getByText(/^500 of /)).toBeVisible();
};

const runFourTimesAtOnce: Action = async (app, random) => {
  const rows = await showNumbers(app, random);
  await app.window.getByRole('textbox', { name: 'SQL', exact: true }).click();
  for (let press = 0; press < 4; press += 1) await app.window.keyboard.press('ControlOrMeta+Enter');
  await expect(rowsOnShow(app, rows)).toBeVisible();
};

const cancel: Action = async (app) => {
  await app.open('Console');
  await run(app, endless);
  await expect(app.window.getByRole('timer')).toBeVisible();
  await app.button('Cancel').click();
  await expect(app.window.getByText(/^Cancelled after/)).toBeVisible();
};

/** Cancels a statement around its end: sometimes before, sometimes after. */
const cancelAtTheEnd: Action = async (app, random) => {
  await app.open('Console');
  await run(app, `SELECT max(hash(i)) AS most FROM range(${(1 + random.below(20)) * 1_000_000}) t(i)`);
  await app.window.waitForTimeout(random.below(200));
  const stop = app.button('Cancel');
  await stop.click({ timeout: 500 }).catch(() => undefined);
  await expect(app.window.getByText(/^Cancelled after|^1 row ·/)).toBeVisible();
};

const failAndExplain: Action = async (app, random) => {
  await app.open('Console');
  await run(app, 'SELECT nothing FROM nowhere');
  await expect(app.window.getByText(/does not exist/).first()).toBeVisible();
  await showNumbers(app, random);
  const view = (name: string) =>
    app.window.getByRole('radiogroup', { name: 'View' }).getByRole('radio', { name, exact: true });
  await view('Plan').click();
  await expect(app.window.getByRole('tree', { name: 'Plan' })).toBeVisible();
  await view('Chart').click();
  await expect(app.window.locator('svg.recharts-surface').first()).toBeVisible();
};

const openAndCloseTab: Action = async (app, random) => {
  await app.open('Console');
  await app.button('New tab').click();
  const added = app.window.getByRole('tab', { selected: true }).filter({ hasText: /^Query \d+/ });
  await expect(added).toBeVisible();
  const name = (await added.textContent()) ?? '';
  await showNumbers(app, random);
  await columnMenu(app, 'n', 'Sort descending');
  await app.button(`Close ${name}`).click();
  await expect(added).toHaveCount(0);
};

const actions: Readonly<Record<string, Action>> = {
  generate,
  refresh,
  visitPages,
  visitMetrics,
  sortAndRunAgain,
  sortLeaveAndReturn,
  runFourTimesAtOnce,
  cancel,
  cancelAtTheEnd,
  failAndExplain,
  openAndCloseTab,
};

/** Draws actions so that each occurs once before any occurs again, in an order determined by the seed. */
export class Deck {
  #left: [string, Action][] = [];

  constructor(private readonly random: Random) {}

  /** Whether every action has occurred equally often. */
  get isEmpty(): boolean {
    return this.#left.length === 0;
  }

  draw(): [string, Action] {
    if (this.isEmpty) this.#left = this.random.shuffle(Object.entries(actions));
    const drawn = this.#left.pop();
    if (!drawn) throw new Error('There is no action.');
    return drawn;
  }
}
