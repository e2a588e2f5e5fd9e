import { existsSync } from 'node:fs';
import { expect, test, type App } from './support/app';

/*
 * Pages that must not change their looks. The font is bundled (see fonts.css), yet each version of Chromium draws it
 * slightly differently: screenshots are compared if there are some for the running version; otherwise the test is
 * skipped with a message. `npm run e2e -- looks --update-snapshots` takes new ones, also for another version.
 */

/** Playwright's list doesn't show why a test was skipped: `scripts/test-summary.mjs` looks for this line. */
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

/** Compares the page without its surroundings, in both schemes, by shape rather than by letter. */
async function compare(app: App, names: Record<'light' | 'dark', string>, chrome: string): Promise<void> {
  // Not with a mask: Playwright's needs a newer Chromium.
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
