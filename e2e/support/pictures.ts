import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { App, expect, test as base, type PageName } from './app';

export { expect };

export const pages: PageName[] = ['Overview', 'Partitions', 'Layers', 'Metrics', 'Console', 'Activity'];

/** The folder for design reviews; without it, all tests that take pictures for it are skipped. */
export const review = process.env.SCREENSHOTS;

export const reviewSizes = [
  [1280, 800],
  [900, 600],
  [1920, 1080],
] as const;

const query = `-- Which kinds of events do users come for?
SELECT event_name, count(*) AS events, count(DISTINCT user_id) AS users
FROM silver_events
GROUP BY ALL
ORDER BY events DESC;
`;

/** A workspace with a realistic name. */
export const test = base.extend<{ demo: App }>({
  demo: async ({ folder }, use) => {
    const workspace = path.join(folder, 'warehouse-demo');
    await mkdir(workspace);
    const demo = await App.launch(path.join(folder, 'user-data'), workspace);
    await use(demo);
    await demo.close();
  },
});

/** Waits until nothing is being read any more. */
export async function rest(app: App): Promise<void> {
  await expect(app.window.locator('[aria-busy="true"], .animate-breathe')).toHaveCount(0, { timeout: 60_000 });
}

/** Saves a picture of the window; the tests' folder appears as home. */
export async function picture(app: App, file: string): Promise<void> {
  await app.window.mouse.move(0, 0);
  await app.window.evaluate(
    async (home) => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        // Only if there is something to replace: a change of its text closes the editor's popups.
        if (home !== null && node.nodeValue?.includes(home)) node.nodeValue = node.nodeValue.replaceAll(home, '~');
      }
      // Parts drawn for another size or scheme measure themselves and are drawn again.
      for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    },
    app.workspace === '' ? null : path.dirname(app.workspace),
  );
  await app.window.screenshot({ path: file, animations: 'disabled' });
}

export async function generateAndRefresh(app: App): Promise<void> {
  await app.generate({ Rows: 1_000_000 });
  await expect(app.window.getByText(/^Generated 1,000,000 events/)).toBeVisible({ timeout: 60_000 });
  await refresh(app);
}

export async function refresh(app: App): Promise<void> {
  await app.button('Refresh').first().click();
  await expect(app.window.getByText(/^Refreshed in/)).toBeVisible({ timeout: 60_000 });
  await expect(app.window.getByText(/^Fresh,/)).toBeVisible();
}

export async function addDay(app: App): Promise<void> {
  await app.button('Dismiss').click();
  await app.button('Add the next day').click();
  await expect(app.window.getByText(/^Generated [\d,]+ events? in/)).toBeVisible({ timeout: 60_000 });
  await refresh(app);
}

/** Opens a page with content worth a picture. */
export async function open(app: App, page: PageName): Promise<void> {
  await app.open(page);
  if (page === 'Layers') {
    await app.window.getByRole('link', { name: 'silver_events', exact: true }).click();
    await app.window.getByRole('tab', { name: 'Columns' }).click();
  }
  if (page === 'Metrics') await app.window.getByRole('link', { name: 'Weekly events by type' }).click();
  if (page === 'Console' && !(await app.result.getByRole('gridcell').first().isVisible())) {
    await app.writeSql(query);
    await app.button('Run').click();
    await expect(app.result.getByRole('gridcell').first()).toBeVisible();
  }
  await rest(app);
}

/** Shows the steps of the first refresh. */
export async function showSteps(app: App): Promise<void> {
  await app.window.getByRole('toolbar', { name: 'Time line' }).getByRole('link').nth(1).click();
  await app.window.getByRole('tab', { name: 'Steps' }).click();
  await rest(app);
}

/** Saves pictures of the window in both schemes, with the size in their names. */
export async function save(app: App, name: string): Promise<void> {
  const width = await app.window.evaluate(() => innerWidth);
  for (const colorScheme of ['light', 'dark'] as const) {
    await app.window.emulateMedia({ colorScheme });
    await picture(app, path.join(review ?? '', `${name}-${width}-${colorScheme}.png`));
  }
}

/** The processes of the app with a name: `database` or `generator`. */
export async function processesOf(app: App, name: string): Promise<number[]> {
  const all = await app.electron.evaluate(({ app: electron }) =>
    electron.getAppMetrics().map((metric) => ({ pid: metric.pid, name: `${metric.serviceName} ${metric.name}` })),
  );
  return all.flatMap((found) => (found.name.includes(name) ? [found.pid] : []));
}

/** Pauses processes during `look`, so that short-lived states can be seen. */
export async function whileStill(pids: readonly number[], look: () => Promise<void>): Promise<void> {
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  await look();
  for (const pid of pids) process.kill(pid, 'SIGCONT');
}
