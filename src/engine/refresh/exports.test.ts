import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { modelsFolder, temporaryWorkspace, writeEvents } from '../testing/temporary-workspace';
import { Warehouse } from '../warehouse/warehouse';

test('reports a folder with the name of an export, and leaves it and its contents alone', async () => {
  const workspace = await temporaryWorkspace();
  await writeEvents(workspace, [{ at: '2025-01-06 10:00:00' }]);
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  await warehouse.refresh();
  const blocked = path.join(workspace.exportsFolder, 'gold_top_teams.parquet');
  const before = await readdir(workspace.exportsFolder);
  await rm(blocked);
  await mkdir(path.join(blocked, 'keep'), { recursive: true });
  for (const mode of ['full', 'auto'] as const) {
    expect(await warehouse.refresh({ mode })).toMatchObject({
      status: 'succeeded',
      exports: [],
      notices: ["exports/gold_top_teams.parquet wasn't exported: a folder has that name."],
    });
  }
  expect(await readdir(blocked)).toEqual(['keep']);
  expect((await readdir(workspace.exportsFolder)).toSorted()).toEqual(before.toSorted());
  // An earlier version left such a file, and no refresh succeeded after that.
  await writeFile(path.join(workspace.exportsFolder, '.gold_top_teams.parquet.1.new'), '');
  expect(await warehouse.refresh()).toMatchObject({ status: 'succeeded' });
  expect((await readdir(workspace.exportsFolder)).toSorted()).toEqual(before.toSorted());
  await rm(blocked, { recursive: true });
  expect(await warehouse.refresh()).toMatchObject({ exports: ['exports/gold_top_teams.parquet'], notices: [] });
});
