import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { App } from '../support/app';
import { endless, run } from '../support/console';
import { expect, rest, review, reviewSizes, save as saveOf, test } from '../support/pictures';
import { cell, columnMenu, runToRows, small } from '../support/results';
import { loseWarehouse, makeWarehouse, reviewed, tab } from './pictured-states';

/*
 * For design reviews: the Console in each of its states, in addition to `review.ts`, into the folder in SCREENSHOTS.
 */

reviewed('console', async (app, save) => {
  const { window } = app;
  await makeWarehouse(app);
  await app.open('Console');
  const panel = window.getByRole('button', { name: 'Show schema, queries and history' });
  await runToRows(app, small);
  await cell(app, 2, 3).dblclick();
  await save('inspector');
  await runToRows(app, 'SELECT * FROM silver_events');
  await rest(app);
  await save('rows');
  await columnMenu(app, 'event_name', 'Profile');
  await rest(app);
  await save('profile');
  await columnMenu(app, 'user_id', 'Profile');
  await rest(app);
  await save('profile-numbers');
  await window.getByRole('complementary').getByRole('button', { name: 'Close', exact: true }).click();
  await columnMenu(app, 'event_name', 'Filter…');
  await save('filter-form');
  const form = window.getByRole('form', { name: 'Filter event_name' });
  await form.getByLabel('Value').fill('search');
  await form.getByRole('button', { name: 'Apply' }).click();
  await expect(window.getByText(/ of [\d,]+ rows/).first()).toBeVisible();
  await cell(app, 2, 2).click();
  await cell(app, 9, 3).click({ modifiers: ['Shift'] });
  await save('filtered');
  await app.result.getByRole('columnheader', { name: /^user_id / }).hover();
  await app.button('Column user_id').click();
  await save('column-menu');
  await window.keyboard.press('Escape');
  await app.button('Export').click();
  await save('export-menu');
  await window.keyboard.press('Escape');

  await runToRows(
    app,
    `SELECT date_trunc('month', event_time) AS month, event_name, count(*) AS events FROM silver_events GROUP BY ALL`,
  );
  await window.getByRole('radio', { name: 'Chart' }).click();
  await rest(app);
  await save('chart');
  await window.getByRole('combobox', { name: 'Split by' }).selectOption('event_name');
  await rest(app);
  await save('chart-split');
  await window.getByRole('radio', { name: 'Plan' }).click();
  await expect(window.getByRole('tree', { name: 'Plan' })).toBeVisible();
  await save('plan');
  await app.button('Save as metric').click();
  await save('save-metric');
  await window.keyboard.press('Escape');
  await app.button('Save').click();
  await window.getByRole('dialog').getByLabel('Name').fill('events by month');
  await save('save-query');
  await app.button('Save query').click();

  for (const [name, sql, said] of [
    ['error', 'SELECT nothing_here,\n  count(*)\nFROM silver_events', /"nothing_here" not found/],
    ['refused', "COPY (FROM silver_events) TO 'exports/mine.csv'", /isn't allowed here/],
    ['outside', "FROM read_text('/etc/passwd')", /Cannot access file/],
    ['no-rows', 'SELECT 1 AS n WHERE false', /returned no rows/],
    ['explain', 'EXPLAIN SELECT count(*) FROM silver_events', /UNGROUPED_AGGREGATE/],
  ] as const) {
    await run(app, sql);
    await expect(window.getByText(said).first()).toBeVisible();
    await save(name);
  }
  await run(app, 'FROM test_all_types()');
  await expect(app.result.getByRole('gridcell').first()).toBeVisible();
  await rest(app);
  await save('types');

  await app.writeSql('SELECT $day + $days AS next;\nSELECT 22 AS b;\nSELECT nothing;\nSELECT 44 AS d;');
  await save('parameters');
  await app.writeSql('SELECT 11 AS a;\nSELECT 22 AS b;\nSELECT nothing;\nSELECT 44 AS d;');
  await app.button('Run all').click();
  await expect(window.getByText(/"nothing" was not found/).first()).toBeVisible();
  await save('statements');
  await window.getByRole('switch', { name: 'Allow changes' }).click();
  await run(app, 'CREATE OR REPLACE TABLE notes AS FROM range(3)');
  await expect(window.getByText(/^CREATE ran in/)).toBeVisible();
  await save('changes');
  await app.button('New tab').click();
  await run(app, endless);
  await expect(window.getByRole('timer')).toBeVisible();
  await save('running');
  const pid = await app.pidOf('database');
  process.kill(pid, 'SIGSTOP');
  await app.button('Cancel').click();
  await expect(app.button('Force stop').first()).toBeVisible();
  await save('stopping');
  process.kill(pid, 'SIGCONT');
  await expect(window.getByText(/^Cancelled after/)).toBeVisible();
  await save('cancelled');

  await app.writeSql('SELECT event_ FROM silver_events');
  await window.keyboard.press('ControlOrMeta+Home');
  for (let step = 0; step < 'SELECT event_'.length; step += 1) await window.keyboard.press('ArrowRight');
  await window.keyboard.press('Control+Space');
  await expect(window.getByRole('listbox').getByText('event_name', { exact: true })).toBeVisible();
  await save('completion');
  await app.writeSql("SELECT regexp_replace('a', ");
  await expect(window.getByRole('note', { name: 'Signature of regexp_replace' })).toBeVisible();
  await save('signature');
  await app.button('Find').click();
  await save('find');
  await window.keyboard.press('Escape');

  if (await panel.isVisible()) await panel.click();
  await tab(app, 'Saved');
  await appendFile(path.join(app.workspace, 'queries/events by month.sql'), '-- changed outside\n');
  await save('saved');
  await tab(app, 'Examples');
  await save('examples');
  await tab(app, 'History');
  await save('history');
  await window.getByLabel('Search the history').fill('no such thing');
  await save('history-none');
  for (let count = 0; count < 12; count += 1) await app.button('New tab').click();
  await save('tabs');
  await loseWarehouse(app);
  await save('lost');
});

for (const [width, height] of reviewSizes) {
  test(`a query that needs too much memory at ${width}x${height}`, async ({ folder }) => {
    test.skip(review === undefined, 'SCREENSHOTS names no folder for them');
    const app = await App.launch(path.join(folder, 'user-data'), path.join(folder, 'warehouse-demo'), {
      MICRO_WAREHOUSE_MEMORY_MB: '64',
    });
    await app.resize(width, height);
    await app.open('Console');
    await run(app, 'SELECT list(range) AS l FROM range(200000000)');
    await expect(app.window.getByText('The query needs more memory than DuckDB may use.')).toBeVisible();
    await saveOf(app, 'console-memory');
    await app.close();
  });
}
