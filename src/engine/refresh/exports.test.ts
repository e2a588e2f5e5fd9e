import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { modelsFolder, temporaryWorkspace, writeEvents } from '../testing/temporary-workspace';
import { settleExports } from './exports';
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

test('a folder with the name of an unfinished export is set aside and kept', async () => {
  const workspace = await temporaryWorkspace();
  await writeEvents(workspace, [{ at: '2025-01-06 10:00:00' }]);
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  const { refreshId } = await warehouse.refresh();
  const taken = `.gold_top_teams.parquet.${refreshId + 1}.new`;
  await mkdir(path.join(workspace.exportsFolder, taken, 'keep'), { recursive: true });
  expect(await warehouse.refresh({ mode: 'full' })).toMatchObject({ status: 'succeeded' });
  const names = await readdir(workspace.exportsFolder);
  expect(names).toContain('gold_top_teams.parquet');
  const kept = names.filter((name) => name.startsWith(taken));
  expect(kept).toHaveLength(1);
  expect(await readdir(path.join(workspace.exportsFolder, kept[0] ?? ''))).toEqual(['keep']);
});

test('settles any number of unfinished exports with one question, and the newest of each model wins', async () => {
  const workspace = await temporaryWorkspace();
  const at = (name: string) => path.join(workspace.exportsFolder, name);
  await mkdir(at('gold_folder.parquet'), { recursive: true });
  await writeFile(at('gold_a.parquet'), 'old');
  for (let refresh = 1; refresh <= 1_000; refresh += 1) {
    for (const model of ['gold_a', 'gold_b', 'gold_folder']) {
      await writeFile(at(`.${model}.parquet.${refresh}.new`), `${model} ${refresh}`);
    }
  }
  await writeFile(at(`.gold_c.parquet.${'9'.repeat(40)}.new`), 'mine');
  const questions: number[] = [];
  await settleExports(workspace, (ids) => {
    questions.push(ids.length);
    return new Set([7, 900, 300]);
  });
  expect(questions).toEqual([1_000]);
  const own = `.gold_c.parquet.${'9'.repeat(40)}.new`;
  expect((await readdir(workspace.exportsFolder)).toSorted()).toEqual([
    own,
    'gold_a.parquet',
    'gold_b.parquet',
    'gold_folder.parquet',
  ]);
  expect(await readFile(at('gold_a.parquet'), 'utf8')).toBe('gold_a 900');
  expect(await readFile(at('gold_b.parquet'), 'utf8')).toBe('gold_b 900');
  await settleExports(workspace, () => expect.unreachable('nothing is unfinished'));
});
