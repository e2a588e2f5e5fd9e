import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { ExportFormat } from '../../contract/result-work';
import { ownedName } from '../fs/owned-name';
import { sweepLeftBehind } from '../fs/sweep-unfinished';
import { WorkspaceFiles } from '../fs/workspace-files';
import { fileBytes } from '../fs/exists';
import type { Workspace } from '../workspace';
import { kindOf } from '../../contract/column-type';
import { quoteIdentifier, quoteText } from '../sql/quote';
import { distinctNames } from '../sql/column-names';
import { jsonSql } from '../sql/json-value';
import { columnSql, storedRows, type ResultTable } from './result-table';
import { refuseUnnamed } from '../sql/unnamed-structs';

const options: Record<ExportFormat, string> = {
  csv: 'FORMAT csv, HEADER true',
  'csv-as-text': 'FORMAT csv, HEADER true',
  parquet: 'FORMAT parquet, COMPRESSION snappy',
  json: 'FORMAT json, ARRAY true',
};

/**
 * The path where an export is written before it moves to the user's path: DuckDB may only write in the workspace, and
 * an incomplete file must not appear under its final name.
 */
export function stagedExport({ exportsFolder }: Workspace, exportId: string): string {
  return path.join(exportsFolder, `${prefix}.${exportId}`);
}

const prefix = '.export';
/** Names in versions before names had an owner. */
const oldName = /^\.export-[0-9a-f-]{36}$/;

/** A new id for an export of this process. */
export async function newExportId(): Promise<string> {
  return (await ownedName('')).slice(1);
}

/** Removes unfinished exports of killed programs. */
export async function sweepStagedExports(workspace: Workspace): Promise<void> {
  const files = new WorkspaceFiles(workspace);
  await sweepLeftBehind(files, workspace.exportsFolder, {
    isOurs: ({ name }) => oldName.test(name) || name.startsWith(`${prefix}.`),
    oldName,
    remove: (file) => files.removeTree(file),
  });
}

/** Removes an export that is no longer needed. */
export async function discardExport(workspace: Workspace, exportId: string): Promise<void> {
  await new WorkspaceFiles(workspace).remove(stagedExport(workspace, exportId));
}

/** Text that spreadsheets take for a formula starts like this. */
const formulaPattern = /^[=+\-@\t\r\n]/;

/** Numbers and times are never formulas, even with a minus sign. */
function withoutFormula(column: string, type: string): string {
  const kind = kindOf(type);
  if (kind === 'number' || kind === 'time') return column;
  const text = `CAST(${column} AS VARCHAR)`;
  return `CASE WHEN regexp_matches(${text}, '${formulaPattern.source}') THEN '''' || ${text} ELSE ${text} END`;
}

/**
 * Writes all rows in their order; leaves nothing behind if it fails or is cancelled. Returns the size in bytes.
 * @param columns indexes of the columns to write, in this order
 */
export async function writeExport(
  table: ResultTable,
  { format, columns }: { readonly format: ExportFormat; readonly columns: readonly number[] },
  exportId: string,
  workspace: Workspace,
  connection: DuckDBConnection,
): Promise<number> {
  if (format === 'json' || format === 'parquet') {
    refuseUnnamed(format === 'json' ? 'JSON' : 'Parquet', table.unnamed, table.columns, columns);
  }
  const files = new WorkspaceFiles(workspace);
  const file = stagedExport(workspace, exportId);
  await files.makeFolder(workspace.exportsFolder);
  await files.checkTarget(file);
  try {
    await connection.run(
      `COPY (SELECT ${selectList(table, format, columns)} FROM ${rowsInOrder(table)}) TO ${quoteText(file)} (${options[format]})`,
    );
    return await fileBytes(file);
  } catch (error) {
    await files.remove(file);
    throw error;
  }
}

/**
 * Rows for a FROM clause, in their order. Those of a table come in it anyway: sorting them, or looking each of those
 * that pass a filter up by its id, would only cost time and memory.
 */
function rowsInOrder(table: ResultTable): string {
  const { arranged } = table;
  const stored = storedRows(table);
  if (!arranged) return stored.from;
  if (arranged.sorted || !arranged.condition) return `${stored.from} ORDER BY ${stored.position}`;
  const all = storedRows({ ...table, arranged: null });
  return `${all.from} WHERE ${arranged.condition(all)}`;
}

function selectList(table: ResultTable, format: ExportFormat, columns: readonly number[]): string {
  const titles = columns.map((column) => table.columns[column]?.name ?? '');
  const asText = format === 'csv-as-text';
  const names = distinctNames(titles.map((title) => (asText && formulaPattern.test(title) ? `'${title}` : title)));
  return columns
    .map((column, index) => {
      const value = columnSql(table, column);
      const type = table.columns[column]?.type ?? '';
      const written = format === 'json' ? jsonSql(value, type) : asText ? withoutFormula(value, type) : value;
      return `${written} AS ${quoteIdentifier(names[index] ?? '')}`;
    })
    .join(', ');
}
