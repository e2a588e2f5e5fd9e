import { DuckDBInstance } from '@duckdb/node-api';
import { expect, onTestFinished, test } from 'vitest';
import { ensureLayout } from './schema';

async function openMemory() {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  onTestFinished(() => {
    connection.closeSync();
    instance.closeSync();
  });
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson();
  return { connection, rows };
}

/** The tables as the version before left them. */
async function layout3() {
  const { connection, rows } = await openMemory();
  expect(await ensureLayout(connection)).toBeNull();
  await connection.run(`
    ALTER TABLE refresh_log DROP COLUMN cluster;
    COMMENT ON TABLE refresh_log IS 'Every refresh, whichever way it ended; one row each (layout 3).';
    INSERT INTO refresh_log (refresh_id, started_at, finished_at, status, files, bytes, exports)
      VALUES (7, now(), now(), 'succeeded', 1, 2, []);
    INSERT INTO refresh_manifest VALUES ('data/events/date=2025-01-01/events-1.parquet', '2025-01-01', 10, 'v', false);
    INSERT INTO check_days VALUES ('no_duplicates', '2025-01-01', 3, 7);`);
  return { connection, rows };
}

test('the layout before keeps all its records and gets the column of clusters', async () => {
  const { connection, rows } = await layout3();
  expect(await ensureLayout(connection)).toBeNull();
  expect(await rows('SELECT refresh_id, status, cluster FROM refresh_log')).toEqual([['7', 'succeeded', null]]);
  expect(await rows('SELECT count(*) FROM refresh_manifest')).toEqual([['1']]);
  expect(await rows('SELECT failed_rows FROM check_days')).toEqual([['3']]);
  expect(await rows("SELECT comment LIKE '%layout 4%' FROM duckdb_tables() WHERE table_name = 'refresh_log'")).toEqual([
    [true],
  ]);
});

test('of an older layout the log alone is kept', async () => {
  const { connection, rows } = await layout3();
  await connection.run("COMMENT ON TABLE refresh_log IS 'something else'");
  expect(await ensureLayout(connection)).toBeNull();
  expect(await rows('SELECT refresh_id FROM refresh_log')).toEqual([['7']]);
  expect(await rows('SELECT count(*) FROM refresh_manifest')).toEqual([['0']]);
});
