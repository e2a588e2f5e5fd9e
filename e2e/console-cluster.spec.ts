import path from 'node:path';
import { fakeCluster } from '../src/engine/trino/testing/fake-cluster';
import { App, expect, test } from './support/app';
import { expectAccessible } from './support/axe';
import { editor, expectCell, run, tabList } from './support/console';
import { setCluster } from './support/cluster';

const plan = `Trino version: 476
Queued: 1.35ms, Analysis: 2.79ms, Planning: 1.14s, Execution: 2.20s
Fragment 1 [SINGLE]
    CPU: 1.97ms, Scheduled: 3.88ms, Blocked 2.25s (Input: 1.50s, Output: 0.00ns), Input: 3 rows (54B)
    TopN[count = 5, orderBy = [count DESC NULLS LAST]]
    │   CPU: 1.00ms (1.72%), Scheduled: 1.00ms (0.17%), Blocked: 0.00ns (0.00%), Output: 3 rows (54B)
    └─ TableScan[table = iceberg:micro_warehouse.silver_events]
           CPU: 9.00ms (9.72%), Scheduled: 1.00ms (0.17%), Blocked: 0.00ns (0.00%), Output: 7 rows (54B)`;

const trino = () =>
  fakeCluster({
    'EXPLAIN ANALYZE': { columns: ['Query Plan'], rows: plan.split('\n').map((line) => [line]) },
    'SHOW FUNCTIONS': {
      columns: ['Function', 'Return Type', 'Argument Types'],
      rows: [['approx_distinct', 'bigint', 'T']],
    },
    'SHOW CATALOGS': { columns: ['Catalog'], rows: [['hive'], ['iceberg']] },
    'SHOW SCHEMAS FROM "hive"': { columns: ['Schema'], rows: [['web_shop']] },
    'SHOW SCHEMAS FROM "iceberg"': { columns: ['Schema'], rows: [['micro_warehouse']] },
    'SHOW TABLES FROM "iceberg"."micro_warehouse"': { columns: ['Table'], rows: [['silver_events']] },
    'SHOW COLUMNS': { columns: ['Column', 'Type'], rows: [['user_id', 'bigint']] },
    "'slow'": { endless: true },
    nothing: { mistake: "Column 'nothing' cannot be resolved", line: 2, column: 3 },
    'count(*) AS rows': { columns: ['rows bigint'], rows: [[1_234]] },
    'FROM silver_events LIMIT 10': { columns: ['event_name'], rows: [['previewed']] },
    numbers: { numbers: 150_000 },
  });

/** Runs in the page, so that the time which the test needs for its own click and looks isn't counted. */
function timeFromClickTo(text: string): Promise<number> {
  return new Promise((resolve) => {
    document.addEventListener(
      'click',
      ({ timeStamp }) => {
        const look = () => {
          if (document.body.textContent.includes(text)) resolve(performance.now() - timeStamp);
          else requestAnimationFrame(look);
        };
        look();
      },
      { capture: true, once: true },
    );
  });
}

