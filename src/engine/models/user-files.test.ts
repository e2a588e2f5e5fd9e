import { execFileSync } from 'node:child_process';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { QueryFiles } from '../console/query-files';
import { appendRun, readRunLog } from '../commit/run-log';
import { logEntryOf } from '../testing/generation';
import { parseRecipe } from '../../contract/recipe-line';
import { modelsFolder, temporaryWorkspace, writeEvents } from '../testing/temporary-workspace';
import { Warehouse } from '../warehouse/warehouse';

const mark = '\uFEFF';

test('a model that is no text file is named, and the refresh goes on', async () => {
  const workspace = await temporaryWorkspace();
  await writeEvents(workspace, [{ at: '2025-01-06 10:00:00' }]);
  const own = (name: string) => path.join(workspace.modelsFolder, name);
  await mkdir(own('folder.sql'), { recursive: true });
  await writeFile(own('large.sql'), 'x'.repeat(1_000_001));
  await symlink('/', own('link.sql'));
  execFileSync('mkfifo', [own('pipe.sql')]);
  await writeFile(own('good.sql'), 'SELECT count(*) AS n FROM silver_events');
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  expect(await warehouse.refresh()).toMatchObject({
    status: 'succeeded',
    modelRows: { gold_good: 1 },
    notices: [
      "The model models/folder.sql can't be read: it isn't a regular file.",
      "The model models/large.sql can't be read: it is larger than 1 MB.",
      "The model models/link.sql can't be read: it is a link to a place outside the workspace.",
      "The model models/pipe.sql can't be read: it isn't a regular file.",
    ],
  });
  expect(await warehouse.refresh()).toMatchObject({ mode: 'unchanged' });
  expect((await warehouse.models()).find(({ name }) => name === 'gold_folder')?.problem?.code).toBe('MODEL_INVALID');
});

test.each([
  ['a link out of the workspace', 'models is a link to /.', (models: string) => symlink('/', models)],
  ['a link to nowhere', 'models is a link to ', (models: string) => symlink('nowhere', models)],
  ['a link to itself', 'models is a link to models.', (models: string) => symlink('models', models)],
  ['a file', "models isn't a folder.", (models: string) => writeFile(models, '')],
  ['a pipe', "models isn't a folder.", async (models: string) => void execFileSync('mkfifo', [models])],
])('%s in place of the models folder costs the own models, and nothing else', async (_, reason, make) => {
  const workspace = await temporaryWorkspace();
  await writeEvents(workspace, [{ at: '2025-01-06 10:00:00' }]);
  await make(workspace.modelsFolder);
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  const told = `Your own models were left out: ${reason}`;
  expect(await warehouse.refresh()).toMatchObject({
    status: 'succeeded',
    layerRows: { bronze: 1 },
    notices: [expect.stringContaining(told)],
  });
  expect(await warehouse.refresh()).toMatchObject({ mode: 'unchanged' });
  const own = (await warehouse.models()).filter(({ origin }) => origin === 'user');
  expect(own).toMatchObject([{ problem: { code: 'MODEL_INVALID', message: expect.stringContaining(told) } }]);
  await rm(workspace.modelsFolder);
  await mkdir(workspace.modelsFolder);
  await writeFile(path.join(workspace.modelsFolder, 'good.sql'), 'SELECT count(*) AS n FROM silver_events');
  expect(await warehouse.refresh()).toMatchObject({ modelRows: { gold_good: 1 }, notices: [] });
});

test('a mark of the encoding at the beginning is no part of models, queries and the run log', async () => {
  const workspace = await temporaryWorkspace();
  await writeEvents(workspace, [{ at: '2025-01-06 10:00:00' }]);
  await mkdir(workspace.modelsFolder);
  await mkdir(workspace.queriesFolder);
  const model = '-- kind: view\n-- summary: Mine.\nSELECT 1 AS n';
  await writeFile(path.join(workspace.modelsFolder, 'eight.sql'), mark + model);
  await writeFile(path.join(workspace.modelsFolder, 'sixteen.sql'), mark + model, 'utf16le');
  await writeFile(path.join(workspace.queriesFolder, 'q.sql'), `${mark}SELECT 1;`);
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  expect(await warehouse.refresh()).toMatchObject({ notices: [], modelRows: { gold_eight: 1, gold_sixteen: 1 } });
  const own = (await warehouse.models()).filter(({ origin }) => origin === 'user');
  expect(own.map(({ kind, summary }) => [kind, summary])).toEqual([
    ['view', 'Mine.'],
    ['view', 'Mine.'],
  ]);
  expect(await new QueryFiles(workspace).read('q.sql')).toBe('SELECT 1;');

  const run = logEntryOf('a', parseRecipe('mw1 realistic'));
  await writeFile(workspace.runLog, `${mark}${JSON.stringify(run)}\n`);
  expect((await readRunLog(workspace)).map(({ runId }) => runId)).toEqual(['a']);
  await appendRun(workspace, { ...run, runId: 'b' });
  expect((await readRunLog(workspace)).map(({ runId }) => runId)).toEqual(['b', 'a']);
});
