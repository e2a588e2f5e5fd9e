import path from 'node:path';
import { addDay, generateAndRefresh, open, pages, picture, rest, showSteps, test } from '../support/pictures';

const images = path.resolve('docs/images');

/** The current screenshots for README and guide: `npm run screenshots`. */
test('the guide', async ({ demo: app }) => {
  test.setTimeout(240_000);
  const save = async (name: string) => {
    await rest(app);
    await picture(app, path.join(images, `${name}.png`));
  };
  await app.resize(1280, 800);
  await app.window.emulateMedia({ colorScheme: 'light' });
  await save('first-steps');
  await app.button('Generate').first().click();
  await app.window.getByRole('dialog').getByLabel('Rows', { exact: true }).waitFor();
  await save('generate');
  await app.window.keyboard.press('Escape');
  await generateAndRefresh(app);
  await app.button('Done').click();
  await app.window.getByText(/^Refreshed in/).scrollIntoViewIfNeeded();
  await save('refreshed');
  await addDay(app);
  await app.button('Dismiss').click();
  for (const page of pages) {
    await open(app, page);
    if (page === 'Activity') await showSteps(app);
    await save(page.toLowerCase());
  }
});
