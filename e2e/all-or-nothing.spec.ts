import { execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { seededRandom } from '../src/engine/testing/seeded-random';
import { App, expect, filesOfEvents, test } from './support/app';

/*
 * A run of the window is complete or absent, whichever of its processes is killed, and whenever. Many more kills, of
 * the command line, are in src/cli/kill.test.ts.
 */

const days = 1_096;
const rows = 20_000;
const kills = 10;
const recipe = (seed: number, size = rows) =>
  `mw1 realistic rows=${size} days=2023-01-01..2025-12-31 users=500 teams=20 seed=${seed}`;

const cli = path.resolve('out/main/cli.js');

async function startRun(app: App, line: string, mode: 'Append' | 'Replace'): Promise<void> {
  await app.button('Generate').first().click();
  const panel = app.window.getByRole('dialog', { name: 'Generate events' });
  await panel.getByRole('textbox', { name: 'Recipe' }).fill(line);
  if (mode === 'Replace') await panel.getByLabel(mode, { exact: true }).check();
  await panel.getByRole('button', { name: 'Generate', exact: true }).click();
}

/** The journal exists from the start of a commit to its end. */
function isCommitting(workspace: string): boolean {
  const staging = path.join(workspace, 'data/.staging');
  try {
    return readdirSync(staging).some((run) => existsSync(path.join(staging, run, 'journal.json')));
  } catch {
    // No staging folder, or no longer.
    return false;
  }
}

/** Resolves in the middle of a commit, or once it is over. */
async function commitBegins(workspace: string, ended: Promise<unknown>): Promise<void> {
  let over = false;
  const stop = () => (over = true);
  void ended.then(stop, stop);
  while (!over && !isCommitting(workspace)) await new Promise(setImmediate);
}

/** Files and rows as bronze reads them. */
async function stateOf(workspace: string): Promise<{ files: string[]; rows: number }> {
  const files = (await filesOfEvents(workspace)).toSorted();
  if (files.length === 0) return { files, rows: 0 };
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(
    `SELECT count(*), count(properties) FROM read_parquet('${workspace}/data/events/date=*/events-*.parquet')`,
  );
  instance.closeSync();
  return { files, rows: Number(reader.getRowsJson()[0]?.[0]) };
}

function leftOver(workspace: string): string[] {
  return readdirSync(path.join(workspace, 'data')).filter((name) => !['events', 'runs.jsonl'].includes(name));
}

test('all or nothing of a run is there after the app was killed', async ({ folder }) => {
  test.setTimeout(400_000);
  const random = seededRandom('kills of the window');
  const workspace = path.join(folder, 'workspace');
  await mkdir(workspace);
  const launch = () => App.launch(path.join(folder, 'user-data'), workspace);
  let app = await launch();
  await startRun(app, recipe(0), 'Append');
  await expect(app.window.getByText(/^Generated 20,000 events/)).toBeVisible();
  let before = await stateOf(workspace);
  const outcomes = { before: 0, after: 0 };
  let inCommits = 0;
  for (let kill = 1; kill <= kills || inCommits < 3; kill += 1) {
    expect(kill, 'kills until three have met a commit').toBeLessThan(3 * kills);
    const replaces = kill % 2 === 0;
    const main = app.electron.process();
    const ended = new Promise((resolve) => main.once('exit', resolve));
    await startRun(app, recipe(kill), replaces ? 'Replace' : 'Append');
    const waits = kill % 4 > 1;
    if (waits) await commitBegins(workspace, app.window.getByText(/^Generated 20,000 events/).waitFor());
    await sleep(random.below(waits ? 60 : 1_500));
    main.kill('SIGKILL');
    await ended;
    const inCommit = isCommitting(workspace);
    if (inCommit) inCommits += 1;

    app = await launch();
    await expect.poll(() => leftOver(workspace), `after kill ${kill}`).toEqual([]);
    const now = await stateOf(workspace);
    const isBefore = now.files.join() === before.files.join();
    outcomes[isBefore ? 'before' : 'after'] += 1;
    // Once its journal is written, a run is finished, not undone.
    expect(inCommit && isBefore).toBe(false);
    const kept = now.files.filter((file) => before.files.includes(file)).length;
    if (!isBefore) {
      expect(kept).toBe(replaces ? 0 : before.files.length);
      expect(now.files.length - kept).toBe(days);
    }
    expect(now.rows).toBe(isBefore ? before.rows : (replaces ? 0 : before.rows) + rows);
    before = now;
  }
  expect(outcomes.after).toBeGreaterThan(0);
  await app.refresh();
  await app.close();
});

test('a generator process that is killed ends the run, and says so', async ({ app }) => {
  const random = seededRandom('kills of a generator process');
  for (let kill = 0; kill < 3; kill += 1) {
    await startRun(app, recipe(kill, 20_000_000), 'Append');
    await expect(app.progress('Generate')).toHaveAttribute('aria-valuenow', /^[1-9]/);
    await sleep(random.below(500));
    process.kill(await app.pidOf('generator'), 'SIGKILL');
    await expect(app.window.getByText(/A generator process stopped unexpectedly/).first()).toBeVisible();
    await expect(app.progress('Generate')).toBeHidden();
    expect(await filesOfEvents(app.workspace)).toEqual([]);
    expect(leftOver(app.workspace)).toEqual([]);
  }
});

test('of two runs at once, the second is told who is at work', async ({ app }) => {
  const many = ['generate', '--rows', '50000000', '--workspace', app.workspace];
  await test.step('the window holds the workspace', async () => {
    await startRun(app, recipe(1, 50_000_000), 'Append');
    await expect(app.progress('Generate')).toHaveAttribute('aria-valuenow', /^[1-9]/);
    const said = await new Promise<string>((resolve) =>
      execFile(process.execPath, [cli, ...many], (_error, _stdout, stderr) => resolve(stderr)),
    );
    const { pid } = app.electron.process();
    expect(said).toContain(`Another run is writing to this workspace: the window (process ${pid}).`);
    await app.button('Cancel').click();
    await expect(app.window.getByText('The run was cancelled and discarded.')).toBeVisible();
  });
  await test.step('the command line holds it', async () => {
    const child = spawn(process.execPath, [cli, ...many], { stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await new Promise<void>((resolve) =>
      child.stderr.on('data', (text) => String(text).includes('Writing') && resolve()),
    );
    await startRun(app, recipe(1), 'Append');
    await expect(app.window.getByText(`the command line (process ${child.pid})`, { exact: false })).toBeVisible();
    await expect.poll(() => app.pidsOf('generator'), 'those that had begun to load are gone').toEqual([]);
    child.kill('SIGINT');
    await ended;
    expect(await filesOfEvents(app.workspace)).toEqual([]);
  });
});
