import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { App, expect, filesOfEvents, test } from './support/app';

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

  await app.clickMenu('copy-diagnostics');
  await expect
    .poll(() => app.electron.evaluate(({ clipboard }) => clipboard.readText()))
    .toMatch(/DuckDB \d+\.\d+\.\d+, Electron [^]*Workspace: .*workspace[^]*--- main\.log\n/);
});

/** Every minidump that Crashpad has written into the user-data folder. */
async function minidumps(folder: string): Promise<string[]> {
  const entries = await readdir(path.join(folder, 'user-data/Crashpad'), { recursive: true }).catch(() => []);
  return entries.filter((entry) => entry.endsWith('.dmp'));
}

test.describe('a native crash leaves a minidump in the user-data folder, and a line in the log', () => {
  test.skip(process.platform === 'win32', 'there is no signal that stands for a crash');
  const log = (folder: string, name: string) => readFile(path.join(folder, 'user-data/logs', name), 'utf8');

  test('of the warehouse process', async ({ app, folder }) => {
    process.kill(await app.pidOf('database'), 'SIGSEGV');
    await expect.poll(() => minidumps(folder)).toHaveLength(1);
    await expect.poll(() => log(folder, 'warehouse.log')).toMatch(/ended with exit code/);
  });

  test('of a generator process, whose run is told to have failed and leaves nothing', async ({ app, folder }) => {
    await app.generate({ Rows: 50_000_000 });
    await expect(app.progress('Generate')).toHaveAttribute('aria-valuenow', /^[1-9]/);
    const pid = await app.pidOf('generator');
    process.kill(pid, 'SIGSEGV');
    const alert = app.window.getByRole('alert').filter({ hasText: 'A generator process stopped unexpectedly' });
    await expect(alert).toContainText('This run was discarded. Try again');
    await expect(app.progress('Generate')).toBeHidden();
    await expect.poll(() => minidumps(folder)).toHaveLength(1);
    await expect.poll(() => log(folder, 'generator.log')).toContain(`Process ${pid} ended with exit code`);
    await expect.poll(() => log(folder, 'main.log')).toMatch(/Micro Warehouse generator: crashed \(exit code \d+\)/);
    expect(await filesOfEvents(app.workspace)).toEqual([]);
    expect(await readdir(path.join(app.workspace, 'data')), 'the log of runs alone').toEqual(['runs.jsonl']);
  });

  test('of the window, which is loaded again with what was typed', async ({ app, folder }) => {
    await app.open('Console');
    await app.writeSql("SELECT 'kept'");
    // A run is listed once it is on the disk, and so is everything written before it: a crash may cost the last key.
    await app.button('Run').click();
    await app.window.getByRole('tab', { name: 'History' }).click();
    await expect(app.window.getByRole('list', { name: 'History' })).toContainText("SELECT 'kept'");
    const page = (script: string) =>
      app.electron.evaluate(
        ({ BrowserWindow }, code): Promise<unknown> | undefined =>
          BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code),
        script,
      );
    const pid = await app.electron.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
    );
    process.kill(pid, 'SIGSEGV');
    await expect.poll(() => minidumps(folder)).toHaveLength(1);
    await expect.poll(() => log(folder, 'main.log')).toMatch(/The window's process is gone: crashed/);
    // Playwright considers the page lost, so main is asked instead.
    const text = "document.querySelector('[role=textbox][aria-label=SQL]')?.textContent";
    await expect.poll(() => page(text)).toBe("SELECT 'kept'");
  });
});

test('About tells the versions of what the app is made of, and leads to the licences of all that is bundled', async ({
  app,
  folder,
}) => {
  await app.electron.evaluate(({ dialog, shell, Menu }) => {
    const seen = globalThis as { about?: string; opened?: string[] };
    seen.opened = [];
    dialog.showMessageBox = ((options: Electron.MessageBoxOptions) => {
      seen.about = `${options.message}\n${options.detail}\n${options.buttons?.join()}`;
      return Promise.resolve({ response: 1, checkboxChecked: false });
    }) as typeof dialog.showMessageBox;
    shell.openPath = (target) => {
      seen.opened?.push(target);
      return Promise.resolve('');
    };
    for (const id of ['about', 'open-logs']) Menu.getApplicationMenu()?.getMenuItemById(id)?.click();
  });
  const seen = () => app.electron.evaluate(() => globalThis as { about?: string; opened?: string[] });
  const userData = path.join(folder, 'user-data');
  const licences = path.join(userData, 'licences.txt');
  await expect.poll(async () => (await seen()).opened?.toSorted()).toEqual([licences, path.join(userData, 'logs')]);
  expect((await seen()).about).toMatch(
    /^Micro Warehouse \d[^]*DuckDB \d[^]*Electron \d[^]*Chromium \d[^]*Node \d[^]*Close,Licences$/,
  );
  const text = await readFile(licences, 'utf8');
  for (const name of ['react-dom', 'apache-arrow', '@duckdb/node-bindings']) expect(text).toContain(`\n${name} `);
});

test('a full log is kept as the old one beside the new one', async ({ folder }) => {
  const logs = path.join(folder, 'user-data/logs');
  await mkdir(logs, { recursive: true });
  await mkdir(path.join(folder, 'workspace'));
  const line = `2026-01-01 00:00:00.000 [info]  of another day\n`;
  await writeFile(path.join(logs, 'main.log'), line.repeat(Math.ceil(1_000_001 / line.length)));
  const app = await App.launch(path.join(folder, 'user-data'), path.join(folder, 'workspace'));
  await expect
    .poll(() => stat(path.join(logs, 'main.old.log')).then(({ size }) => size, () => 0))
    .toBeGreaterThan(1_000_000); // prettier-ignore
  await expect.poll(() => readFile(path.join(logs, 'main.log'), 'utf8')).toMatch(/Workspace: .*workspace/);
  expect((await stat(path.join(logs, 'main.log'))).size).toBeLessThan(10_000);
  await app.close();
});

test('an empty page is explained in the log and loaded again', async ({ app, folder }) => {
  await app.electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    // Once its scripts have run: the page reports that it is ready, and shows nothing.
    contents?.once('dom-ready', () => {
      const empty =
        'document.getElementById("root").remove(); for (const sheet of document.styleSheets) sheet.disabled = true';
      void contents.executeJavaScript(empty);
    });
    contents?.reload();
  });
  const log = () => readFile(path.join(folder, 'user-data/logs/main.log'), 'utf8');
  await expect.poll(log).toMatch(/Window: empty\. \{"heights":\{"html":\d+.*"children":0,.*index-.*Complaints: none/);
  await expect(app.window.locator('#root > *').first()).toBeAttached();
  await expect(app.window.getByRole('heading', { level: 1 })).toBeVisible();
  await expect.poll(async () => /Window: empty[^]*Window: drawn\.\n/.test(await log())).toBe(true);
});
