import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, onTestFinished, test } from 'vitest';
import { modelsFolder, temporaryWorkspace } from '../testing/temporary-workspace';
import type { Workspace } from '../workspace';
import { Warehouse } from '../warehouse/warehouse';

const days = ['2025-01-06', '2025-01-07', '2025-01-08', '2025-01-09'];
const fileOf = (date: string) => `data/events/date=${date}/events-x.parquet`;

const columns = {
  event_time: `TIMESTAMP '2025-01-06 10:00:00'`,
  user_id: '7::BIGINT',
  team_id: '3::BIGINT',
  event_name: `'search'`,
  properties: `'{"platform":"web","browser":"Opera"}'`,
};

/** Writes a day with one event, with columns chosen by another program. */
async function writeDay(workspace: Workspace, date: string, changed: Record<string, string | null> = {}) {
  const wanted = Object.entries({ ...columns, event_time: `TIMESTAMP '${date} 10:00:00'`, ...changed });
  const select = wanted.flatMap(([name, sql]) => (sql === null ? [] : `${sql} AS ${name}`)).join(', ');
  const file = path.join(workspace.folder, fileOf(date));
  await mkdir(path.dirname(file), { recursive: true });
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (SELECT ${select}) TO '${file}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}

async function fourDays(changed: Record<string, Record<string, string | null>> = {}) {
  const workspace = await temporaryWorkspace();
  for (const date of days) await writeDay(workspace, date, changed[date]);
  const warehouse = await Warehouse.open(workspace, modelsFolder);
  onTestFinished(() => warehouse.close());
  return { workspace, warehouse };
}

test.each([
  ['only the first file has another column', '2025-01-06', { extra: '1' }, 'it alone has extra'],
  ['only a later file has another column, and lacks one', '2025-01-08', { team_id: null, team: '1' }, 'it lacks team_id'],
  ['ids are text in one file', '2025-01-08', { user_id: `'u7'` }, 'user_id is VARCHAR here and BIGINT in the others'],
  ['ids have fractions in one file', '2025-01-08', { user_id: '7.5::DOUBLE' }, 'user_id is DOUBLE here and BIGINT in the others'],
  ['ids have fractions in the first file', '2025-01-06', { user_id: '7.5::DECIMAL(9,1)' }, 'user_id is DECIMAL(9,1) here and BIGINT in the others'],
  ['times are days in the first file', '2025-01-06', { event_time: `DATE '2025-01-06'` }, 'event_time is DATE here and TIMESTAMP in the others'],
  ['ids are text in the first file', '2025-01-06', { user_id: `'u7'` }, 'user_id is VARCHAR here and BIGINT in the others'],
])('%s: that file is named, with what is odd, and can be left out', async (_, date, changed, difference) => {
  const { warehouse } = await fourDays({ [date]: changed });
  await expect(warehouse.refresh()).rejects.toMatchObject({
    code: 'PARQUET_DAMAGED',
    message: `${fileOf(date)} doesn't match the other files: ${difference}.`,
  });
  expect(await warehouse.refresh({ skipDamaged: true })).toMatchObject({
    status: 'succeeded',
    leftOutFiles: [fileOf(date)],
    layerRows: { bronze: 3 },
  });
  expect(await warehouse.refresh()).toMatchObject({ mode: 'unchanged', leftOutFiles: [fileOf(date)] });
}); // prettier-ignore

test('a file that gets in the way of those that were there before is found too', async () => {
  const { workspace, warehouse } = await fourDays();
  await warehouse.refresh();
  await writeDay(workspace, '2025-01-06', { extra: '1' });
  await expect(warehouse.refresh()).rejects.toMatchObject({ message: expect.stringContaining(fileOf('2025-01-06')) });
  expect(await warehouse.refresh({ skipDamaged: true })).toMatchObject({ leftOutFiles: [fileOf('2025-01-06')] });

  await writeDay(workspace, '2025-01-06');
  expect(await warehouse.refresh()).toMatchObject({ leftOutFiles: [], layerRows: { bronze: 4 } });
});

test('files that all lack a column are told by its name', async () => {
  const { warehouse } = await fourDays(Object.fromEntries(days.map((date) => [date, { team_id: null }])));
  await expect(warehouse.refresh()).rejects.toMatchObject({
    message: expect.stringMatching(/date=2025-01-06.*it lacks team_id \(and 3 more\)/),
  });
});

test('files whose types differ without harm are read together', async () => {
  const { workspace, warehouse } = await fourDays();
  await warehouse.refresh();
  await writeDay(workspace, '2025-01-07', { user_id: '7::INTEGER' });
  expect(await warehouse.refresh()).toMatchObject({ mode: 'incremental', leftOutFiles: [], layerRows: { silver: 4 } });
});

test('a new file whose ids would be rounded to fit those of the last refresh is named', async () => {
  const { workspace, warehouse } = await fourDays();
  await warehouse.refresh();
  for (const date of ['2025-01-10', '2025-01-11']) await writeDay(workspace, date, { user_id: '7.5::DOUBLE' });
  await expect(warehouse.refresh()).rejects.toMatchObject({
    code: 'PARQUET_DAMAGED',
    message: expect.stringContaining('user_id is DOUBLE here and BIGINT in the others (and 1 more)'),
  });
  expect(await warehouse.refresh({ skipDamaged: true })).toMatchObject({ layerRows: { bronze: 4, silver: 4 } });
});
