import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { ExportFormat } from '../../contract/result-work';
import { makeFolder } from '../folder';
import { isLeftBehind, ownedName } from '../fs/owned-name';
import { WorkspaceFiles } from '../fs/workspace-files';
import type { Workspace } from '../workspace';
import { quoteIdentifier, quoteText } from '../warehouse/sql-text';
import { columnSql, rowsOf, type ResultTable } from './result-table';
import { refuseUnnamed } from './unnamed-structs';

const options: Record<ExportFormat, string> = {
  csv: 'FORMAT csv, HEADER true',
  parquet: 'FORMAT parquet, COMPRESSION snappy',
  json: 'FORMAT json, ARRAY true',
};

/**
 * Where an export is written before it goes where the user wants it: DuckDB may write in the workspace only, and a
 * file that is not whole must not be seen under its name.
 */
export function stagedExport(exportsFolder: string, exportId: string): string {
  return path.join(exportsFolder, `${prefix}.${exportId}`);
}

const prefix = '.export';
/** Versions before these names had an owner named them so. */
const oldName = /^\.export-[0-9a-f-]{36}$/;
/** Entries of `exports/` that are looked at. */
const maxEntries = 100_000;

/** An id for an export that this process asks for. */
export async function newExportId(): Promise<string> {
  return (await ownedName('')).slice(1);
}

/** Removes the exports that killed programs have not finished. */
export async function sweepStagedExports(workspace: Workspace): Promise<void> {
  const files = new WorkspaceFiles(workspace);
  const listing = await files.list(workspace.exportsFolder, maxEntries);
  for (const { name } of listing?.entries ?? []) {
    const file = path.join(workspace.exportsFolder, name);
    const left = oldName.test(name) || (name.startsWith(`${prefix}.`) && (await isLeftBehind(file)));
    if (left) await files.removeTree(file);
  }
}

/** Writes all rows in their order; nothing is left of an export that fails or is cancelled. Returns its size. */
export async function writeExport(
  table: ResultTable,
  format: ExportFormat,
  file: string,
  connection: DuckDBConnection,
): Promise<number> {
  if (format !== 'csv') {
    const all = table.columns.map((_, index) => index);
    refuseUnnamed(format === 'json' ? 'JSON' : 'Parquet', table.unnamed, table.columns, all);
  }
  await makeFolder(path.dirname(file));
  const columns = table.storedNames.map((name, index) => `${columnSql(table, index)} AS ${quoteIdentifier(name)}`);
  const { from, position } = rowsOf(table);
  // The rows of a table come in their order anyway; a sort of them all would cost memory for nothing.
  const order = table.arranged ? `ORDER BY ${position}` : '';
  try {
    await connection.run(
      `COPY (SELECT ${columns.join(', ')} FROM ${from} ${order}) TO ${quoteText(file)} (${options[format]})`,
    );
    return (await stat(file)).size;
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}
