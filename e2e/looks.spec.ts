import { existsSync } from 'node:fs';
import { expect, test, type App } from './support/app';

/*
 * Pages that should look tomorrow as they do today. The letters are our own (see fonts.css), yet each version of Chromium
 * draws them a little differently: pictures are compared where there are some of that version, and elsewhere the test is
 * skipped with a word. `npm run e2e -- looks --update-snapshots` takes them again, and for another version anew.
 */

/** Playwright's list does not tell why a test was skipped: `scripts/test-summary.mjs` looks for this line. */
function skipIf(condition: boolean, reason: string): void {
  if (condition) console.log(`Screenshot comparison skipped: ${reason}`);
  test.skip(condition, reason);
}

async function skipWithoutPictures(app: App, names: readonly string[]): Promise<string> {
  const chrome = await app.electron.evaluate(() => process.versions.chrome?.split('.')[0] ?? '');
  const updating = test.info().config.updateSnapshots !== 'missing';
  const missing = names.some((name) => !existsSync(test.info().snapshotPath(`${name}-chrome${chrome}.png`)));
  skipIf(missing && !updating, `there are no pictures of Chromium ${chrome}`);
  return chrome;
}

/** Compares the page without what is around it, in both schemes, by shape more than by letter. */
async function compare(app: App, names: Record<'light' | 'dark', string>, chrome: string): Promise<void> {
  // Not by a mask: Playwright's own needs a newer Chromium.
  const folder = app.window.getByTitle('Workspace', { exact: true });
  if (await folder.isVisible()) await folder.evaluate((element) => (element.textContent = '~/warehouse'));
  for (const colorScheme of ['light', 'dark'] as const) {
    await app.window.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(app.window.locator('main')).toHaveScreenshot(`${names[colorScheme]}-chrome${chrome}.png`, {
      threshold: 0.25,
      maxDiffPixelRatio: 0.003,
      animations: 'disabled',
    });
  }
}

test.beforeEach(() => skipIf(process.platform !== 'linux', 'the pictures are of Linux'));

test('the Overview of an empty workspace', async ({ app }) => {
  const names = { light: 'overview-empty-light', dark: 'overview-empty-dark' };
  const chrome = await skipWithoutPictures(app, Object.values(names));
  await app.resize(1280, 800);
  await expect(app.window.getByText('Get started in three steps')).toBeVisible();
  await compare(app, names, chrome);
});

test('a metric', async ({ app }) => {
  const names = { light: 'metric-light', dark: 'metric-dark' };
  const chrome = await skipWithoutPictures(app, Object.values(names));
  await app.resize(1280, 800);
  await app.generate({ Rows: 20_000, End: '2023-06-30' });
  await expect(app.window.getByText(/^Generated 20,000 events/)).toBeVisible();
  await app.refresh();
  await app.open('Metrics');
  const metrics = app.window.getByRole('navigation', { name: 'Metrics' });
  await metrics.getByRole('link', { name: 'Weekly active teams', exact: true }).click();
  await expect(app.window.getByRole('figure', { name: 'Weekly active teams' })).toBeVisible();
  await expect(app.result.getByRole('gridcell').first()).toBeVisible();
  await compare(app, names, chrome);
});
