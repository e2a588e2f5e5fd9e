import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { temporaryWorkspace } from '../testing/temporary-workspace';
import { openWorkspace } from '../workspace';
import { Database } from './database';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'database-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('makes the file for who needs it, while another only looks whether there is one', async () => {
  const database = await Database.open(await openWorkspace(folder));
  const attempts = await Promise.all([database.attach({ create: false }), database.attach({ create: true })]);
  expect(attempts).toEqual([false, true]);
  expect(database.isAttached).toBe(true);
  database.close();
});

it('removes what a killed DuckDB has spilled, and nothing else', async () => {
  const workspace = await temporaryWorkspace();
  const spill = `${workspace.database}.tmp`;
  await mkdir(spill);
  const old = new Date(Date.now() - 60_000);
  const left = ['duckdb_temp_storage_DEFAULT-0.tmp', 'duckdb_temp_storage_S32K-1.tmp', 'duckdb_temp_block-12.block'];
  const stay = ['duckdb_temp_notes', 'mine.tmp', 'duckdb_temp_storage_DEFAULT-1.tmp'];
  for (const name of [...left, ...stay]) await writeFile(path.join(spill, name), 'x');
  for (const name of [...left, ...stay.slice(0, 2)]) await utimes(path.join(spill, name), old, old);
  // As if this process had written it.
  await utimes(path.join(spill, 'duckdb_temp_storage_DEFAULT-1.tmp'), old, new Date(Date.now() + 60_000));
  const readOnly = await Database.open(workspace, { readOnly: true });
  await readOnly.attach({ create: false });
  readOnly.close();
  expect(await readdir(spill)).toHaveLength(6);
  const database = await Database.open(workspace);
  await database.attach({ create: true });
  database.close();
  expect((await readdir(spill)).toSorted()).toEqual(stay.toSorted());
});
