import { cp, mkdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { TrinoClient } from '../src/engine/trino/client';
import { expectCancelled } from '../src/engine/trino/testing/cancelled';
import { App, expect, test } from './support/app';
import { editor, run as runQuery } from './support/console';

const run = process.env['MICRO_WAREHOUSE_TEST_CLUSTER'] ?? '';

const clusterSchema = z.object({ server: z.string(), data: z.string() });

/** What `scripts/cluster` has written about the cluster that it started. */
async function runningCluster() {
  return clusterSchema.parse(JSON.parse(await readFile(path.join(run, 'cluster.json'), 'utf8')));
}

/** Enters the cluster in Settings; leaves the dialog open. @param name of the data and schemas */
async function enterCluster(app: App, server: string, name: string) {
  await app.button('Settings').click();
  const dialog = app.window.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('tab', { name: 'Cluster' }).click();
  const fields = {
    Server: server,
    User: 'micro',
    Password: 'secret',
    'Certificate authority (PEM file)': path.join(run, 'https.crt'),
    'Catalog of the events (Hive)': 'lake',
    'Schema of the events': `events_${name}`,
    'Catalog of the results (Iceberg)': 'warehouse',
    'Schema of the results': `results_${name}`,
    'Location of the events': `local:///${name}/data/events`,
  };
  for (const [label, value] of Object.entries(fields)) await dialog.getByLabel(label, { exact: true }).fill(value);
  return dialog;
}

async function save(app: App): Promise<void> {
  const dialog = app.window.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText(/^Saved\./)).toBeVisible();
  await app.window.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
}

/** Starts a full refresh on the cluster, and waits until it computes there. */
async function startFullRefresh(app: App): Promise<void> {
  const dismiss = app.button('Dismiss');
  if (await dismiss.isVisible()) await dismiss.click();
  await app.choose('More refresh options', /^Full refresh/);
  await expect(app.window.getByText(/\d of \d+ splits?/).first()).toBeVisible({ timeout: 60_000 });
}

test.skip(run === '', 'Run by npm run test:cluster, which has a cluster.');

test('a cluster is connected, refreshed and queried, and a window that is killed loses nothing', async ({ folder }) => {
  test.setTimeout(900_000);
  const { server, data } = await runningCluster();
  const host = server.replace('https://', '');
  // Another one when the test is tried again.
  const name = `window_${Date.now()}`;
  const userData = path.join(folder, 'user-data');
  const workspace = path.join(folder, 'workspace');
  await mkdir(workspace);
  const app = await App.launch(userData, workspace);
  const { window } = app;
  const ca = await readFile(path.join(run, 'https.crt'), 'utf8');
  const client = new TrinoClient({ server, user: 'micro', password: 'secret', ca });

  await test.step('is connected and set up', async () => {
    // The events are where the cluster sees them, and no longer in the workspace.
    await app.generate({ Rows: 5_000, Start: '2025-01-01', End: '2025-01-10' });
    await expect(window.getByText(/^Generated 5,000 events/)).toBeVisible();
    const events = path.join(workspace, 'data', 'events');
    await cp(events, path.join(data, name, 'data', 'events'), { recursive: true });
    await rename(events, path.join(folder, 'moved'));
    const dialog = await enterCluster(app, server, name);
    await dialog.getByRole('button', { name: 'Set up…' }).click();
    await dialog.getByRole('button', { name: /^Run \d+ statements$/ }).click();
    await expect(dialog.getByText('The cluster is set up.')).toBeVisible({ timeout: 120_000 });
    await dialog.getByRole('button', { name: 'Test connection' }).click();
    await expect(dialog.getByText(/^Connected to Trino \d+, 2 workers\.$/)).toBeVisible({ timeout: 60_000 });
    await expect(dialog.getByRole('list', { name: 'Connection' }).getByRole('img', { name: 'yes' })).toHaveCount(4);
    await save(app);
  });

  await test.step('refreshes, and its gold is shown', async () => {
    await app.button(`Refresh on ${host}`).first().click();
    await expect(window.getByText(/\d of \d+ splits?/).first()).toBeVisible({ timeout: 60_000 });
    await expect(window.getByText(/^Refreshed in/)).toBeVisible({ timeout: 300_000 });
    await expect(window.getByText(new RegExp(`^Refresh 1 on ${host}`)).first()).toBeVisible();
    await expect(window.getByLabel('Numbers')).toContainText('5,000');
    await app.open('Metrics');
    await window.getByRole('link', { name: 'Weekly active teams', exact: true }).first().click();
    await expect(window.getByRole('figure', { name: 'Weekly active teams' })).toBeVisible();
  });

  await test.step('stops a refresh within a second, which leaves what is here', async () => {
    await app.open('Overview');
    await startFullRefresh(app);
    const at = Date.now();
    await app.button('Cancel').click();
    await expect(window.getByText('The refresh was cancelled.')).toBeVisible();
    await expectCancelled('a refresh in the window', client, at, Date.now() - at);
    await expect(window.getByLabel('Numbers')).toContainText('5,000');
  });

  await test.step('runs a query in a tab, and stops one within a second', async () => {
    await app.open('Console');
    await window.getByRole('radio', { name: 'Cluster', exact: true }).click();
    await runQuery(app, 'SELECT count(*) AS n FROM silver_events');
    await expect(app.result.getByRole('gridcell', { name: '5000', exact: true })).toBeVisible({ timeout: 60_000 });
    await runQuery(app, 'SELECT\n  nothing FROM silver_events');
    await expect(window.getByText("Column 'nothing' cannot be resolved").first()).toBeVisible({ timeout: 60_000 });
    await expect(editor(app).locator('.cm-lintRange-error')).toHaveText('nothing');
    const many = (alias: string) => `UNNEST(sequence(1, 10000)) AS ${alias}(${alias}_n)`;
    await runQuery(app, `SELECT count(*) FROM ${['a', 'b', 'c'].map(many).join(' CROSS JOIN ')}`);
    await expect(window.getByText(/^\d+ of \d+$/).first()).toBeVisible({ timeout: 60_000 });
    const at = Date.now();
    await app.button('Cancel').click();
    await expect(window.getByText(/^Cancelled after/)).toBeVisible();
    await expectCancelled('a query in the window', client, at, Date.now() - at);
  });

  await test.step('is killed during a refresh, and the next one goes on', async () => {
    await app.open('Overview');
    await startFullRefresh(app);
    const ended = app.electron.waitForEvent('close');
    app.electron.process().kill('SIGKILL');
    await ended;
    const again = await App.launch(userData, workspace);
    await expect(again.window.getByLabel('Numbers')).toContainText('5,000');
    // Without a key store of the system the password is forgotten with the window.
    await enterCluster(again, server, name);
    await save(again);
    await again.button(`Refresh on ${host}`).first().click();
    await expect(again.window.getByText(/^Refreshed in/)).toBeVisible({
      timeout: 300_000,
    });
    await expect(again.window.getByLabel('Numbers')).toContainText('5,000');
    expect(again.complaints).toEqual([]);
    await again.close();
  });
  await client.close();
});
