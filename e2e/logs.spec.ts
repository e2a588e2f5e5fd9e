import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './app';

test('each kind of process has its log, and diagnostics put the ends of them on the clipboard', async ({
  app,
  folder,
}) => {
  await app.generate({ Rows: 10_000 });
  await expect(app.window.getByText(/^Generated 10,000 events/)).toBeVisible();
  const log = (name: string) => readFile(path.join(folder, 'user-data/logs', name), 'utf8').catch(() => '');
  await expect.poll(() => log('main.log')).toMatch(/Started: Micro Warehouse .* Electron/);
  await expect.poll(() => log('main.log')).toMatch(/Run \S+ succeeded: 10000 rows/);
  await expect.poll(() => log('warehouse.log')).toMatch(/Process \d+ started/);
  await expect.poll(() => log('generator.log')).toMatch(/Process \d+ started/);

  await app.electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('copy-diagnostics')?.click());
  await expect
    .poll(() => app.electron.evaluate(({ clipboard }) => clipboard.readText()))
    .toMatch(/Workspace: .*workspace[^]*--- main\.log\n/);
});

test('a native crash leaves a minidump in the user-data folder, and a line in the log', async ({ app, folder }) => {
  test.skip(process.platform === 'win32', 'there is no signal that stands for a crash');
  const pid = await app.electron.evaluate(
    ({ app: electron }) =>
      electron.getAppMetrics().find(({ serviceName, name }) => `${serviceName}${name}`.includes('database'))?.pid,
  );
  process.kill(pid ?? 0, 'SIGSEGV');
  const crashes = path.join(folder, 'user-data/Crashpad');
  await expect
    .poll(() => readdir(crashes, { recursive: true }).catch(() => []))
    .toContainEqual(expect.stringMatching(/\.dmp$/));
  await expect
    .poll(() => readFile(path.join(folder, 'user-data/logs/warehouse.log'), 'utf8'))
    .toMatch(/ended with exit code/);
});
