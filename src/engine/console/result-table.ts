import type { DuckDBConnection, DuckDBType } from '@duckdb/node-api';
import { z } from 'zod';
import { columnSchema, type Column } from '../../contract/warehouse';
import { countSchema, readRow, readRows } from '../warehouse/read-rows';
import { maxWindowTextLength } from '../../contract/results';
import { quoteIdentifier, quoteText } from '../warehouse/sql-text';
import { unnamedSql } from './unnamed-structs';

/** A temporary table that holds the rows of a result, in the order that the statement gave. */
export interface ResultTable {
  readonly name: string;
  readonly rows: number;
  /** Names as the statement gave them (they may repeat) and DuckDB's types. */
  readonly columns: readonly Column[];
  /** The names under which the same columns stand in the table, where they are unique. */
  readonly storedNames: readonly string[];
  /** By column, the type of values whose structs have names of fields only in the table; see `unnamed-structs.ts`. */
  readonly unnamed: ReadonlyMap<number, DuckDBType>;
  /** Set for another order, or a part, of the rows: a temporary table of their row ids, and the condition they meet. */
  readonly arranged: { readonly order: string; readonly condition: string | null } | null;
}

/** The name of the table that holds the rows of a result. */
export const rowsTableOf = (resultId: string): string => `result_${resultId}`;

/** The name of the table that holds the order of an arranged result. */
export const orderTableOf = (arrangedId: string): string => `arranged_${arrangedId}`;

/** Matches the names of both, as a regular expression of DuckDB. */
export const tableNamePattern = '^(result|arranged)_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';

/** Drops a temporary table of a result, if it is there. */
export async function dropTable(name: string, connection: DuckDBConnection): Promise<void> {
  await connection.run(`DROP TABLE IF EXISTS temp.${quoteIdentifier(name)}`);
}

/**
 * @param names those that the statement gave, where they were known before it ran; else those of the table are taken
 * @param unnamed types of the columns that are stored otherwise than the statement gave them
 */
export async function describeTable(
  name: string,
  names: readonly string[] | null,
  connection: DuckDBConnection,
  unnamed: ResultTable['unnamed'] = new Map(),
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
    columns: stored.map((column, index) => ({
      name: names?.[index] ?? column.name,
      type: unnamed.get(index)?.toString() ?? column.type,
    })),
    storedNames: stored.map((column) => column.name),
    unnamed,
    arranged: null,
  };
}

/** Types that Arrow holds exactly and a window carries as they are; all others travel as DuckDB's own text. */
const exactTypes = new Set([
  'BOOLEAN', 'TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT',
  'FLOAT', 'DOUBLE', 'DATE', 'TIMESTAMP',
]); // prettier-ignore

/** A column of {@link rowsOf}, by its place. */
export function columnSql({ storedNames, unnamed }: ResultTable, column: number): string {
  const stored = `t.${quoteIdentifier(storedNames[column] ?? '')}`;
  const type = unnamed.get(column);
  return type ? unnamedSql(stored, type) : stored;
}

/** What stands behind FROM to read the rows, as `t`; `position` counts them from 0, in their order. */
export function rowsOf({ name, arranged }: ResultTable): { from: string; position: string } {
  const rows = `temp.${quoteIdentifier(name)} t`;
  if (!arranged) return { from: rows, position: 't.rowid' };
  return { from: `temp.${quoteIdentifier(arranged.order)} o JOIN ${rows} ON t.rowid = o.row_id`, position: 'o.rowid' };
}

/** FROM, WHERE and ORDER BY of rows `first` to `last`, the last one included; row ids are gapless from 0. */
export function stretchOf(table: ResultTable, first: number, last: number): string {
  const { from, position } = rowsOf(table);
  return `FROM ${from} WHERE ${position} >= ${first} AND ${position} <= ${last} ORDER BY ${position}`;
}

/** The SELECT of rows `offset` to `offset + limit`. */
export function windowSql(table: ResultTable, offset: number, limit: number): string {
  const expressions = table.columns.map(({ type }, index) => shownSql(columnSql(table, index), type));
  return `SELECT ${expressions.join(', ')} ${stretchOf(table, offset, offset + limit - 1)}`;
}

/** A value as a window carries it. */
export function shownSql(column: string, type: string): string {
  return exactTypes.has(type) ? column : textExpression(column, type);
}

function textExpression(column: string, type: string): string {
  const text = type === 'VARCHAR' ? column : `CAST(${column} AS VARCHAR)`;
  return `CASE WHEN length(${text}) > ${maxWindowTextLength} THEN left(${text}, ${maxWindowTextLength}) || '…' ELSE ${text} END`;
}
