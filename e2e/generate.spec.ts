import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, statfs } from 'node:fs/promises';
import path from 'node:path';
import { App, expect, filesOfEvents, test } from './support/app';
import { openPanel } from './support/generate-panel';

/** Checksums of each day's rows, whatever the files are called. */
async function checksums(workspace: string): Promise<string[]> {
  const files = await filesOfEvents(workspace);
  const sums = files.map(async (file) => {
    const bytes = await readFile(path.join(workspace, 'data', file));
    return `${path.dirname(file)} ${createHash('sha256').update(bytes).digest('hex')}`;
  });
  return (await Promise.all(sums)).toSorted();
}

/** Eight chunks of days, enough for eight workers. */
const year = 'mw1 realistic rows=20000 days=2024-01-01..2024-12-31 users=500 teams=20 seed=7 duplicates=0.02';
const small = 'mw1 realistic rows=20000 days=2024-01-01..2024-02-29 users=500 teams=20 seed=7 launch=2024-02-01*2';

test('presets fill in the rows, and what it comes to follows', async ({ app }) => {
  const { panel, label, recipe, estimate } = await openPanel(app);
  await expect(label('Standard')).toBeChecked();
  await expect(estimate).toContainText('about 912');
  await label('Quick').check();
  await expect(label('Rows')).toHaveValue('100,000');
  await expect(estimate).toContainText('about 91');
  await label('Big').check();
  await expect(recipe).toHaveValue(/rows=10000000 /);
  await expect(estimate).toContainText('about 9,124');
  await expect(estimate).toContainText(/On diskabout [\d.]+ [MG]B/);
  await expect(estimate).toContainText(/Timeabout/);
  await expect(estimate).toContainText(/Free on this disk[\d.]+ [MGT]B/);
  await label('Rows').fill('1234');
  for (const preset of ['Quick', 'Standard', 'Big']) await expect(label(preset)).not.toBeChecked();
  await expect(panel.getByRole('figure', { name: 'Weekly preview' })).toBeVisible();
});

test('the preview shows the profile and a launch before anything is written', async ({ app }) => {
  const { panel, label, unfold } = await openPanel(app);
  const preview = panel.getByRole('figure', { name: 'Weekly preview' }).locator('figcaption');
  await expect(preview).toContainText('158 weeks from 2022-12-26 to 2025-12-29');
  await expect(preview).toContainText('2025-12-29 is partial: 3 of 7 days.');
  const realistic = await preview.textContent();
  await label('Uniform').check();
  await expect(preview).not.toHaveText(realistic ?? '');
  await label('Realistic').check();
  await expect(preview).toHaveText(realistic ?? '');
  await unfold('Planted facts');
  await label('Launch').check();
  await expect(label('Launch on')).toHaveValue('2024-07-01');
  await label('Multiplier').fill('5');
  await expect(preview).toContainText('2024-07-01: Launch: 5 times as many events from this day on.');
  await expect(preview).not.toHaveText(realistic ?? '');
  expect(await filesOfEvents(app.workspace)).toEqual([]);
});

test('a recipe makes the same files anywhere, with any number of workers, in window and command line, after a cancelled run', async ({
  app,
  folder,
}) => {
  const { label, recipe, start, panel } = await openPanel(app);
  await recipe.fill(year);
  await expect(label('Rows')).toHaveValue('20,000');
  await panel.getByRole('button', { name: 'Copy recipe' }).click();
  await expect(panel.getByText('Copied')).toBeVisible();
  const line = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(line).toBe(year);
  await start();
  await expect(app.window.getByText(/^Generated 20,000 events/)).toBeVisible();
  const sums = await checksums(app.workspace);
  expect(sums).toHaveLength(366);

  for (const workers of ['3', '8']) {
    const workspace = path.join(folder, `window-${workers}`);
    await mkdir(workspace);
    const second = await App.launch(path.join(folder, `user-data-${workers}`), workspace);
    if (workers === '8') {
      await second.generate({ Rows: 50_000_000 });
      await expect(second.progress('Generate')).toHaveAttribute('aria-valuenow', /^[1-9]/);
      await second.button('Cancel').click();
      await expect(second.window.getByText('The run was cancelled and discarded.')).toBeVisible();
    }
    const other = await openPanel(second);
    await other.recipe.fill(line);
    await other.unfold('Files and workers');
    await other.label('Workers').fill(workers);
    await other.start();
    await expect(second.window.getByText(/^Generated 20,000 events/)).toBeVisible();
    await second.close();
    expect(await checksums(workspace), `window, ${workers} workers`).toEqual(sums);
  }
  for (const workers of ['1', '2', '3', '8']) {
    const workspace = path.join(folder, `command-line-${workers}`);
    execFileSync(process.execPath, [
      'out/main/cli.js', 'generate', '--recipe', line, '--workers', workers, '--workspace', workspace, '--json',
    ], { stdio: 'ignore' }); // prettier-ignore
    expect(await checksums(workspace), `command line, ${workers} workers`).toEqual(sums);
  }
});