test('a tab runs Trino SQL on the cluster', async ({ folder }) => {
  const cluster = await trino();
  const workspace = await setCluster(folder, cluster);
  const userData = path.join(folder, 'user-data');
  const app = await App.launch(userData, workspace);
  const { window } = app;
  await app.open('Console');
  const host = new URL(cluster.address).host;

  await test.step('is chosen, and told without colour', async () => {
    await expect(window.getByText('DuckDB SQL on this machine')).toBeVisible();
    await window.getByRole('radio', { name: 'Cluster', exact: true }).click();
    await expect(window.getByText(`Read-only Trino SQL on ${host}`)).toBeVisible();
    await expect(tabList(app).getByRole('tab', { name: 'Cluster Query' })).toBeVisible();
    await expect(window.getByRole('switch', { name: 'Allow changes' })).toHaveCount(0);
  });

  await test.step('shows progress, and cancels within a second', async () => {
    await run(app, "SELECT 'slow'");
    await expect(window.getByText('7 of 40')).toBeVisible();
    await expect(window.getByText('1,234,567')).toBeVisible();
    await expectAccessible(window, 'a query that runs on the cluster');
    const elapsed = window.evaluate(timeFromClickTo, 'Cancelled after');
    await app.button('Cancel').click();
    await expect(window.getByText(/^Cancelled after/)).toBeVisible();
    expect(await elapsed, 'milliseconds from the click to the answer').toBeLessThan(1_000);
    await expect.poll(cluster.cancelled).toBe(1);
  });

  await test.step('marks a mistake where the cluster found it', async () => {
    await run(app, 'SELECT\n  nothing');
    await expect(app.window.getByText("Column 'nothing' cannot be resolved").first()).toBeVisible();
    await expect(editor(app).locator('.cm-lintRange-error')).toHaveText('nothing');
  });

  await test.step('refuses anything but queries before it is sent', async () => {
    const sent = cluster.statements.length;
    await run(app, 'DROP TABLE silver_events');
    await expect(window.getByText("DROP isn't a query.").first()).toBeVisible();
    expect(cluster.statements).toHaveLength(sent);
  });

  await test.step('fetches the first rows, and more when asked', async () => {
    await run(app, 'SELECT n FROM numbers');
    await expect(window.getByText(/^The first 100,000 rows; the cluster has more/)).toBeVisible();
    await expectAccessible(window, 'the first rows of a query on the cluster');
    const header = app.result.getByRole('columnheader', { name: /^n BIGINT/ });
    await header.click();
    await header.click();
    await expect(header).toHaveAttribute('aria-sort', 'descending');
    await expectCell(app, '99999');
    await app.button('Fetch more').click();
    await expect(window.getByText(/^150,000 rows · 1 column/)).toBeVisible();
    await expect(app.button('Fetch more')).toHaveCount(0);
    await expect(header, 'the sort is kept').toHaveAttribute('aria-sort', 'descending');
    await expectCell(app, '149999');
    await window.getByRole('textbox', { name: 'Go to row' }).fill('150000');
    await window.keyboard.press('Enter');
    await expectCell(app, '0');
    await expect(app.button('Save as metric')).toHaveCount(0);
  });

  await test.step('shows the plan, and its text', async () => {
    await window.getByRole('radio', { name: 'Plan' }).click();
    await expect(window.getByRole('tree', { name: 'Plan' }).getByText('TableScan')).toBeVisible();
    await window.getByRole('radio', { name: 'Text', exact: true }).click();
    await expect(window.getByLabel('Plan', { exact: true }).getByText('Trino version: 476')).toBeVisible();
  });

  await test.step('lists what the server has, and reads what is unfolded', async () => {
    await window.getByRole('tab', { name: 'Schema', exact: true }).click();
    const tree = window.getByRole('tree', { name: 'Schema' });
    const line = (name: string) => tree.getByRole('treeitem', { name });
    await expect(line('silver_events')).toBeVisible();
    await expect(line('web_shop')).toHaveCount(0);
    await line('hive').click();
    await expect(line('web_shop')).toBeVisible();
    await expectAccessible(window, 'the schema tree of a cluster');
    await line('silver_events').click({ button: 'right' });
    await window.getByRole('menuitem', { name: 'Count' }).click();
    await expectCell(app, '1234');
    await expect(window.getByText(`Read-only Trino SQL on ${host}`)).toBeVisible();
    await line('silver_events').focus();
    await tree.press(' ');
    await expect(window.getByRole('region', { name: 'Preview of silver_events' }).getByText('previewed')).toBeVisible();
    await tree.press('Escape');
  });

  await test.step('completes functions and names of the server, and nothing of DuckDB', async () => {
    const options = window.getByRole('listbox').getByRole('option');
    await app.writeSql('SELECT approx');
    await expect(options.filter({ hasText: 'approx_distinct' })).toBeVisible();
    await app.writeSql('SELECT * FROM hive');
    await editor(app).press('.');
    await expect(options).toHaveText('web_shopschema');
    await app.writeSql('SELECT read_parq');
    await expect(window.getByRole('listbox')).toHaveCount(0);
    await app.writeSql('SELECT 1');
  });
  await app.close();

  await test.step('stays a cluster tab after a restart; others are local', async () => {
    const again = await App.launch(userData, workspace);
    await again.open('Console');
    await expect(again.window.getByText(`Read-only Trino SQL on ${host}`)).toBeVisible();
    await again.button('New tab').click();
    await expect(again.window.getByText('DuckDB SQL on this machine')).toBeVisible();
    await run(again, 'SELECT 7 AS seven');
    await expectCell(again, '7');
    await again.close();
  });
  await cluster.close();
});
