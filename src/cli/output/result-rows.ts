import { kindOf } from '../../contract/column-type';
import type { DuckDBConnection } from '@duckdb/node-api';
import { distinctNames } from '../../engine/sql/column-names';
import { jsonSql } from '../../engine/sql/json-value';
import { columnSql, storedRows, stretchOf, type ResultTable } from '../../engine/results/result-table';
import { quoteText } from '../../engine/sql/quote';
import { write } from './output';
import { plural } from './words';

/** Rows held in memory at once, whatever the size of the result. */
const batchRows = 10_000;

/** Prints a result as text: columns aligned, numbers to the right, NULL as `NULL`; each value as DuckDB's own text. */
export async function printTable(table: ResultTable, connection: DuckDBConnection): Promise<void> {
  const { columns, rows } = table;
  const cells = columns.map((_, index) => cellText(columnSql(table, index)));
  const lengths = cells.map((cell) => `coalesce(max(length(${cell})), 0)`);
  const [widest] = await readRows(`SELECT ${lengths.join(', ')}`, table, connection);
  const widths = columns.map(({ name }, index) => Math.max(name.length, Number(widest?.[index] ?? 0)));
  const isNumber = columns.map(({ type }) => kindOf(type) === 'number');

  const titles = columns.map(({ name }, index) => name[isNumber[index] ? 'padStart' : 'padEnd'](widths[index] ?? 0));
  await write(`${titles.join('  ').trimEnd()}\n${widths.map((width) => '-'.repeat(width)).join('  ')}\n`);
  const padded = cells.map((cell, index) => `${isNumber[index] ? 'lpad' : 'rpad'}(${cell}, ${widths[index]}, ' ')`);
  await printRows(`SELECT rtrim(concat_ws('  ', ${padded.join(', ')}))`, '\n', table, connection);
  await write(`${rows > 0 ? '\n' : ''}(${plural(rows, 'row')})\n`);
}

/**
 * Prints `{ columns, rows }`, each row an object keyed by column. Numbers keep all their digits, as DuckDB writes them.
 */
export async function printRowsAsJson(table: ResultTable, connection: DuckDBConnection): Promise<void> {
  const names = distinctNames(table.columns.map(({ name }) => name));
  const columns = table.columns.map(({ type }, index) => ({ name: names[index] ?? '', type }));
  await write(`{"columns":${JSON.stringify(columns)},"rows":[\n`);
  await printRows(rowAsJson(table), ',\n', table, connection);
  await write('\n]}\n');
}

/** The rows of a small result as objects keyed by column. */
export async function readRowsAsJson(table: ResultTable, connection: DuckDBConnection): Promise<unknown[]> {
  const rows = await readRows(rowAsJson(table), table, connection);
  return rows.map(([row]): unknown => JSON.parse(row ?? 'null'));
}

/** A value as text on one line. */
function cellText(column: string): string {
  const text = `coalesce(CAST(${column} AS VARCHAR), 'NULL')`;
  return `replace(replace(replace(${text}, chr(10), '\\n'), chr(13), '\\r'), chr(9), '\\t')`;
}

/** SELECT of each row as one JSON text. */
function rowAsJson(table: ResultTable): string {
  const { columns } = table;
  const names = distinctNames(columns.map(({ name }) => name));
  const members = columns.map(
    ({ type }, index) => `${quoteText(names[index] ?? '')}, ${jsonSql(columnSql(table, index), type)}`,
  );
  return `SELECT CAST(json_object(${members.join(', ')}) AS VARCHAR)`;
}

/** Prints the text that `select` returns for each row, in batches. */
async function printRows(
  select: string,
  separator: string,
  table: ResultTable,
  connection: DuckDBConnection,
): Promise<void> {
  for (let first = 0; first < table.rows; first += batchRows) {
    const batch = await readRows(select, table, connection, { first, end: first + batchRows });
    await write((first > 0 ? separator : '') + batch.map(([text]) => text).join(separator));
  }
}

async function readRows(
  select: string,
  table: ResultTable,
  connection: DuckDBConnection,
  range?: { readonly first: number; readonly end: number },
): Promise<string[][]> {
  // A SELECT without row numbers is an aggregate over all rows, so there is nothing to sort.
  const stretch = range ? stretchOf(table, range.first, range.end - 1) : `FROM ${storedRows(table).from}`;
  const reader = await connection.runAndReadAll(`${select} ${stretch}`);
  return reader.getRowsJS().map((row) => row.map(String));
}
