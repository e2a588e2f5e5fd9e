import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { App, expect, filesOfEvents, test } from './support/app';
import { endless, expectCell, run } from './support/console';

test('Refresh before any data says what to do', async ({ app }) => {
  await app.button('Refresh').first().click();
  await expect(app.window.getByText(/There are no events in/)).toBeVisible();
  await expect(app.window.getByText(/Generate some first/)).toBeVisible();
});

test.describe('wrong options are refused where they stand', () => {
  for (const [label, value, complaint] of [
    ['Rows', '0', /Rows must be a whole number from 1/],
    ['Rows', '-5', /Rows must be a whole number from 1/],
    ['Rows', '1.5', /Rows must be a whole number/],
    ['Rows', '99999999999999', /Rows must be a whole number from 1 to/],
    ['End', '2020-01-01', /End can't be before start/],
    ['Workers', '0', /Workers must be a whole number/],
  ] as const) {
    test(`${label} ${value}`, async ({ app }) => {
      await app.generate({ [label]: value });
      const dialog = app.window.getByRole('dialog');
      await expect(dialog.getByText(complaint)).toBeVisible();
      await expect(dialog.getByLabel(label, { exact: true })).toHaveAttribute('aria-invalid', 'true');
    });
  }
});

test('a mistake in the SQL is shown with what DuckDB says', async ({ app }) => {
  await app.open('Console');
  await app.writeSql('SELECT nothing_here\nFROM range(3)');
  await app.button('Run').click();
  await expect(app.window.getByText(/"nothing_here" not found/).first()).toBeVisible();
});

test('SQL that would write is refused', async ({ app }) => {
  await app.open('Console');
  await app.writeSql('CREATE TABLE x (i INT)');
  await app.button('Run').click();
  await expect(app.window.getByText(/isn't allowed here/).first()).toBeVisible();
});

test('a file that is no Parquet among the partitions is named', async ({ app }) => {
  await app.generate({ Rows: 1_000, End: '2023-01-10' });
  await expect(app.window.getByText(/^Generated 1,000 events/)).toBeVisible();
  await writeFile(path.join(app.workspace, 'data/events/date=2023-01-03/events-x.parquet'), 'not Parquet');
  await app.button('Refresh').first().click();
  await expect(
    app.window.getByText('data/events/date=2023-01-03/events-x.parquet', { exact: false }).first(),
  ).toBeVisible();
  await app.open('Partitions');
  await expect(app.window.getByText('1 damaged', { exact: true })).toBeVisible();
});

test('a workspace that is a file is refused with a way out', async ({ folder }) => {
  const file = path.join(folder, 'a-file');
  await writeFile(file, '');
  const app = await App.launch(path.join(folder, 'user-data'), file);
  await expect(app.window.getByText(/isn't a folder/)).toBeVisible();
  await expect(app.window.getByRole('button', { name: /Choose folder/ })).toBeVisible();
  await app.close();
});

test('a workspace where no folder can be made is refused with a way out', async ({ folder }) => {
  test.skip(process.platform !== 'linux', 'only Linux has /proc');
  const app = await App.launch(path.join(folder, 'user-data'), '/proc/warehouse');
  await expect(app.window.getByText("Can't create a folder in /proc.")).toBeVisible();
  await expect(app.window.getByRole('button', { name: /Choose folder/ })).toBeVisible();
  await app.close();
});

/** A separate disk of a few megabytes during a test; needs root on Linux. */
async function withDisk(folder: string, options: string, work: () => Promise<void>): Promise<void> {
  await mkdir(folder, { recursive: true });
  let mounted = false;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' });
    mounted = true;
  } catch {
    test.skip(true, 'mounting a disk needs root on Linux');
  }
  try {
    await work();
  } finally {
    if (mounted) execFileSync('umount', ['-l', folder]);
  }
}

test('a workspace that may not be written to is refused with a way out', async ({ folder }) => {
  const disk = path.join(folder, 'disk');
  await withDisk(disk, 'ro,size=1m', async () => {
    const app = await App.launch(path.join(folder, 'user-data'), disk);
    await expect(app.window.getByText(`Micro Warehouse has no permission to write to ${disk}.`)).toBeVisible();
    await expect(app.window.getByText(/Give yourself write permission/)).toBeVisible();
    await expect(app.window.getByRole('button', { name: /Choose folder/ })).toBeVisible();
    await app.close();
  });
});

test('a run that runs into a full disk says so and leaves nothing', async ({ folder }) => {
  const disk = path.join(folder, 'disk');
  // The disk has space for its bytes, which the estimate knows, but not for so many files.
  await withDisk(disk, 'size=64m,nr_inodes=600', async () => {
    const app = await App.launch(path.join(folder, 'user-data'), disk);
    await app.generate({ Rows: 30_000 });
    await expect(app.window.getByText(`The disk that holds ${disk} is full.`).first()).toBeVisible({ timeout: 30_000 });
    await expect(app.window.getByText(/Free up space or choose a workspace on another disk/).first()).toBeVisible();
    expect(await filesOfEvents(disk)).toEqual([]);
    await app.close();
    expect((await readdir(path.join(disk, 'data'))).filter((name) => name !== 'runs.jsonl')).toEqual([]);
  });
});

test('the first start offers a workspace, the second one opens it', async ({ folder }) => {
  const userData = path.join(folder, 'user-data');
  const home = path.join(folder, 'home');
  await mkdir(home);
  const first = await App.launch(userData, null, { HOME: home });
  await expect(first.window.getByText(/Micro Warehouse/).first()).toBeVisible();
  await first.button('Use this folder').click();
  await expect(first.button('Generate').first()).toBeVisible();
  await first.close();
  const second = await App.launch(userData, null, { HOME: home });
  await expect(second.button('Generate').first()).toBeVisible();
  await second.close();
});

// The run may still be writing or not; either way the folder isn't created again.
test('a workspace that is renamed while it is open is told, not made again, and is back when the folder is', async ({
  folder,
}) => {
  const workspace = path.join(folder, 'workspace');
  await mkdir(workspace);
  const app = await App.launch(path.join(folder, 'user-data'), workspace);
  await app.generate({ Rows: 3_000 });
  await expect(app.window.getByText(/3,000/).first()).toBeVisible({ timeout: 30_000 });
  await rename(workspace, `${workspace}-renamed`);
  // Parts of the page may have failed with the same message before the whole window says it.
  const told = app.window.getByText(`The workspace ${workspace} no longer exists.`);
  await expect(told.first()).toBeVisible({ timeout: 15_000 });
  await expect(app.window.getByRole('button', { name: /Choose folder/ })).toBeVisible();
  await app.window.getByRole('button', { name: 'Try this folder again' }).click();
  await expect(told).toBeVisible();
  expect(existsSync(workspace)).toBe(false);
  await rename(`${workspace}-renamed`, workspace);
  await expect(app.window.getByRole('heading', { name: 'Overview' })).toBeVisible({ timeout: 15_000 });
  await app.close();
});

/** Runs in the page, before its own scripts: the window can't ask for the console's tabs until `mended` is set. */
function failToLoadTabs(): void {
  const post: unknown = Reflect.get(MessagePort.prototype, 'postMessage');
  MessagePort.prototype.postMessage = function (...args: unknown[]) {
    if (!('mended' in window) && JSON.stringify(args[0])?.includes('console/load'))
      throw new Error('The port is closed.');
    if (typeof post === 'function') Reflect.apply(post, this, args);
  };
}

test('where the tabs of the console can not be loaded, the page says so and offers to try again', async ({ app }) => {
  await app.open('Console');
  await run(app, "SELECT 'kept' AS said");
  await expectCell(app, 'kept');
  await app.window.addInitScript(failToLoadTabs);
  await app.window.reload();
  await app.ready();
  await app.open('Console');
  const again = app.button('Try again');
  await expect(again).toBeVisible();
  await again.click();
  await expect(again, 'it failed once more').toBeVisible();
  await app.window.evaluate(() => Object.assign(window, { mended: true }));
  await again.click();
  await expect(app.window.getByRole('textbox', { name: 'SQL', exact: true })).toContainText("SELECT 'kept' AS said");
});

test('a warehouse process that is killed while a query runs is told, and after the third time can be started again', async ({
  app,
}) => {
  await app.open('Console');
  for (let death = 1; death <= 3; death += 1) {
    await run(app, endless);
    await expect(app.button('Cancel')).toBeEnabled();
    const pid = await app.pidOf('database');
    process.kill(pid, 'SIGKILL');
    if (death < 3) {
      await expect(app.window.getByText(/ended while running this statement/).first()).toBeVisible();
      await expect(app.button('Run')).toBeEnabled();
      await expect.poll(() => app.pidsOf('database')).not.toContain(pid);
      await app.pidOf('database');
    }
  }
  await expect(app.window.getByText(/ended unexpectedly 3 times within a minute/)).toBeVisible();
  await app.open('Partitions');
  await app.button('Restart the warehouse').click();
  await expect(app.window.getByText('No partitions yet')).toBeVisible();
  await app.open('Console');
  await run(app, "SELECT 'again' AS said");
  await expectCell(app, 'again');
});
