import path from 'node:path';
import { expect, test, type PageName } from './app';

const pages: PageName[] = ['Overview', 'Partitions', 'Layers', 'Metrics', 'Console', 'Activity'];
const images = process.env.SCREENSHOTS ?? path.resolve('docs/images');

/** Takes the pictures of the documentation, so that they show what is there: `npm run screenshots`. */
for (const [colorScheme, width, height, only] of [
  ['light', 1280, 800, pages],
  ['dark', 1280, 800, pages],
  ['light', 900, 600, pages],
  ['dark', 900, 600, pages],
] as const) {
  test(`pages at ${width}x${height} in ${colorScheme}`, async ({ app }) => {
    await app.electron.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size[0], size[1]),
      [width, height] as const,
    );
    await app.window.emulateMedia({ colorScheme });
    await app.generate({ Rows: 1_000_000 });
    await expect(app.window.getByText(/^Generated 1,000,000 events/)).toBeVisible({ timeout: 60_000 });
    await app.button('Refresh').first().click();
    await expect(app.window.getByText(/^Refreshed in/)).toBeVisible();
    for (const page of only) {
      await app.open(page);
      if (page === 'Console') {
        await app.writeSql(
          'SELECT event_name, count(*) AS events, count(DISTINCT user_id) AS users\nFROM silver_events\nGROUP BY ALL\nORDER BY events DESC',
        );
        await app.button('Run').click();
        await expect(app.result.getByRole('gridcell').first()).toBeVisible();
      }
      await app.window.waitForTimeout(800);
      const suffix = `${colorScheme === 'dark' ? '-dark' : ''}${width === 900 ? '-small' : ''}`;
      await app.window.screenshot({ path: path.join(images, `${page.toLowerCase()}${suffix}.png`) });
    }
  });
}
