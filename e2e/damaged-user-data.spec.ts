import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { App, expect, test } from './support/app';
import { editor, expectCell, run, tab } from './support/console';

const userDataOf = (folder: string) => path.join(folder, 'user-data');

async function consoleFolder(folder: string): Promise<string> {
  const workspaces = path.join(userDataOf(folder), 'workspaces');
  const [name = ''] = await readdir(workspaces);
  return path.join(workspaces, name, 'console');
}

for (const damage of ['', '[]', '{"tabs": [{"id": "']) {
  test(`the console works with a tabs.json that holds ${damage || 'nothing'}, and finds the texts`, async ({
    folder,
  }) => {
    const workspace = path.join(folder, 'workspace');
    const before = await App.launch(userDataOf(folder), workspace);
    await before.open('Console');
    await run(before, "SELECT 'kept' AS n");
    await expectCell(before, 'kept');
    await before.close();
    const tabsFile = path.join(await consoleFolder(folder), 'tabs.json');
    await writeFile(tabsFile, damage);

    const app = await App.launch(userDataOf(folder), workspace);
    await app.open('Console');
    await expect(editor(app)).toContainText("SELECT 'kept'");
    const notice = app.window.getByRole('status').filter({ hasText: 'One of the app’s own files was damaged.' });
    await expect(notice).toContainText(/console\/tabs\.json: it .*It was kept as .*tabs\.damaged-/);
    const kept = (await readdir(path.dirname(tabsFile))).filter((name) => name.startsWith('tabs.damaged-'));
    expect(await Promise.all(kept.map((name) => readFile(path.join(path.dirname(tabsFile), name), 'utf8')))).toEqual([
      damage,
    ]);
    await app.button('Dismiss').click();
    await expect(notice).toBeHidden();
    await run(app, "SELECT 'works' AS n");
    await expectCell(app, 'works');
    await app.close();

    const after = await App.launch(userDataOf(folder), workspace);
    await after.open('Console');
    await expect(editor(after)).toContainText("SELECT 'works'");
    await expect(after.window.getByText(/app’s own files w(as|ere) damaged/)).toHaveCount(0);
    await expect(tab(after, 'Query')).toHaveCount(1);
    await after.close();
  });
}

test('with damaged settings and window files the app starts, and says so', async ({ folder }) => {
  const before = await App.launch(userDataOf(folder), path.join(folder, 'workspace'));
  await before.close();
  for (const name of ['settings.json', 'window.json']) await writeFile(path.join(userDataOf(folder), name), '\0\0\0');
  const app = await App.launch(userDataOf(folder), null);
  const notice = app.window.getByRole('status').filter({ hasText: 'Some of the app’s own files were damaged.' });
  await expect(notice).toContainText('settings.json: it is not valid JSON. It was kept as');
  await expect(notice).toContainText('window.json: it is not valid JSON. It was kept as');
  await expect(app.window.getByRole('heading', { level: 1 })).toBeVisible();
  await app.close();
});
