import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, filesOfEvents, test } from './support/app';

/** Runs in the page: resolves once there is a progress bar, even for one frame. Playwright checks only at intervals. */
function progressShown(): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (document.querySelector('[role=progressbar][aria-label=Generate]')) resolve();
      else requestAnimationFrame(look);
    };
    look();
  });
}

test('from an empty workspace to a chart and the answer to a query', async ({ app }) => {
  const { window, workspace } = app;

  await test.step('Generate shows its progress and writes a file for each of 1,096 days', async () => {
    const shown = window.evaluate(progressShown);
    await app.generate({ Rows: 100_000 });
    await shown;
    await expect(window.getByText(/^Generated 100,000 events/)).toBeVisible();
    const files = await filesOfEvents(workspace);
    expect(files).toHaveLength(1_096);
    expect(files.at(0)).toMatch(/^events\/date=\d{4}-\d{2}-\d{2}\/events-.+\.parquet$/);
  });

  await test.step('Refresh builds the layers, the chart and the export', async () => {
    await app.refresh();
    await access(path.join(workspace, 'micro_warehouse.duckdb'));
    expect((await stat(path.join(workspace, 'exports/gold_weekly_active_teams.parquet'))).size).toBeGreaterThan(0);
    await expect(window.getByRole('figure', { name: /weekly active teams/i })).toBeVisible();
  });

  await test.step('Partitions has every day', async () => {
    await app.open('Partitions');
    const table = window.getByRole('table', { name: 'Partitions' });
    await expect(table).toHaveAttribute('aria-rowcount', String(1_096 + 1));
    await expect(table.getByText('2025-12-31')).toBeVisible();
  });

  await test.step('Layers shows the three layers, their SQL and a preview', async () => {
    await app.open('Layers');
    await expect(window.getByText('bronze_events').first()).toBeVisible();
    await expect(window.getByText('gold_weekly_active_teams').first()).toBeVisible();
    await window.getByText('silver_events').first().click();
    await expect(window.getByText('100,000').first()).toBeVisible();
    await expect(app.result.getByRole('row').nth(1)).toBeVisible();
  });

  await test.step('Metrics draws the 158 weeks that the three years touch', async () => {
    await app.open('Metrics');
    await window.getByRole('link', { name: 'Weekly active teams' }).click();
    await expect(window.getByRole('figure', { name: /weekly active teams/i })).toBeVisible();
  });

  await test.step('Console answers', async () => {
    await app.open('Console');
    await app.writeSql('SELECT count(*) FROM silver_events');
    await app.button('Run').click();
    await expect(app.result.getByRole('gridcell', { name: /100[,.\u202f ]?000/ })).toBeVisible();
  });

  await test.step('Activity has the run and the refresh', async () => {
    await app.open('Activity');
    await expect(window.getByText('Generated 100,000 events')).toBeVisible();
    await expect(window.getByText('Refresh 1')).toBeVisible();
  });
});
