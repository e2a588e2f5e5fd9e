import { expect, type App } from './app';

/** Opens the panel without starting anything. */
export async function openPanel(app: App) {
  await app.button('Generate').first().click();
  const panel = app.window.getByRole('dialog', { name: 'Generate events' });
  await expect(panel).toBeVisible();
  return {
    panel,
    label: (name: string) => panel.getByLabel(name, { exact: true }),
    recipe: panel.getByRole('textbox', { name: 'Recipe' }),
    estimate: panel.getByLabel('Estimate'),
    unfold: (title: string) => panel.locator('summary').filter({ hasText: title }).click(),
    start: () => panel.getByRole('button', { name: 'Generate', exact: true }).click(),
  };
}
