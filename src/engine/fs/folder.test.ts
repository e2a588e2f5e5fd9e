import { stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder } from './folder';
import { temporaryWorkspace } from '../testing/temporary-workspace';
import { openWorkspace } from '../workspace';

it('makes a folder and those above it, also when several ask at once', async () => {
  const { folder } = await temporaryWorkspace();
  const deep = path.join(folder, 'a/b/c');
  // As many as a commit creates at once.
  await Promise.all(Array.from({ length: 200 }, (_, n) => makeFolder(path.join(deep, String(n % 20)))));
  await makeFolder(deep);
  expect((await stat(path.join(deep, '19'))).isDirectory()).toBe(true);
});

it('says what is in the way', async () => {
  const { folder } = await temporaryWorkspace();
  await writeFile(path.join(folder, 'file'), '');
  await expect(makeFolder(path.join(folder, 'file'))).rejects.toThrow('EEXIST');
  await expect(makeFolder(path.join(folder, 'file/inner'))).rejects.toThrow('ENOTDIR');
  await symlink(path.join(folder, 'nowhere'), path.join(folder, 'link'));
  await expect(makeFolder(path.join(folder, 'link/inner'))).rejects.toThrow('EEXIST');
});

it.runIf(process.platform === 'linux')('gives up where no folder can be made, instead of trying for ever', async () => {
  for (const folder of ['/proc/warehouse', '/proc/a/b/c'])
    await expect(openWorkspace(folder)).rejects.toMatchObject({
      code: 'WORKSPACE_INVALID',
      message: "Can't create a folder in /proc.",
    });
});

it('tells a name that no disk takes in the words of the system', async () => {
  const { folder } = await temporaryWorkspace();
  await expect(openWorkspace(path.join(folder, 'n'.repeat(300)))).rejects.toMatchObject({
    code: 'WORKSPACE_INVALID',
    message: `A name or path in ${path.join(folder, 'n'.repeat(300))} is too long for the system.`,
    details: { cause: expect.stringContaining('ENAMETOOLONG') },
  });
});
