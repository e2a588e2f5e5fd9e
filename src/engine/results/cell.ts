import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { AppError } from '../../contract/app-error';
import type { Cell } from '../../contract/result-work';
import { countSchema, readRows } from '../sql/read-rows';
import { kindOf } from '../../contract/column-type';
import { columnSql, stretchOf, type ResultTable } from './result-table';

const maxLength = 1_000_000;

const rowSchema = z.object({
  text: z.string().nullable(),
  json: z.string().nullable(),
  length: countSchema.nullable(),
});

/** The full value of one cell, and its JSON if it is nested. */
export async function readCell(
  table: ResultTable,
  row: number,
  column: number,
  connection: DuckDBConnection,
): Promise<Cell> {
  const value = columnSql(table, column);
  const text = `CAST(${value} AS VARCHAR)`;
  const sql = `SELECT left(${text}, ${maxLength}) AS text, length(${text}) AS length,
    ${jsonSql(value, table.columns[column]?.type ?? '')} AS json ${stretchOf(table, row, row)}`;
  const [cell] = await readRows(connection, sql, rowSchema);
  if (!cell) throw new AppError('RESULT_GONE', "This row doesn't exist.", { action: 'Run the query again.' });
  return { ...cell, length: cell.length ?? 0 };
}

/** Text counts as JSON only if it is an object or an array: a single number or word needs no tree. */
function jsonSql(value: string, type: string): string {
  if (kindOf(type) === 'nested') return `left(CAST(to_json(${value}) AS VARCHAR), ${maxLength})`;
  if (type !== 'VARCHAR' && type !== 'JSON') return 'CAST(NULL AS VARCHAR)';
  const text = `CAST(${value} AS VARCHAR)`;
  return `CASE WHEN length(${text}) <= ${maxLength} AND json_valid(${text})
    AND json_type(${text}) IN ('OBJECT', 'ARRAY') THEN ${text} END`;
}
