import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { AppError } from '../../contract/app-error';
import { maxCopyCells, type CopyFormat, type ResultArea } from '../../contract/result-work';
import { quoteText } from '../sql/quote';
import { kindOf } from '../../contract/column-type';
import { distinctNames } from '../sql/column-names';
import { jsonSql } from '../sql/json-value';
import { columnSql, stretchOf, type ResultTable } from './result-table';
import { refuseUnnamed } from '../sql/unnamed-structs';

type Area = Omit<ResultArea, 'resultId'>;

/**
 * The selected cells as text for the clipboard.
 * @throws AppError INVALID_OPTIONS for too many cells
 */
export async function copyArea(
  table: ResultTable,
  area: Area & { readonly format: CopyFormat; readonly header: boolean },
  connection: DuckDBConnection,
): Promise<string> {
  const { firstRow, lastRow, columns, format, header } = area;
  const cells = (Math.min(lastRow, table.rows - 1) - firstRow + 1) * columns.length;
  if (cells > maxCopyCells) {
    throw new AppError('INVALID_OPTIONS', `${cells.toLocaleString('en')} cells are too many to copy.`, {
      action: `Select at most ${maxCopyCells.toLocaleString('en')}, or export the result to a file.`,
    });
  }
  if (format === 'json') return copyJson(table, area, connection);
  const values = columns.map((column) => `CAST(${columnSql(table, column)} AS VARCHAR)`);
  const rows = await textRows(`SELECT ${values.join(', ')} ${stretchOf(table, firstRow, lastRow)}`, connection);
  const names = columns.map((column) => table.columns[column]?.name ?? '');
  if (format === 'markdown')
    return markdown(
      names,
      columns.map((c) => kindOf(table.columns[c]?.type ?? '') === 'number'),
      rows,
    );
  const write = format === 'csv' ? csvField : tsvField;
  const line = (fields: readonly (string | null)[]) => fields.map(write).join(format === 'csv' ? ',' : '\t');
  return [...(header ? [line(names)] : []), ...rows.map(line)].join('\n');
}

async function textRows(sql: string, connection: DuckDBConnection): Promise<(string | null)[][]> {
  const result = await connection.runAndReadAll(sql);
  return z.array(z.array(z.string().nullable())).parse(result.getRowsJS());
}

/** An array of objects; columns with the same name get different keys. */
async function copyJson(
  table: ResultTable,
  { firstRow, lastRow, columns }: Area,
  connection: DuckDBConnection,
): Promise<string> {
  refuseUnnamed('JSON', table.unnamed, table.columns, columns);
  const names = distinctNames(columns.map((column) => table.columns[column]?.name ?? ''));
  const members = columns.map(
    (column, index) =>
      `${quoteText(names[index] ?? '')}, ${jsonSql(columnSql(table, column), table.columns[column]?.type ?? '')}`,
  );
  const sql = `SELECT CAST(json_object(${members.join(', ')}) AS VARCHAR) ${stretchOf(table, firstRow, lastRow)}`;
  const rows = await textRows(sql, connection);
  return `[\n${rows.map(([row]) => `  ${row}`).join(',\n')}\n]`;
}

/** As spreadsheets expect it: NULL is an empty field and empty text is quoted, to tell them apart. */
function csvField(value: string | null): string {
  if (value === null) return '';
  return value === '' || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function tsvField(value: string | null): string {
  if (value === null) return '';
  return /["\t\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function markdown(names: readonly string[], right: readonly boolean[], rows: readonly (string | null)[][]): string {
  const field = (value: string | null) =>
    value === null ? 'NULL' : value.replace(/([\\|])/g, '\\$1').replace(/\r?\n/g, '<br>');
  const line = (fields: readonly (string | null)[]) => `| ${fields.map(field).join(' | ')} |`;
  return [line(names), `| ${right.map((number) => (number ? '--:' : '---')).join(' | ')} |`, ...rows.map(line)].join(
    '\n',
  );
}
