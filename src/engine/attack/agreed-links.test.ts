import { mkdir, mkdtemp, readdir, realpath, rename, rm, stat, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { WorkspaceFiles } from '../fs/workspace-files';
import { listDayFiles } from '../events/event-tree';
import { recoverFiles } from '../warehouse/recover-workspace';
import { filesBelow, generate } from '../testing/generation';
import { hostileWorkspace } from '../testing/hostile-workspace';
import { modelsFolder } from '../testing/temporary-workspace';
import { openWorkspace, type Workspace } from '../workspace';
import { Warehouse } from '../warehouse/warehouse';

const links = ['data', 'data/events', 'exports'] as const;

/** A workspace in which one folder is a link, and the link's target. */
async function linked(name: string, from?: string) {
  const { workspace, home } = await hostileWorkspace();
  const target = await realpath(await mkdtemp(path.join(from ?? home, 'target-')));
  onTestFinished(() => rm(target, { recursive: true, force: true }));
  await mkdir(path.dirname(path.join(workspace.folder, name)), { recursive: true });
  await symlink(target, path.join(workspace.folder, name));
  return { workspace, target };
}

async function openWarehouse(workspace: Workspace): Promise<Warehouse> {
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  return warehouse;
}

test.each(links)(
  '%s as a link works for everything once its target is agreed to',
  async (name) => {
    const { workspace: stranger, target } = await linked(name);
    const workspace = await openWorkspace(stranger.folder, new Map([[name, target]]));
    await generate(workspace, { seed: 1 });
    await generate(workspace, { seed: 2, mode: 'append' });
    await recoverFiles(workspace);
    const warehouse = await openWarehouse(workspace);
    const { exports } = await warehouse.refresh();
    expect(exports.length).toBeGreaterThan(5);
    const days = await warehouse.days.list();
    expect(days.every(({ damagedFiles, stale, rows }) => damagedFiles.length === 0 && !stale && rows > 0)).toBe(true);
    const date = days[0]?.date ?? '';
    const files = () => listDayFiles(new WorkspaceFiles(workspace), workspace.eventsFolder);
    const before = await files();
    const { id } = await warehouse.days.change((changes) => changes.remove([date]));
    expect(await files()).toHaveLength(before.length - 2);
    await warehouse.days.change((changes) => changes.restore(id));
    expect(await files()).toEqual(before);
    await warehouse.days.change((changes) => changes.compact(date));
    await warehouse.refresh();
    const exported = path.join(workspace.exportsFolder, 'gold_daily_revenue.parquet');
    const { result } = await warehouse.console.run('tab', `SELECT * FROM '${exported}'`);
    expect(result).not.toBeNull();
    await generate(workspace, { seed: 3, mode: 'replace' });
    expect((await files()).length).toBe(days.length);
    expect(await filesBelow(target)).not.toEqual([]);
  },
  120_000,
);

test.each(links)('%s as a link is refused before anything is written, and named', async (name) => {
  const { workspace, target } = await linked(name);
  const tree = async () => [await readdir(workspace.folder), await readdir(target)];
  const before = await tree();
  const refused = { code: 'LINK_NOT_ALLOWED', details: { link: { path: name, target } } };
  if (name !== 'exports') await expect(generate(workspace)).rejects.toMatchObject(refused);
  const warehouse = await openWarehouse(workspace);
  await expect(warehouse.refresh()).rejects.toMatchObject(refused);
  if (name !== 'exports') await expect(warehouse.summary()).rejects.toMatchObject(refused);
  expect((await warehouse.console.run('tab', 'SELECT 1')).result).not.toBeNull();
  expect(await tree()).toEqual(before);
});

test('a link that leads elsewhere than where it did is refused again', async () => {
  const { workspace, target } = await linked('data');
  const agreed = new Map([['data', target]]);
  expect((await openWorkspace(workspace.folder, agreed)).agreedLinks).toEqual(agreed);
  await rename(target, `${target}-moved`);
  await mkdir(`${target}-other`);
  await rm(path.join(workspace.folder, 'data'));
  await symlink(`${target}-other`, path.join(workspace.folder, 'data'));
  const reopened = await openWorkspace(workspace.folder, agreed);
  expect(reopened.agreedLinks.size).toBe(0);
  await expect(generate(reopened)).rejects.toMatchObject({ code: 'LINK_NOT_ALLOWED' });
});

/** A folder of another file system than the temporary one's, if there is one that tests may write to. */
async function findOtherDisk(): Promise<string | null> {
  const { dev } = await stat(os.tmpdir());
  for (const folder of ['/dev/shm', '/var/tmp']) {
    const found = await stat(folder).catch(() => null);
    if (found && found.dev !== dev) return folder;
  }
  return null;
}

const otherDisk = await findOtherDisk();

test.runIf(otherDisk !== null)(
  'data on another disk works; data/events alone on one is refused in words',
  async () => {
    const whole = await linked('data', otherDisk ?? '');
    const workspace = await openWorkspace(whole.workspace.folder, new Map([['data', whole.target]]));
    await generate(workspace);
    const warehouse = await openWarehouse(workspace);
    await warehouse.refresh();
    expect((await warehouse.summary()).damagedFiles).toEqual([]);

    const part = await linked('data/events', otherDisk ?? '');
    const split = await openWorkspace(part.workspace.folder, new Map([['data/events', part.target]]));
    await expect(generate(split)).rejects.toMatchObject({
      code: 'WORKSPACE_INVALID',
      message: expect.stringContaining('is on another disk'),
    });
    expect(await readdir(path.join(split.folder, 'data'))).toEqual(['events']);
  },
  60_000,
);