test('a recipe that can’t be read is refused where it stands, and the options stay', async ({ app }) => {
  const { panel, recipe, label } = await openPanel(app);
  for (const [line, complaint] of [
    ['hello', /A recipe starts with mw1/],
    ['mw1 realistic rows=many', /Rows must be a whole number/],
    ['mw1 realistic bananas=3', /"bananas=3"/],
  ] as const) {
    await recipe.fill(line);
    await expect(recipe).toHaveAttribute('aria-invalid', 'true');
    await expect(panel.getByText(complaint)).toBeVisible();
    await expect(label('Rows')).toHaveValue('1,000,000');
  }
  await recipe.fill(small);
  await expect(recipe).toHaveAttribute('aria-invalid', 'false');
  await expect(label('Rows')).toHaveValue('20,000');
});

test('nothing can be generated while the recipe can’t be read', async ({ app }) => {
  const { panel, recipe, label } = await openPanel(app);
  const generate = panel.getByRole('button', { name: 'Generate', exact: true });
  const why = panel.getByText('The recipe can’t be read. Correct it, or clear the field to use the options.');
  await recipe.fill('hello');
  await expect(generate).toBeDisabled();
  await expect(why).toBeVisible();
  // Other options don't make it readable, and Enter in one of them starts nothing.
  await label('Rows').fill('5000');
  await label('Rows').press('Enter');
  await expect(generate).toBeDisabled();
  await expect(panel).toBeVisible();
  await recipe.fill('');
  await expect(generate).toBeEnabled();
  await expect(why).toHaveCount(0);
  await recipe.fill('mw1 realistic rows=many');
  await expect(generate).toBeDisabled();
  await recipe.fill(small);
  await expect(generate).toBeEnabled();
});

test('an error in a folded option unfolds it', async ({ app }) => {
  const { unfold, label, start, panel } = await openPanel(app);
  await unfold('Event weights');
  await label('search').fill('-3');
  await unfold('Event weights');
  await expect(label('search')).toBeHidden();
  await start();
  await expect(label('search')).toBeFocused();
  await expect(panel.getByText(/An event weight must be a number from 0 to/)).toBeVisible();
});

test('a fact that would happen before or after the data is refused at its field', async ({ app }) => {
  const { unfold, label, start, panel, recipe } = await openPanel(app);
  await unfold('Planted facts');
  await label('Outage').check();
  await label('Outage on').fill('2027-01-01');
  await start();
  await expect(panel.getByText('Outage must be a date from 2023-01-01 to 2025-12-31.')).toBeVisible();
  await expect(label('Outage on')).toBeFocused();
  await recipe.fill(`${small} outage=2024-03-01`);
  await expect(panel.getByText(/Outage must be a date from 2024-01-01 to 2024-02-29/)).toBeVisible();
  expect(await filesOfEvents(app.workspace)).toEqual([]);
});

test('a wrong option that is out of sight is brought into it, in a small window, too', async ({ app }) => {
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(900, 600));
  const { panel, label, start, unfold } = await openPanel(app);
  await label('Rows').fill('0');
  await unfold('Files and workers');
  await label('Workers').scrollIntoViewIfNeeded();
  await expect(label('Rows')).not.toBeInViewport();
  await start();
  await expect(panel.getByText(/Rows must be a whole number from 1/)).toBeInViewport({ ratio: 1 });
  await expect(label('Rows')).toBeInViewport({ ratio: 1 });
});

test('a run that takes more than half of what is free is asked for', async ({ app }) => {
  const { panel, label, estimate, start, unfold } = await openPanel(app);
  await unfold('Files and workers');
  await label('Compression').selectOption('none');
  const rowsThatFit = 10_000_000;
  await label('Rows').fill(String(rowsThatFit));
  await expect(estimate).toContainText('about 9,124');
  const [, bytes = '0', unit = ''] = /On diskabout ([\d.]+) ([MG])B/.exec((await estimate.textContent()) ?? '') ?? [];
  const { bavail, bsize } = await statfs(app.workspace);
  const rows = Math.round((rowsThatFit * 0.7 * bavail * bsize) / (Number(bytes) * (unit === 'G' ? 1e9 : 1e6)));
  test.skip(rows > 1_000_000_000, 'this disk has room for any run');
  await label('Rows').fill(String(rows));
  await expect(panel.getByText(/You’ll be asked to confirm/)).toBeVisible();
  await start();
  await expect(panel.getByRole('button', { name: 'Generate anyway' })).toBeVisible();
  expect(existsSync(path.join(app.workspace, 'data/.staging'))).toBe(false);
  await panel.getByRole('button', { name: 'Generate anyway' }).click();
  await expect(app.progress('Generate')).toBeVisible();
  await app.button('Cancel').click();
  await expect(app.window.getByText('The run was cancelled and discarded.')).toBeVisible();
});

