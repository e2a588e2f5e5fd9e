import { expect, onTestFinished, test, vi } from 'vitest';
import type * as FolderEntries from '../fs/folder-entries';
import { modelsFolder, temporaryWorkspace, writeEvents } from '../testing/temporary-workspace';
import { Warehouse } from '../warehouse/warehouse';

const monday = '2025-01-06';
const tuesday = '2025-01-07';
const locked = vi.hoisted(() => ({ date: '' }));

// The tests may run as root, whom no permission stops.
vi.mock('../fs/folder-entries', async (importOriginal) => {
  const original = await importOriginal<typeof FolderEntries>();
  return {
    ...original,
    folderEntries: async (folder: string, limit: number) => {
      if (!folder.endsWith(`date=${locked.date}`)) return original.folderEntries(folder, limit);
      throw Object.assign(new Error(`EACCES: permission denied, opendir '${folder}'`), { code: 'EACCES' });
    },
  };
});

test('a day whose folder can’t be read is neither removed nor stale', async () => {
  const workspace = await temporaryWorkspace();
  await writeEvents(workspace, [
    { at: `${monday} 09:30:00`, user: 1 },
    { at: `${tuesday} 10:00:00`, user: 2 },
  ]);
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  await warehouse.refresh();
  const before = await warehouse.days.list();
  expect(before.map((day) => day.locked)).toEqual([false, false]);

  locked.date = tuesday;
  expect(await warehouse.days.list()).toEqual([
    before[0],
    expect.objectContaining({ date: tuesday, locked: true, files: 0, stale: false }),
  ]);
  expect(await warehouse.summary()).toMatchObject({
    stale: false,
    staleDays: [],
    unread: [{ path: `data/events/date=${tuesday}`, reason: "it can't be read (EACCES)" }],
  });
  await expect(warehouse.refresh()).rejects.toMatchObject({ message: expect.stringContaining(`date=${tuesday}`) });

  locked.date = '';
  expect(await warehouse.days.list()).toEqual(before);
});
