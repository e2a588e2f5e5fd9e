import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { App, expect, test } from './support/app';

test.skip(process.platform === 'win32', 'a link needs a right that users lack there');

test('a link that leads out of the workspace is named, and followed once its target is allowed', async ({ folder }) => {
  const [workspace, disk] = [path.join(folder, 'workspace'), path.join(folder, 'big-disk')];
  await mkdir(workspace);
  await mkdir(disk);
  await symlink(disk, path.join(workspace, 'data'));
  const userData = path.join(folder, 'user-data');
  const app = await App.launch(userData, workspace);
  const notice = app.window
    .getByRole('alert')
    .filter({ hasText: `data is a link to ${disk}.` })
    .first();
  await expect(notice).toBeVisible();
  expect(await readdir(disk)).toEqual([]);
  await notice.getByRole('button', { name: 'Allow this target' }).click();
  await expect(notice).toHaveCount(0);
  await app.generate({ Rows: 1_000, End: '2023-01-10' });
  await expect(app.window.getByText(/^Generated 1,000 events/)).toBeVisible();
  await app.refresh();
  expect(await readdir(disk)).toContain('events');
  const settings: { agreedLinks: unknown } = JSON.parse(await readFile(path.join(userData, 'settings.json'), 'utf8'));
  expect(settings.agreedLinks).toEqual({ [workspace]: { data: disk } });
  await app.close();
});

test('a workspace that was made to harm opens, says what is odd, and answers queries', async ({ folder }) => {
  const [workspace, documents] = [path.join(folder, 'workspace'), path.join(folder, 'documents')];
  await mkdir(path.join(workspace, 'data'), { recursive: true });
  await mkdir(documents);
  await writeFile(path.join(documents, 'note.txt'), 'mine');
  await symlink(documents, path.join(workspace, 'data', '.staging'));
  const app = await App.launch(path.join(folder, 'user-data'), workspace);
  const notices = app.window.getByRole('region', { name: 'About this workspace' });
  await expect(notices).toContainText(`data/.staging is a link to ${documents}.`);
  await expect(notices.getByRole('button', { name: 'Allow this target' })).toHaveCount(0);
  await app.open('Console');
  await app.writeSql('SELECT 42 AS answer');
  await app.button('Run').click();
  await expect(app.window.getByRole('grid', { name: 'Result' })).toContainText('42');
  await notices.getByRole('button', { name: 'Dismiss' }).click();
  await expect(notices).toHaveCount(0);
  expect(await readFile(path.join(documents, 'note.txt'), 'utf8')).toBe('mine');
  await app.close();
});
