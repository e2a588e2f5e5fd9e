import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fakeCluster, type FakeCluster } from '../src/engine/trino/testing/fake-cluster';
import { status } from '../src/engine/trino/testing/fake-trino';
import { App, expect, test } from './support/app';
import { expectAccessible } from './support/axe';
import { refreshElsewhere, setCluster } from './support/cluster';
import { expectCell, run } from './support/console';

const eventColumns = ['event_time', 'user_id bigint', 'event_name', 'date date'];
const event = ['2025-01-07 10:00:00', null, 'page_view', '2025-01-07'];

const rowsOf = (text: string) => ({ columns: eventColumns, rows: [[text, ...event.slice(1)]] });

const cluster = () =>
  fakeCluster({
    'FROM "silver_events" LIMIT 1000': { endless: true },
    'FROM "silver_purchases"': rowsOf('of purchases'),
    'FROM "bronze_events" LIMIT 1000': rowsOf('of bronze'),
    'FROM "silver_events"': rowsOf('behind a point'),
    "WHERE date = DATE '2025-01-07'\nLIMIT 1000": rowsOf('of the day'),
    'cardinality(map_keys': rowsOf('not valid'),
    'user_id IS NULL': rowsOf('without a user'),
  });

async function launch(folder: string, server: FakeCluster, setting: { address: string } | null = server): Promise<App> {
  const workspace = setting ? await setCluster(folder, setting) : path.join(folder, 'workspace');
  await refreshElsewhere(workspace, server.address);
  return App.launch(path.join(folder, 'user-data'), workspace);
}

test('rows that are only on the cluster are fetched when asked for', async ({ folder }) => {
  const server = await cluster();
  const app = await launch(folder, server);
  const { window } = app;
  const host = new URL(server.address).host;
  const preview = window.getByRole('tabpanel', { name: 'Preview' });
  const models = window.getByRole('navigation', { name: 'Models' });
  const model = (name: string) => models.getByRole('link', { name, exact: true }).click();

  await test.step('a preview asks first, shows progress and can be cancelled', async () => {
    await app.open('Layers');
    await model('silver_events');
    await expect(preview.getByText(`The rows are on ${host}`)).toBeVisible();
    await expectAccessible(window, 'a preview of rows on the cluster');
    expect(server.statements).toEqual([]);
    await preview.getByRole('button', { name: 'Fetch rows' }).click();
    await expect(preview.getByText('7 of 40')).toBeVisible();
    await preview.getByRole('button', { name: 'Cancel' }).click();
    await expect(preview.getByText(/^Cancelled after/)).toBeVisible();
    await expect.poll(server.cancelled).toBe(1);
    await model('bronze_events');
    await preview.getByRole('button', { name: 'Fetch rows' }).click();
    await expectCell(app, 'of bronze');
  });

  await test.step('its statement opens in a tab of the cluster; that of gold in a local one', async () => {
    await preview.getByRole('button', { name: 'Show SQL' }).click();
    await expect(window.getByText(`Read-only Trino SQL on ${host}`)).toBeVisible();
    await app.open('Layers');
    await model('gold_daily_revenue');
    await preview.getByRole('button', { name: 'Show SQL' }).click();
    await expect(window.getByText('DuckDB SQL on this machine')).toBeVisible();
  });

  await test.step('rows that fail a check are found by its Trino text', async () => {
    await app.open('Layers');
    await model('bronze_events');
    await window.getByRole('tab', { name: /^Checks/ }).click();
    await window.getByRole('button', { name: /properties_valid/ }).click();
    const panel = window.getByRole('dialog');
    await expectCell(app, 'not valid');
    await expect(panel.getByText(/1 row · 4 columns/)).toBeVisible();
    await panel.getByRole('button', { name: 'Open in console' }).click();
    await expect(window.getByText(`Read-only Trino SQL on ${host}`)).toBeVisible();
    await expect(window.getByRole('textbox', { name: 'SQL', exact: true })).toContainText('cardinality(map_keys');
  });

  await test.step('a check whose tables came home is read here', async () => {
    await app.open('Layers');
    const sent = server.statements.length;
    await window.getByRole('button', { name: /no_missing_day/ }).click();
    await expect(window.getByRole('dialog').getByText(/6 rows · 2 columns/)).toBeVisible();
    expect(server.statements).toHaveLength(sent);
    await window.keyboard.press('Escape');
  });

  await test.step('rows of a day, and those behind a point of a chart', async () => {
    await app.open('Partitions');
    await window.getByRole('gridcell', { name: /2025-01-07:/ }).click();
    await window.keyboard.press('Enter');
    await window.getByRole('tab', { name: 'Preview' }).click();
    await window.getByRole('button', { name: 'Fetch rows' }).click();
    await expectCell(app, 'of the day');
    await app.button('Open in console').click();
    await expect(window.getByRole('textbox', { name: 'SQL', exact: true })).toContainText("date = DATE '2025-01-07'");
    await expect(window.getByText(`Read-only Trino SQL on ${host}`)).toBeVisible();
  });
  await app.close();

  await test.step('without the cluster, everything that came home is there, and the rest says why it is not', async () => {
    await server.close();
    const offline = await App.launch(path.join(folder, 'user-data'), app.workspace);
    for (const page of ['Overview', 'Partitions', 'Metrics', 'Layers', 'Activity'] as const) {
      await offline.open(page);
      await expect(offline.window.getByRole('alert')).toHaveCount(0);
    }
    await offline.open('Layers');
    await offline.window
      .getByRole('navigation', { name: 'Models' })
      .getByRole('link', { name: 'bronze_events', exact: true })
      .click();
    await offline.window.getByRole('tab', { name: 'Preview' }).click();
    await offline.button('Fetch rows').click();
    await expect(offline.window.getByRole('alert')).toContainText(
      `The cluster at ${server.address} can't be reached.`,
      {
        timeout: 60_000,
      },
    );
    await offline.close();
  });
});

