import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { recoverWhenOpened } from '../warehouse/recover-workspace';
import { temporaryWorkspace } from '../testing/temporary-workspace';
import { ownedName } from './owned-name';

test('files of killed programs go when the workspace is opened, those of running ones and of others stay', async () => {
  const workspace = await temporaryWorkspace();
  const at = (name: string) => path.join(workspace.queriesFolder, name);
  await mkdir(workspace.queriesFolder);
  const running = await ownedName('.unfinished');
  // A process with the same pid that started at another time.
  const killed = running.replace(/\.[0-9a-f]{8}(?=\.[0-9a-f]{12}$)/, '.0123abcd');
  const mine = ['.unfinished-0123456789abcdefg', '.unfinished-notes', 'a.sql'];
  for (const name of [running, killed, '.unfinished-0123456789abcdef', ...mine]) await writeFile(at(name), 'SELECT 1');
  await symlink(at('a.sql'), at('.unfinished-0123456789abcde0'));
  await mkdir(at('.unfinished-0123456789abcde1'));
  await recoverWhenOpened(workspace, () => undefined);
  const stay = [...mine, running, '.unfinished-0123456789abcde0', '.unfinished-0123456789abcde1'];
  expect((await readdir(workspace.queriesFolder)).toSorted()).toEqual(stay.toSorted());
});

test('nothing is removed through a link', async () => {
  const [workspace, other] = [await temporaryWorkspace(), await temporaryWorkspace()];
  await writeFile(path.join(other.folder, '.unfinished-0123456789abcdef'), 'mine');
  await symlink(other.folder, workspace.queriesFolder);
  await recoverWhenOpened(workspace, () => undefined);
  expect(await readdir(other.folder)).toEqual(['.unfinished-0123456789abcdef']);
});
