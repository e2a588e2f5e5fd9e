import { expect, rest } from '../support/pictures';
import { addModel, hash, held, loseWarehouse, makeWarehouse, reviewed, tab } from './pictured-states';

/*
 * For design reviews: Layers and Metrics in each of their states, in addition to `review.ts`, into the folder in
 * SCREENSHOTS.
 */

reviewed('layers', async (app, save) => {
  const { window } = app;
  await makeWarehouse(app);
  await app.open('Layers');
  await tab(app, 'Preview');
  await rest(app);
  await save('preview');
  await tab(app, 'Checks');
  await save('checks');
  await window.getByRole('button', { name: /user_is_known/ }).click();
  await rest(app);
  await save('checks-rows');
  await tab(app, 'SQL');
  await expect(window.getByLabel('SQL of bronze_events')).toBeVisible();
  await hash(app, 'layers/gold_weekly_active_users');
  await save('sql');
  await tab(app, 'Columns');
  await rest(app);
  await save('columns-gold');
  await hash(app, 'layers/silver_events');
  await rest(app);
  await window.getByRole('button', { name: 'Profile of event_name', exact: true }).click();
  await save('profile');
  await held(app, async () => {
    await hash(app, 'layers/bronze_events');
    await save('columns-loading');
    await tab(app, 'Preview');
    await save('preview-loading');
    await tab(app, 'Checks');
    await save('checks-loading');
  });
  await tab(app, 'Preview');
  await rest(app);

  await window.getByLabel('Team to trace').fill('34');
  await held(app, async () => {
    await app.button('Trace').click();
    await save('trace-loading');
  });
  await rest(app);
  for (const model of ['bronze_events', 'gold_weekly_active_teams', 'gold_team_retention']) {
    await hash(app, `layers/${model}`);
    await rest(app);
    await save(`trace-${model}`);
  }
  await app.button('Stop tracing').click();

  await addModel(
    app,
    'gold_mine',
    'SELECT event_time::DATE AS day, count(*) AS events FROM silver_events GROUP BY ALL',
  );
  await addModel(app, 'gold_odd', 'SELECT event_time::DATE AS day, nothing AS n FROM silver_events');
  await app.open('Overview');
  await app.button('Refresh').first().click();
  await expect(window.getByText(/gold_odd/).first()).toBeVisible({ timeout: 60_000 });
  await expect(app.progress('Refresh')).toHaveCount(0);
  await hash(app, 'layers/gold_odd');
  await rest(app);
  await save('broken');
  await loseWarehouse(app);
  await save('lost');
  await hash(app, 'layers/silver_events');
  await save('lost-other');
});

reviewed('metrics', async (app, save) => {
  const { window } = app;
  await makeWarehouse(app);
  await app.open('Metrics');
  await rest(app);
  await save('metrics-home');
  for (const metric of [
    'daily_active_users',
    'daily_revenue',
    'monthly_stickiness',
    'team_retention',
    'top_teams',
    'weekly_active_teams',
    'weekly_active_users',
    'weekly_events_by_type',
    'weekly_purchase_funnel',
  ]) {
    await hash(app, `metrics/gold_${metric}`);
    await rest(app);
    await save(metric);
  }
  await window.getByRole('radio', { name: 'Over time' }).click();
  await save('funnel-over-time');
  await hash(app, 'metrics/gold_daily_active_users');
  await rest(app);
  await window.getByLabel('Moving average').selectOption('28');
  await window.getByLabel('Compare with').selectOption('before');
  await save('compare');
  await window.locator('figure svg[tabindex="0"]').focus();
  for (let day = 0; day < 3; day += 1) await window.keyboard.press('ArrowRight');
  await save('hover');
  await hash(app, 'metrics/gold_weekly_events_by_type');
  await rest(app);
  await window.getByLabel('Compare with').selectOption('before');
  await save('compare-stacked');
  await window.getByRole('radio', { name: 'Month' }).click();
  await save('month');
  await window.getByLabel('Event type').selectOption('search');
  await hash(app, 'metrics/gold_weekly_purchase_funnel');
  await rest(app);
  await save('not-filtered');
  await hash(app, 'metrics/gold_weekly_active_teams');
  await rest(app);
  await save('filtered');
  await window.getByLabel('Team', { exact: true }).fill('999999');
  await window.keyboard.press('Enter');
  await rest(app);
  await save('filtered-none');
  await held(app, async () => {
    await hash(app, 'metrics/gold_top_teams');
    await save('chart-loading');
  });
  if (await window.getByRole('radio', { name: 'Table' }).isVisible()) {
    await window.getByRole('radio', { name: 'Table' }).click();
    await save('table');
  }
  await app.button('Clear filter').click();

  await addModel(app, 'gold_words', `SELECT DISTINCT event_name, event_name || '!' AS loud FROM silver_events`);
  await addModel(app, 'gold_none', `SELECT event_time::DATE AS day, 1 AS n FROM silver_events WHERE false`);
  await addModel(app, 'gold_odd', 'SELECT event_time::DATE AS day, nothing AS n FROM silver_events');
  await app.open('Overview');
  await app.button('Refresh').first().click();
  await expect(window.getByText(/gold_odd/).first()).toBeVisible({ timeout: 60_000 });
  await expect(app.progress('Refresh')).toHaveCount(0);
  for (const metric of ['words', 'none', 'odd']) {
    await hash(app, `metrics/gold_${metric}`);
    await rest(app);
    await save(metric);
  }
  await hash(app, 'metrics/gold_top_teams');
  await rest(app);
  await loseWarehouse(app);
  await hash(app, 'metrics/gold_daily_revenue');
  await save('lost');
});