test('a run shows a lane a worker, is seen from every page, and leaves nothing when it is cancelled', async ({
  app,
}) => {
  const { window } = app;
  await app.generate({ Rows: 50_000_000, Workers: 2 });
  await expect(app.progress('Generate')).toHaveAttribute('aria-valuenow', /^[1-9]/);
  await expect(window.getByRole('list', { name: 'Workers' }).getByRole('listitem')).toHaveCount(2);
  await expect(window.getByText(/Cancelling stops the workers and discards this run/)).toBeVisible();
  await app.open('Layers');
  await expect(window.getByRole('link', { name: /Generating/ })).toContainText(/left · .+ rows\/s/);
  await window.getByRole('link', { name: /Generating/ }).click();
  await app.button('Cancel').click();
  await expect(window.getByText('The run was cancelled and discarded.')).toBeVisible();
  expect(await filesOfEvents(app.workspace)).toEqual([]);
  const staging = path.join(app.workspace, 'data/.staging');
  expect(existsSync(staging) ? readdirSync(staging) : []).toEqual([]);
});

test('from the summary to a refresh, the next days, and the same run again', async ({ app }) => {
  const { window } = app;

  await test.step('the summary says what was planted and leads to a refresh', async () => {
    const { recipe, start } = await openPanel(app);
    await recipe.fill(small);
    await start();
    await expect(window.getByText(/^Generated 20,000 events/)).toBeVisible();
    await expect(window.getByRole('list', { name: 'Planted facts' })).toContainText('2024-02-01');
    await app.button('Refresh now').click();
    await expect(window.getByText(/^Refreshed in/)).toBeVisible();
    await expect(window.getByRole('list', { name: 'First steps' })).toContainText('Explore');
    await app.button('Done').click();
    await expect(window.getByRole('list', { name: 'First steps' })).toBeHidden();
  });

  await test.step('one click adds the day after the last one', async () => {
    await app.button('Add the next day').click();
    await expect(window.getByText(/^Generated \d+ events? in/)).toBeVisible();
    const files = await filesOfEvents(app.workspace);
    expect(files.filter((file) => file.includes('date=2024-03-01'))).toHaveLength(1);
    expect(files).toHaveLength(61);
  });

  await test.step('or as many as are asked for', async () => {
    await app.button('Add several days').click();
    await window.getByLabel('Days', { exact: true }).fill('0');
    await app.button('Add').click();
    await expect(window.getByText(/Days must be a whole number from 1/)).toBeVisible();
    await window.getByLabel('Days', { exact: true }).fill('3');
    await app.button('Add').click();
    await expect.poll(async () => (await filesOfEvents(app.workspace)).length).toBe(64);
  });

  await test.step('Activity has each recipe; a run can be made again, and says that it is in already', async () => {
    await app.open('Activity');
    await window.getByText('Generated 20,000 events').click();
    const run = window.getByRole('listitem').filter({ hasText: 'Generated 20,000 events' }).first();
    await expect(run.getByText(small)).toBeVisible();
    await expect(run.getByRole('list', { name: 'Planted facts' })).toContainText('2024-02-01');
    await run.getByRole('button', { name: 'Run again' }).click();
    const panel = window.getByRole('dialog');
    await expect(panel.getByRole('textbox', { name: 'Recipe' })).toHaveValue(small);
    await expect(panel.getByText(/These exact events already exist/)).toBeVisible();
    await panel.getByRole('button', { name: 'Use another seed' }).click();
    await expect(panel.getByText(/These exact events already exist/)).toBeHidden();
    await panel.getByRole('textbox', { name: 'Recipe' }).fill(`${small} compression=zstd`);
    await expect(panel.getByText(/These exact events already exist/)).toBeVisible();
    await panel.getByLabel('Replace', { exact: true }).check();
    await expect(panel.getByText(/These exact events already exist/)).toBeHidden();
    await panel.getByRole('button', { name: 'Generate', exact: true }).click();
    // Activity, behind the panel, has the 20,000 of the first run.
    await expect(window.getByText(/^Generated 20,000 events in/)).toBeVisible();
    expect(await filesOfEvents(app.workspace)).toHaveLength(60);
  });
});
