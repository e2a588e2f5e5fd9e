import type { DuckDBConnection, DuckDBType } from '@duckdb/node-api';
import { z } from 'zod';
import { columnSchema, type Column } from '../../contract/column-type';
import { countSchema, readRow, readRows } from '../sql/read-rows';
import { maxWindowTextLength } from '../../contract/results';
import { quoteIdentifier, quoteText } from '../sql/quote';
import { unnamedSql } from '../sql/unnamed-structs';

/**
 * A temporary table with the rows of a result, in the order of the statement. Its columns are named `c0`, `c1`, ...
 * ({@link storedName}), never by the user's names: a name that a user chooses (`rowid`, one of our aliases, a
 * duplicate) then has no meaning in the SQL that reads the table.
 */
export interface ResultTable {
  readonly name: string;
  readonly rows: number;
  /** Names as in the statement (they may repeat) and DuckDB's types. */
  readonly columns: readonly Column[];
  /** By column, the type of values whose structs have field names only in the table; see `unnamed-structs.ts`. */
  readonly unnamed: ReadonlyMap<number, DuckDBType>;
  /** Set if the rows are sorted or filtered. */
  readonly arranged: Arranged | null;
}

export interface Arranged {
  /** A temporary table of row ids. */
  readonly order: string;
  /** Whether the rows have another order than those of the statement. */
  readonly sorted: boolean;
  /** The filter condition, over any source with the same columns; null if the rows are only sorted. */
  readonly condition: ((source: RowSource) => string) | null;
}

/** Rows of a result in SQL: stored ones, or the statement itself in SQL that the user sees. */
export interface RowSource {
  /** For a FROM clause. */
  readonly from: string;
  /** Numbers the rows from 0, in their order. */
  readonly position: string;
  /** The expression for a column, by its index in the result. */
  readonly column: (index: number) => string;
}

/** The name of a column in the table of a result. */
export const storedName = (index: number): string => `c${index}`;

/** The column names of a new table, as a list in parentheses. */
export function storedNames(count: number): string {
  return `(${Array.from({ length: count }, (_, index) => storedName(index)).join(', ')})`;
}

/** Drops a temporary table of a result, if it exists. */
export async function dropTable(name: string, connection: DuckDBConnection): Promise<void> {
  await connection.run(`DROP TABLE IF EXISTS temp.${quoteIdentifier(name)}`);
}

/**
 * @param names names from the statement, one per column of the table
 * @param unnamed types of the columns that are stored differently from the statement
 */
export async function describeTable(
  name: string,
  names: readonly string[],
  connection: DuckDBConnection,
  unnamed: ResultTable['unnamed'] = new Map(),
): Promise<ResultTable> {
  const stored = await tableColumns(name, connection);
  const countSql = `SELECT count(*) AS rows FROM temp.${quoteIdentifier(name)}`;
  const { rows } = await readRow(connection, countSql, z.object({ rows: countSchema }));
  const columns = stored.map((column, index) => ({
    name: names[index] ?? '',
    type: unnamed.get(index)?.toString() ?? column.type,
  }));
  return { name, rows, columns, unnamed, arranged: null };
}

/** The columns of a temporary table, in their order. */
export function tableColumns(table: string, connection: DuckDBConnection): Promise<Column[]> {
  return readRows(
    connection,
    `SELECT column_name AS name, data_type AS type FROM system.main.duckdb_columns()
     WHERE database_name = 'temp' AND table_name = ${quoteText(table)} ORDER BY column_index`,
    columnSchema,
  );
}

/**
 * Types that Arrow represents exactly and windows carry as they are; all others are sent as DuckDB's own text. So is
 * FLOAT: DuckDB writes 120000004096.0 where fewer digits would be the same number.
 */
const exactTypes = new Set([
  'BOOLEAN', 'TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT',
  'DOUBLE', 'DATE', 'TIMESTAMP',
]); // prettier-ignore

/** A column of {@link storedRows}, by its index. */
export function columnSql({ unnamed }: Pick<ResultTable, 'unnamed'>, column: number): string {
  const stored = `t.${storedName(column)}`;
  const type = unnamed.get(column);
  return type ? unnamedSql(stored, type) : stored;
}

/** The stored rows. */
export function storedRows(table: Pick<ResultTable, 'name' | 'arranged' | 'unnamed'>): RowSource {
  const { name, arranged } = table;
  const column = (index: number) => columnSql(table, index);
  const rows = `temp.${quoteIdentifier(name)} t`;
  if (!arranged) return { from: rows, position: 't.rowid', column };
  const order = `temp.${quoteIdentifier(arranged.order)} o`;
  return { from: `${order} JOIN ${rows} ON t.rowid = o.row_id`, position: 'o.rowid', column };
}

/** FROM, WHERE and ORDER BY for rows `first` to `last`, inclusive; row ids have no gaps and start at 0. */
export function stretchOf(table: ResultTable, first: number, last: number): string {
  return `${stretchWithoutOrder(table, first, last)} ORDER BY ${storedRows(table).position}`;
}

/** The same for queries that don't depend on the order of the rows. */
export function stretchWithoutOrder(table: ResultTable, first: number, last: number): string {
  const { from, position } = storedRows(table);
  return `FROM ${from} WHERE ${position} >= ${first} AND ${position} <= ${last}`;
}

/** The SELECT of rows `offset` to `offset + limit`. */
export function windowSql(table: ResultTable, offset: number, limit: number): string {
  const expressions = table.columns.map(({ type }, index) => shownSql(columnSql(table, index), type));
  return `SELECT ${expressions.join(', ')} ${stretchOf(table, offset, offset + limit - 1)}`;
}

/** A value as sent in a window. */
export function shownSql(column: string, type: string): string {
  return exactTypes.has(type) ? column : textExpression(column, type);
}

function textExpression(column: string, type: string): string {
  const text = type === 'VARCHAR' ? column : `CAST(${column} AS VARCHAR)`;
  return `CASE WHEN length(${text}) > ${maxWindowTextLength} THEN left(${text}, ${maxWindowTextLength}) || '…' ELSE ${text} END`;
}
