import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, onTestFinished, test } from 'vitest';
import { modelsFolder, temporaryWorkspace } from '../testing/temporary-workspace';
import { Warehouse } from '../warehouse/warehouse';

/** A console with little memory and little room for temporary files, in a workspace that inflates. */
async function small() {
  const workspace = await temporaryWorkspace();
  const direct = await (await DuckDBInstance.create(':memory:')).connect();
  const file = path.join(workspace.folder, 'bomb.parquet');
  // A few kilobytes on the disk, 3 GB when read.
  await direct.run(
    `COPY (SELECT i, repeat('x', 1000000) || i % 2 AS text FROM range(3000) t(i))
     TO '${file}' (FORMAT parquet, COMPRESSION zstd)`,
  );
  direct.closeSync();
  const warehouse = await Warehouse.open(workspace, modelsFolder, { memoryLimitMb: 128, temporaryMb: 32, threads: 2 });
  onTestFinished(() => warehouse.close());
  return { workspace, file, console: warehouse.console };
}

test('a query that does not fit into memory stops at the limit of temporary files, names the limit, and leaves none', async () => {
  const { workspace, console } = await small();
  const sorted = console.run('tab', 'SELECT hash(range) AS h, range FROM range(30000000) ORDER BY h');
  await expect(sorted).rejects.toMatchObject({
    code: 'OUT_OF_MEMORY',
    message: expect.stringMatching(/^The query needs more than 3\d\.\d MiB of temporary disk space\.$/),
    details: { action: expect.stringContaining('free up space') },
  });
  expect((await console.run('tab', 'SELECT 1')).result?.rows).toBe(1);
  expect(await readdir(`${workspace.database}.tmp`).catch(() => [])).toEqual([]);
});

test('a Parquet file that inflates stops at the bounds, too, and the next statement runs', async () => {
  const { file, console } = await small();
  for (const sql of [
    `SELECT * FROM '${file}' ORDER BY hash(text || i)`,
    `SELECT list(text || i) FROM '${file}'`,
    `SELECT i, text || i AS text FROM '${file}'`,
  ]) {
    await expect(console.run('tab', sql), sql).rejects.toMatchObject({ code: 'OUT_OF_MEMORY' });
  }
  expect((await console.run('tab', `SELECT count(*), max(length(text)) FROM '${file}'`)).result?.rows).toBe(1);
}, 120_000);
