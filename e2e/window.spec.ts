import { expect, test, type PageName } from './support/app';

const pages: PageName[] = ['Overview', 'Partitions', 'Layers', 'Metrics', 'Console', 'Activity'];

test('the page is confined: no Node, no navigation, no windows, no permissions, a strict policy', async ({ app }) => {
  const { window } = app;
  expect(
    await window.evaluate(() => [typeof Reflect.get(globalThis, 'require'), typeof Reflect.get(globalThis, 'process')]),
  ).toEqual(['undefined', 'undefined']);
  expect(window.url()).toBe('app://micro-warehouse/index.html');
  expect(await window.evaluate(() => globalThis.open('https://example.com'))).toBeNull();
  expect(
    await window.evaluate(() => navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state)),
  ).toBe('denied');
  const responses = await window.evaluate(async () => {
    const page = await fetch('app://micro-warehouse/index.html');
    const outside = await fetch('app://micro-warehouse/..%2f..%2fpackage.json');
    const missing = await fetch('app://micro-warehouse/missing.js');
    return { policy: page.headers.get('content-security-policy'), outside: outside.status, missing: missing.status };
  });
  expect(responses.policy).toContain("default-src 'none'");
  expect(responses.policy).not.toContain('unsafe');
  expect(responses).toMatchObject({ outside: 404, missing: 404 });
  // Chromium reports both on the console.
  expect(app.complaints.splice(0)).toHaveLength(2);
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [width, height] of [
    [1280, 800],
    [900, 600],
  ] as const) {
    test(`every page of an empty workspace fits ${width}x${height} in ${colorScheme}`, async ({ app }) => {
      await app.resize(width, height);
      await app.window.emulateMedia({ colorScheme });
      for (const page of pages) {
        await app.open(page);
        const overflow = await app.window.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow, `${page} scrolls sideways`).toBe(0);
      }
    });
  }
}

test('a warehouse process that dies is started again, and the window goes on', async ({ app }) => {
  process.kill(await app.pidOf('database'), 'SIGKILL');
  await app.open('Console');
  await app.writeSql('SELECT 6 * 7 AS answer');
  await expect(async () => {
    await app.button('Run').click();
    await expect(app.result.getByRole('gridcell', { name: '42' })).toBeVisible({ timeout: 1_000 });
  }).toPass();
});
