import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { onTestFinished } from 'vitest';
import { noValues } from '../sql/parameters';
import { readInto } from '../results/read';
import type { ResultTable } from '../results/result-table';

/** A separate DuckDB in which results are kept as in the console, but without a warehouse. */
export async function openDuckDb(timeZone = 'UTC') {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  onTestFinished(() => {
    connection.closeSync();
    instance.closeSync();
  });
  await connection.run(`SET TimeZone = '${timeZone}'`);
  let kept = 0;
  const keep = async (sql: string): Promise<ResultTable> => {
    kept += 1;
    return (await readInto(`result_${kept}`, sql, noValues, connection)).table;
  };
  return { connection, keep, rows: (sql: string) => rowsOf(sql, connection) };
}

async function rowsOf(sql: string, connection: DuckDBConnection): Promise<readonly (readonly unknown[])[]> {
  return (await connection.runAndReadAll(sql)).getRowsJS();
}