test('a workspace from somebody else does not lead the app to its cluster', async ({ folder }) => {
  const [own, other] = [await cluster(), await fakeCluster({ SELECT: status(500) })];
  // Settings are read from the user's own data, not from a file that a workspace brings.
  await mkdir(path.join(folder, 'workspace'), { recursive: true });
  const brought = { settings: { server: other.address, user: 'ann', signIn: 'none' }, on: 'cluster', secret: null };
  await writeFile(path.join(folder, 'workspace', 'cluster.json'), JSON.stringify(brought));
  const app = await launch(folder, other, own);
  const { window } = app;
  await app.open('Layers');
  await window
    .getByRole('navigation', { name: 'Models' })
    .getByRole('link', { name: 'silver_events', exact: true })
    .click();
  await expect(window.getByText('The rows are on a cluster')).toBeVisible();
  await expect(window.getByText(new RegExp(`but Settings, Cluster, has ${new URL(own.address).host}`))).toBeVisible();
  await expect(app.button('Fetch rows')).toHaveCount(0);
  await window.getByRole('link', { name: 'bronze_events', exact: true }).first().click();
  await window.getByRole('tab', { name: /^Checks/ }).click();
  await window.getByRole('button', { name: /user_is_known/ }).click();
  await expect(window.getByRole('dialog').getByText('The rows are on a cluster')).toBeVisible();
  expect([...own.seen, ...other.seen]).toEqual([]);
  await app.close();
  await Promise.all([own.close(), other.close()]);
});

test('what runs on the cluster ends with its workspace, and with the app', async ({ folder }) => {
  const server = await fakeCluster({ '': { endless: true } });
  const app = await launch(folder, server);
  const { window } = app;
  const change = async (to: string) => {
    await app.electron.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    }, to);
    await app.open('Overview');
    await app.button('Change workspace…').click();
    await expect(window.getByText(path.basename(to), { exact: true }).first()).toBeVisible();
  };
  await app.open('Console');
  await window.getByRole('radio', { name: 'Cluster', exact: true }).click();
  await run(app, "SELECT 'slow'");
  await expect(window.getByText('7 of 40')).toBeVisible();

  await change(path.join(folder, 'second-warehouse'));
  await expect.poll(server.cancelled, 'the query of the workspace that was left').toBeGreaterThan(0);
  await expect(app.button('Refresh').first()).toBeVisible();
  const sent = server.statements.length;
  await app.open('Console');
  await expect(window.getByRole('radio', { name: 'Cluster', exact: true })).toHaveCount(0);
  expect(server.statements, 'the other workspace has no cluster').toHaveLength(sent);

  await change(app.workspace);
  await app
    .button(`Refresh on ${new URL(server.address).host}`)
    .first()
    .click();
  await expect(app.progress('Refresh')).toBeVisible();
  await expect.poll(() => server.statements.length).toBeGreaterThan(sent);
  const before = server.cancelled();
  await app.close();
  await expect.poll(server.cancelled, 'the refresh of the app that was closed').toBeGreaterThan(before);
  await server.close();
});
