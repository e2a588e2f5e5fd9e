import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { columnSchema, type Column } from '../../contract/warehouse';
import { countSchema, readRow, readRows } from '../warehouse/read-rows';
import { maxWindowTextLength } from '../../contract/results';
import { quoteIdentifier, quoteText } from '../warehouse/sql-text';

/** A temporary table that holds the rows of a result, in the order that the statement gave. */
export interface ResultTable {
  readonly name: string;
  readonly rows: number;
  /** Names as the statement gave them (they may repeat) and DuckDB's types. */
  readonly columns: readonly Column[];
  /** The names under which the same columns stand in the table, where they are unique. */
  readonly storedNames: readonly string[];
}

/** @param names those that the statement gave, where they were known before it ran; else those of the table are taken */
export async function describeTable(
  name: string,
  names: readonly string[] | null,
  connection: DuckDBConnection,
): Promise<ResultTable> {
  const stored = await readRows(
    connection,
    `SELECT column_name AS name, data_type AS type FROM duckdb_columns()
     WHERE database_name = 'temp' AND table_name = ${quoteText(name)} ORDER BY column_index`,
    columnSchema,
  );
  const countSql = `SELECT count(*) AS rows FROM temp.${quoteIdentifier(name)}`;
  const { rows } = await readRow(connection, countSql, z.object({ rows: countSchema }));
  return {
    name,
    rows,
    columns: stored.map((column, index) => ({ name: names?.[index] ?? column.name, type: column.type })),
    storedNames: stored.map((column) => column.name),
  };
}

/** Types that Arrow holds exactly and a window carries as they are; all others travel as DuckDB's own text. */
const exactTypes = new Set([
  'BOOLEAN', 'TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT',
  'FLOAT', 'DOUBLE', 'DATE', 'TIMESTAMP',
]); // prettier-ignore

/** The SELECT of rows `offset` to `offset + limit`; row ids of a table that was never deleted from are gapless. */
export function windowSql({ name, columns, storedNames }: ResultTable, offset: number, limit: number): string {
  const expressions = columns.map(({ type }, index) => {
    const column = quoteIdentifier(storedNames[index] ?? '');
    return exactTypes.has(type) ? column : textExpression(column, type);
  });
  return `SELECT ${expressions.join(', ')} FROM temp.${quoteIdentifier(name)}
    WHERE rowid >= ${offset} AND rowid < ${offset + limit} ORDER BY rowid`;
}

function textExpression(column: string, type: string): string {
  const text = type === 'VARCHAR' ? column : `CAST(${column} AS VARCHAR)`;
  return `CASE WHEN length(${text}) > ${maxWindowTextLength} THEN left(${text}, ${maxWindowTextLength}) || '…' ELSE ${text} END`;
}
