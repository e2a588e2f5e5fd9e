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

/** The tables as earlier versions left them: of layout 4, the one before, or of layout 3. */
async function earlierLayout(layout: 3 | 4) {
  const { connection, rows } = await openMemory();
  expect(await ensureLayout(connection)).toBeNull();
  if (layout === 3) await connection.run('ALTER TABLE refresh_log DROP COLUMN cluster');
  await connection.run(`
    DROP TABLE fact_results;
    COMMENT ON TABLE refresh_log IS 'Every refresh, whichever way it ended; one row each (layout ${layout}).';
    INSERT INTO refresh_log (refresh_id, started_at, finished_at, status, files, bytes, exports)
      VALUES (7, now(), now(), 'succeeded', 1, 2, []);
    INSERT INTO refresh_manifest VALUES ('data/events/date=2025-01-01/events-1.parquet', '2025-01-01', 10, 'v', false);
    INSERT INTO check_days VALUES ('no_duplicates', '2025-01-01', 3, 7);`);
  return { connection, rows };
}

test.each([3, 4] as const)('layout %i keeps all its records and gets what it lacks', async (layout) => {
  const { connection, rows } = await earlierLayout(layout);
  expect(await ensureLayout(connection)).toBeNull();
  expect(await rows('SELECT refresh_id, status, cluster FROM refresh_log')).toEqual([['7', 'succeeded', null]]);
  expect(await rows('SELECT count(*) FROM refresh_manifest')).toEqual([['1']]);
  expect(await rows('SELECT failed_rows FROM check_days')).toEqual([['3']]);
  expect(await rows('SELECT count(*) FROM fact_results')).toEqual([['0']]);
  expect(await rows("SELECT comment LIKE '%layout 5%' FROM duckdb_tables() WHERE table_name = 'refresh_log'")).toEqual([
    [true],
  ]);
});

test('of an older layout the log alone is kept', async () => {
  const { connection, rows } = await earlierLayout(3);
  await connection.run("COMMENT ON TABLE refresh_log IS 'something else'");
  expect(await ensureLayout(connection)).toBeNull();
  expect(await rows('SELECT refresh_id FROM refresh_log')).toEqual([['7']]);
  expect(await rows('SELECT count(*) FROM refresh_manifest')).toEqual([['0']]);
});
