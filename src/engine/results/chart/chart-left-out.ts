import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import type { Chart } from '../../../contract/result-work';
import { countSchema, readRow } from '../../sql/read-rows';
import type { AxisPlan } from './chart-axis-plan';
import { kindOf } from '../../../contract/column-type';
import { isFiniteSql } from '../../sql/column-kind';
import { columnSql, storedRows, type ResultTable } from '../result-table';

/**
 * Notes about rows that have no place in a chart, because a value is NULL, NaN or infinite. Categories have a place for
 * every value.
 */
export async function undrawnRows(
  table: ResultTable,
  { x, y, kind }: Chart,
  axis: AxisPlan,
  connection: DuckDBConnection,
): Promise<string[]> {
  const onScale = axis.kind === 'category' ? [] : [x];
  const columns = kind === 'scatter' && y !== null && y !== x ? [...onScale, y] : onScale;
  const sentences = await Promise.all(columns.map((column) => sentencesFor(table, column, connection)));
  return sentences.flat();
}

async function sentencesFor(table: ResultTable, index: number, connection: DuckDBConnection): Promise<string[]> {
  const { name, type } = table.columns[index] ?? { name: '', type: '' };
  const column = columnSql(table, index);
  const { nulls, odd } = await readRow(
    connection,
    `SELECT count(*) - count(${column}) AS nulls,
       count(*) FILTER (${column} IS NOT NULL AND NOT ${isFiniteSql(column, type)}) AS odd
     FROM ${storedRows(table).from}`,
    z.object({ nulls: countSchema, odd: countSchema }),
  );
  const sentence = (rows: number, why: string) =>
    `${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'} left out: ${name || `column ${index + 1}`} is ${why}`;
  return [
    ...(nulls > 0 ? [sentence(nulls, 'NULL')] : []),
    ...(odd > 0 ? [sentence(odd, kindOf(type) === 'time' ? 'infinite' : 'NaN or infinite')] : []),
  ];
}
