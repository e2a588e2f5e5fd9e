import { expect, test } from './support/app';
import { expectAccessible } from './support/axe';

/** Four months with a planted outage. */
const outage = '2025-03-04';
const recipe = `mw1 realistic rows=60000 days=2025-01-01..2025-04-30 users=500 teams=40 seed=7 outage=${outage}`;

test('planted facts are proven by a refresh, shown with their SQL and chart, hidden from learners, and broken on purpose', async ({
  app,
}) => {
  test.setTimeout(180_000);
  const { window } = app;
  await app.button('Generate').first().click();
  const panel = window.getByRole('dialog');
  await panel.getByLabel('Recipe', { exact: true }).fill(recipe);
  await panel.getByLabel('Recipe', { exact: true }).blur();
  await panel.getByRole('button', { name: 'Generate', exact: true }).click();
  await expect(window.getByText(/^Generated 60,000 events/)).toBeVisible({ timeout: 60_000 });
  await app.refresh();
  const facts = window.getByRole('main').getByRole('list', { name: 'Planted facts' });
  const found = /Found.*Outage 2025-03-04: \d+ events, about \d+ expected/;

  await test.step('the Overview says what was found', async () => {
    await window.getByRole('tab', { name: 'Facts · 1' }).click();
    await app.button('Dismiss').click();
    await expect(facts).toContainText(found);
    await expectAccessible(window, 'planted facts on the Overview');
  });

  await test.step('Show in the chart opens the metric around that day, with a mark', async () => {
    await window.getByRole('link', { name: 'Show it in the chart' }).click();
    await expect(window.getByRole('heading', { name: 'Metrics', level: 1 })).toBeVisible();
    await expect(window.getByText('Outage', { exact: true }).first()).toBeVisible();
    await app.open('Overview');
  });

  await test.step('Show SQL opens the proof in the console, where it returns what was measured', async () => {
    await facts.getByRole('button', { name: 'Show SQL' }).click();
    await expect(window.getByRole('heading', { name: 'Console', level: 1 })).toBeVisible();
    await app.button('Run').click();
    await expect(app.result).toContainText(outage);
  });

  await test.step('hidden answers are nowhere, and one is revealed everywhere', async () => {
    const setHidden = async (on: boolean) => {
      await window.keyboard.press('ControlOrMeta+,');
      const box = window.getByRole('checkbox', { name: /^Hide answers/ });
      // It shows the setting, which changes once it has been saved.
      await box.click();
      await expect(box).toBeChecked({ checked: on });
      await window.keyboard.press('Escape');
    };
    await setHidden(true);
    await app.open('Overview');
    await expect(facts).toHaveText(/A planted fact, hidden/);
    await app.open('Activity');
    await window.getByText('Generated 60,000 events').click();
    await expect(window.getByText('Recipe, without the hidden facts')).toBeVisible();
    await expect(window.getByRole('main')).not.toContainText(/outage/i);
    await app.open('Overview');
    await app.button('Reveal').click();
    await expect(facts).toContainText(found);
    await setHidden(false);
  });

  await test.step('a broken day is noticed by a check and by the fact, and Undo restores it', async () => {
    await app.open('Partitions');
    await window.getByRole('gridcell', { name: new RegExp(`${outage}:`) }).click();
    await app.choose('Break…', 'Write each row twice');
    await expect(window.getByText(/^Broken on purpose: 2025-03-04, each row twice/)).toBeVisible();
    await app.open('Overview');
    await app.refresh();
    await app.button('Dismiss').click();
    await expect(facts).toContainText(/Hidden.*2025-03-04 has \d+ rows more than were generated/);
    await expect(window.getByRole('list', { name: 'Health' })).toContainText('1 of 8 failing');
    await app.open('Partitions');
    await app.button('Undo').click();
    await app.open('Overview');
    await app.refresh();
    await app.button('Dismiss').click();
    await expect(facts).toContainText(found);
  });
});
