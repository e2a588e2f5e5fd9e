import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { modelsFolder, temporaryWorkspace, writeEvents } from '../testing/temporary-workspace';
import { Warehouse } from '../warehouse/warehouse';

test.each(['table', 'view'])('a %s of the user that fails on its rows is not tried at every refresh', async (kind) => {
  const workspace = await temporaryWorkspace();
  await writeEvents(workspace, [{ at: '2025-01-06 10:00:00' }, { at: '2025-01-07 10:00:00' }]);
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  await warehouse.refresh();
  const ownModel = async (sql: string) => {
    await mkdir(workspace.modelsFolder, { recursive: true });
    await writeFile(path.join(workspace.modelsFolder, 'broken.sql'), sql);
  };
  const wrong = `-- kind: ${kind}\nSELECT * FROM silver_events WHERE CAST(event_name || team_id AS INTEGER) > 1`;
  await ownModel(wrong);
  const notices = [expect.stringContaining('Conversion Error')];
  expect(await warehouse.refresh()).toMatchObject({ status: 'succeeded', notices });
  const problem = async () => (await warehouse.models()).find(({ name }) => name === 'gold_broken')?.problem;
  expect((await problem())?.action).toContain('only a full refresh tries it again');

  expect(await warehouse.refresh()).toMatchObject({ mode: 'unchanged', filesRead: 0, notices });
  await writeEvents(workspace, [{ at: '2025-02-10 10:00:00', user: 4, team: 4 }], 'r2');
  expect(await warehouse.refresh()).toMatchObject({ mode: 'incremental', filesRead: 1, notices });

  await ownModel(`-- kind: ${kind}\nSELECT * FROM silver_events`);
  expect(await warehouse.refresh()).toMatchObject({ notices: [] });
  expect(await problem()).toBeNull();
});
