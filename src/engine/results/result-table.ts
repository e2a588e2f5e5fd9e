import type { DuckDBConnection, DuckDBType } from '@duckdb/node-api';
import { z } from 'zod';
import { columnSchema, type Column } from '../../contract/column-type';
import { countSchema, readRow, readRows } from '../sql/read-rows';
import { maxWindowTextLength } from '../../contract/results';
import { quoteIdentifier, quoteText } from '../sql/quote';
import { unnamedSql } from '../sql/unnamed-structs';

/**
 * A temporary table that holds the rows of a result, in the order that the statement gave. Its columns are called
 * `c0`, `c1`, ... ({@link storedName}), never by the user's names: no name that a user can choose (`rowid`, an alias of
 * ours, a duplicate) can then mean anything in the SQL that reads the table.
 */
export interface ResultTable {
  readonly name: string;
  readonly rows: number;
  /** Names as the statement gave them (they may repeat) and DuckDB's types. */
  readonly columns: readonly Column[];
  /** By column, the type of values whose structs have names of fields only in the table; see `unnamed-structs.ts`. */
  readonly unnamed: ReadonlyMap<number, DuckDBType>;
  /** Set for another order, or a part, of the rows. */
  readonly arranged: Arranged | null;
}

export interface Arranged {
  /** A temporary table of row ids. */
  readonly order: string;
  /** The condition that the rows meet, over any source of the same columns; null where it is only another order. */
  readonly condition: ((source: RowSource) => string) | null;
}

/** Rows of a result as SQL can read them: stored ones, or the statement itself in SQL that is shown to the user. */
export interface RowSource {
  /** For a FROM clause. */
  readonly from: string;
  /** Counts the rows from 0, in their order. */
  readonly position: string;
  /** The expression for a column, by its index in the result. */
  readonly column: (index: number) => string;
}

/** The name of a column in the table that holds a result. */
export const storedName = (index: number): string => `c${index}`;

/** The column names of a table that is about to be created, as a list in parentheses. */
export function storedNames(count: number): string {
  return `(${Array.from({ length: count }, (_, index) => storedName(index)).join(', ')})`;
}

/** Drops a temporary table of a result, if it is there. */
export async function dropTable(name: string, connection: DuckDBConnection): Promise<void> {
  await connection.run(`DROP TABLE IF EXISTS temp.${quoteIdentifier(name)}`);
}

/**
 * @param names those that the statement gave, one for each column of the table
 * @param unnamed types of the columns that are stored otherwise than the statement gave them
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
    `SELECT column_name AS name, data_type AS type FROM duckdb_columns()
     WHERE database_name = 'temp' AND table_name = ${quoteText(table)} ORDER BY column_index`,
    columnSchema,
  );
}

/**
 * Types that Arrow holds exactly and a window carries as they are; all others travel as DuckDB's own text. FLOAT does, too:
 * DuckDB writes 120000004096.0 where fewer digits would be the same number.
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

/** The rows as they are stored. */
export function storedRows(table: Pick<ResultTable, 'name' | 'arranged' | 'unnamed'>): RowSource {
  const { name, arranged } = table;
  const column = (index: number) => columnSql(table, index);
  const rows = `temp.${quoteIdentifier(name)} t`;
  if (!arranged) return { from: rows, position: 't.rowid', column };
  const order = `temp.${quoteIdentifier(arranged.order)} o`;
  return { from: `${order} JOIN ${rows} ON t.rowid = o.row_id`, position: 'o.rowid', column };
}

/** FROM, WHERE and ORDER BY of rows `first` to `last`, the last one included; row ids are gapless from 0. */
export function stretchOf(table: ResultTable, first: number, last: number): string {
  return `${stretchWithoutOrder(table, first, last)} ORDER BY ${storedRows(table).position}`;
}

/** The same for what does not depend on the order of the rows. */
export function stretchWithoutOrder(table: ResultTable, first: number, last: number): string {
  const { from, position } = storedRows(table);
  return `FROM ${from} WHERE ${position} >= ${first} AND ${position} <= ${last}`;
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
