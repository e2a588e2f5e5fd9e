import { rm } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryWorkspace, writeEvents } from '../testing/temporary-workspace';
import { listEvents } from './event-files';
import { ParquetRowCounter } from './parquet-rows';

async function connect() {
  const instance = await DuckDBInstance.create(':memory:');
  onTestFinished(() => instance.closeSync());
  return instance.connect();
}

const week = ['06', '07', '08'].map((day) => ({ at: `2025-01-${day} 10:00:00`, team: 1 }));

test('who counts some files meanwhile takes nothing from who counts all', async () => {
  const workspace = await temporaryWorkspace();
  const connection = await connect();
  const counter = new ParquetRowCounter(workspace);
  await writeEvents(workspace, week);
  await counter.count((await listEvents(workspace)).files, connection);
  await writeEvents(workspace, [{ at: '2025-01-09 10:00:00', team: 1 }]);
  const all = (await listEvents(workspace)).files;
  expect(all).toHaveLength(4);

  const [some, every] = await Promise.all([counter.count(all.slice(-1), connection), counter.count(all, connection)]);

  expect([...some.values()]).toEqual([1]);
  expect([...every.values()]).toEqual([1, 1, 1, 1]);
});

test('a file that has changed is counted anew, and one that is gone is nobody’s loss', async () => {
  const workspace = await temporaryWorkspace();
  const connection = await connect();
  const counter = new ParquetRowCounter(workspace);
  await writeEvents(workspace, week);
  const [first, ...others] = (await listEvents(workspace)).files;
  await counter.count((await listEvents(workspace)).files, connection);
  await rm(path.join(workspace.folder, first?.path ?? ''));
  const last = { at: '2025-01-08 10:00:00', team: 1 };
  await writeEvents(workspace, [last, last]);
  const counts = await counter.count((await listEvents(workspace)).files, connection);
  expect(others.map(({ path: name }) => counts.get(name))).toEqual([1, 2]);
});

test('files that are gone are forgotten', async () => {
  const workspace = await temporaryWorkspace();
  const connection = await connect();
  const counter = new ParquetRowCounter(workspace);
  for (let day = 10; day < 14; day += 1) {
    await writeEvents(workspace, [{ at: `2025-01-${day} 10:00:00`, team: 1 }]);
    const files = (await listEvents(workspace)).files;
    await counter.countAll(files, connection);
    expect(counter.size).toBe(1);
    for (const file of files) await rm(path.join(workspace.folder, file.path));
  }
});
