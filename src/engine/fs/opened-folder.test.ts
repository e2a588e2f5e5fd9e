import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { existsSync, readdirSync } from 'node:fs';
import { noMount, smallDisk } from '../testing/small-disk';
import { modelsFolder, temporaryWorkspace, writeEvents } from '../testing/temporary-workspace';
import { Warehouse } from '../warehouse/warehouse';
import { OpenedFolder } from './opened-folder';

const gone = { code: 'WORKSPACE_INVALID', message: expect.stringContaining('no longer exists') };

async function opened() {
  const workspace = await temporaryWorkspace();
  await writeEvents(workspace, [{ at: '2025-01-06 10:00:00' }]);
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  await warehouse.refresh();
  return { workspace, warehouse };
}

describe('a workspace that has gone while it is open', () => {
  test.each([
    ['deleted', (folder: string) => rm(folder, { recursive: true })],
    ['renamed', (folder: string) => rename(folder, `${folder}-renamed`)],
  ])('%s: every job says so, and nothing is made there', async (_, remove) => {
    const { workspace, warehouse } = await opened();
    await warehouse.releaseFile();
    await remove(workspace.folder);
    onTestFinished(() => rm(`${workspace.folder}-renamed`, { recursive: true, force: true }));
    await expect(warehouse.requireFolder()).rejects.toMatchObject(gone);
    await expect(warehouse.refresh()).rejects.toMatchObject(gone);
    await expect(warehouse.console.run('tab', 'SELECT 1')).rejects.toMatchObject(gone);
    const copy = "COPY (SELECT 1) TO 'exports/a.csv'";
    await expect(warehouse.console.run('tab', copy, { allowChanges: true })).rejects.toMatchObject(gone);
    await expect(warehouse.days.change((days) => days.remove(['2025-01-06']))).rejects.toThrow();
    expect(existsSync(workspace.folder)).toBe(false);
  });

  test('an empty folder where a disk was mounted is not taken for it; the same folder is, once it is back', async () => {
    const { workspace, warehouse } = await opened();
    await warehouse.releaseFile();
    const away = `${workspace.folder}-away`;
    onTestFinished(() => rm(away, { recursive: true, force: true }));
    await rename(workspace.folder, away);
    await mkdir(workspace.folder);
    await expect(warehouse.refresh()).rejects.toMatchObject(gone);
    expect(readdirSync(workspace.folder)).toEqual([]);
    await rm(workspace.folder, { recursive: true });
    await rename(away, workspace.folder);
    expect(await warehouse.refresh()).toMatchObject({ status: 'succeeded' });
  });

  test('a disk that is unmounted', async (context) => {
    const { folder } = await temporaryWorkspace();
    const inner = path.join(folder, 'disk');
    const mounted = new OpenedFolder(inner);
    if (!(await smallDisk(inner, 'size=1m'))) context.skip(noMount);
    await writeFile(path.join(inner, 'a'), '');
    await mounted.check();
    const { execFileSync } = await import('node:child_process');
    execFileSync('umount', [inner]);
    onTestFinished(() => void execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', inner]));
    await expect(mounted.check()).rejects.toMatchObject(gone);
  });
});
