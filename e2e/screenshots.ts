import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { App, expect, test as base, type PageName } from './app';

const pages: PageName[] = ['Overview', 'Partitions', 'Layers', 'Metrics', 'Console', 'Activity'];
const images = path.resolve('docs/images');
/** For who works on the looks: every page in every size and both schemes, into this folder. */
const review = process.env.SCREENSHOTS;

const query = `-- Which kinds of events do users come for?
SELECT event_name, count(*) AS events, count(DISTINCT user_id) AS users
FROM silver_events
GROUP BY ALL
ORDER BY events DESC;
`;

/** A workspace with a name that a person would give it. */
const test = base.extend<{ demo: App }>({
  demo: async ({ folder }, use) => {
    const workspace = path.join(folder, 'warehouse-demo');
    await mkdir(workspace);
    const demo = await App.launch(path.join(folder, 'user-data'), workspace);
    await use(demo);
    await demo.close();
  },
});

async function resize(app: App, width: number, height: number): Promise<void> {
  await app.electron.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size[0], size[1]),
    [width, height] as const,
  );
}

/** Saves what the window shows, once it has come to rest; the folder of the tests is called home. */
async function picture(app: App, file: string): Promise<void> {
  await app.window.mouse.move(0, 0);
  await app.window.locator('[aria-busy="true"], .animate-breathe').first().waitFor({ state: 'detached' });
  await app.window.evaluate((home) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      node.nodeValue = node.nodeValue?.replaceAll(home, '~') ?? null;
    }
  }, path.dirname(app.workspace));
  // Charts draw themselves in.
  await app.window.waitForTimeout(1_500);
  await app.window.screenshot({ path: file });
}

async function generateAndRefresh(app: App): Promise<void> {
  await app.generate({ Rows: 1_000_000 });
  await expect(app.window.getByText(/^Generated 1,000,000 events/)).toBeVisible({ timeout: 60_000 });
  await refresh(app);
}

async function refresh(app: App): Promise<void> {
  await app.button('Refresh').first().click();
  await expect(app.window.getByText(/^Refreshed in/)).toBeVisible();
}

async function addDay(app: App): Promise<void> {
  await app.button('Dismiss').click();
  await app.button('Add the next day').click();
  await expect(app.window.getByText(/^Generated [\d,]+ events? in/)).toBeVisible();
  await refresh(app);
}

async function open(app: App, page: PageName): Promise<void> {
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
}

/** What the first refresh did, step by step. */
async function showSteps(app: App): Promise<void> {
  await app.window.getByRole('toolbar', { name: 'Time line' }).getByRole('link').nth(1).click();
  await app.window.getByRole('tab', { name: 'Steps' }).click();
}

/** The pictures of README and guide, so that they show what is there: `npm run screenshots`. */
test('the guide', async ({ demo: app }) => {
  const save = (name: string) => picture(app, path.join(images, `${name}.png`));
  await resize(app, 1280, 800);
  await app.window.emulateMedia({ colorScheme: 'light' });
  await save('first-steps');
  await app.button('Generate').first().click();
  await app.window.getByRole('dialog').getByLabel('Rows', { exact: true }).waitFor();
  await save('generate');
  await app.window.keyboard.press('Escape');
  await generateAndRefresh(app);
  await app.button('Done').click();
  await app.window.getByText(/^Refreshed in/).scrollIntoViewIfNeeded();
  await save('refreshed');
  await addDay(app);
  await app.button('Dismiss').click();
  for (const page of pages) {
    await open(app, page);
    if (page === 'Activity') await showSteps(app);
    await save(page.toLowerCase());
  }
});

for (const [width, height] of [
  [1280, 800],
  [900, 600],
  [1920, 1080],
] as const) {
  test(`every page at ${width}x${height}`, async ({ demo: app }) => {
    test.skip(review === undefined, 'SCREENSHOTS names no folder for them');
    test.setTimeout(240_000);
    await resize(app, width, height);
    const save = async (name: string) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await app.window.emulateMedia({ colorScheme });
        await picture(app, path.join(review ?? '', `${name}-${width}-${colorScheme}.png`));
      }
    };
    await save('empty');
    await open(app, 'Activity');
    await save('activity-empty');
    await open(app, 'Overview');
    await generateAndRefresh(app);
    await save('refreshed');
    await app.button('Done').click();
    await addDay(app);
    await app.button('Dismiss').click();
    for (const page of pages) {
      await open(app, page);
      await save(page.toLowerCase());
    }
    await open(app, 'Activity');
    await showSteps(app);
    await save('activity-open');
  });
}
