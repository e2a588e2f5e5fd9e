import { cp, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { expect, test } from './support/app';

const run = process.env['MICRO_WAREHOUSE_TEST_CLUSTER'] ?? '';

const clusterSchema = z.object({ server: z.string(), data: z.string() });

/** What `scripts/cluster` has written about the cluster that it started. */
async function runningCluster() {
  return clusterSchema.parse(JSON.parse(await readFile(path.join(run, 'cluster.json'), 'utf8')));
}

test.skip(run === '', 'Run by npm run test:cluster, which has a cluster.');

test('a cluster is connected, refreshes the workspace, and its gold is shown', async ({ app }) => {
  test.setTimeout(600_000);
  const { server, data } = await runningCluster();
  const host = server.replace('https://', '');

  // The events are where the cluster sees them, and no longer in the workspace.
  await app.generate({ Rows: 5_000, Start: '2025-01-01', End: '2025-01-10' });
  await expect(app.window.getByText(/^Generated 5,000 events/)).toBeVisible();
  await cp(path.join(app.workspace, 'data', 'events'), path.join(data, 'window', 'data', 'events'), {
    recursive: true,
  });
  await rename(path.join(app.workspace, 'data', 'events'), path.join(app.workspace, '..', 'moved'));

  await app.button('Settings').click();
  const dialog = app.window.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('tab', { name: 'Cluster' }).click();
  const fields = {
    Server: server,
    User: 'micro',
    Password: 'secret',
    'Certificate authority (PEM file)': path.join(run, 'https.crt'),
    'Catalog of the events (Hive)': 'lake',
    'Schema of the events': 'events_window',
    'Catalog of the results (Iceberg)': 'warehouse',
    'Schema of the results': 'results_window',
    'Location of the events': 'local:///window/data/events',
  };
  for (const [label, value] of Object.entries(fields)) await dialog.getByLabel(label, { exact: true }).fill(value);
  await dialog.getByRole('button', { name: 'Set up…' }).click();
  await dialog.getByRole('button', { name: /^Run \d+ statements$/ }).click();
  await expect(dialog.getByText('The cluster is set up.')).toBeVisible({ timeout: 120_000 });
  await dialog.getByRole('button', { name: 'Test connection' }).click();
  await expect(dialog.getByText(/^Connected to Trino \d+, 2 workers\.$/)).toBeVisible({ timeout: 60_000 });
  await expect(dialog.getByRole('list', { name: 'Connection' }).getByRole('img', { name: 'yes' })).toHaveCount(4);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText(/^Saved\./)).toBeVisible();
  await app.window.keyboard.press('Escape');

  await app.button(`Refresh on ${host}`).first().click();
  await expect(app.window.getByText(/\d of \d+ splits?/).first()).toBeVisible({ timeout: 60_000 });
  await expect(app.window.getByText(/^Refreshed in/)).toBeVisible({ timeout: 300_000 });
  await expect(app.window.getByText(new RegExp(`^Refresh 1 on ${host}`)).first()).toBeVisible();
  await expect(app.window.getByLabel('Numbers')).toContainText('5,000');

  await app.open('Metrics');
  await app.window.getByRole('link', { name: 'Weekly active teams', exact: true }).first().click();
  await expect(app.window.getByRole('figure', { name: 'Weekly active teams' })).toBeVisible();
  await app.open('Layers');
  await app.window.getByRole('link', { name: 'silver_events', exact: true }).first().click();
  await expect(app.window.getByText('The rows are on the cluster')).toBeVisible();

  // A second one is stopped within a second and leaves what is here.
  await app.open('Overview');
  await app.button('Dismiss').click();
  await app.choose('More refresh options', /^Full refresh/);
  await expect(app.window.getByText(/\d of \d+ splits?/).first()).toBeVisible({ timeout: 60_000 });
  await app.button('Cancel').click();
  await expect(app.window.getByText('The refresh was cancelled.')).toBeVisible({ timeout: 3_000 });
  await expect(app.window.getByLabel('Numbers')).toContainText('5,000');
});
