import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { AppError } from '../../contract/app-error';
import { printable } from '../../contract/text/printable';
import type { Workspace } from '../workspace';
import type { EventFile } from '../events/event-files';
import type { ModelFile } from '../models/model-file';
import { readRows } from '../sql/read-rows';
import { quotePath } from '../sql/quote';

/** An intact Parquet file that can't be read together with the others, and the difference. */
export interface SchemaMismatch {
  readonly path: string;
  readonly difference: string;
}

/** Types of a file's columns, by name. */
type Columns = ReadonlyMap<string, string>;

/** DuckDB's messages if the columns of files, or those that models refer to, don't match. */
const mismatchMessage = /schema mismatch in glob|Conversion Error|Binder Error/;

/** Columns that come from reading, whatever the files contain. */
const givenByReading = new Set(['date', 'filename']);

/**
 * The files whose columns differ from those of most files, if that may have caused `error`. None for other errors:
 * files may differ as long as DuckDB can read them.
 * @param bronze declares the columns that a file must have
 */
export async function findSchemaMismatches(
  error: unknown,
  files: readonly EventFile[],
  bronze: Pick<ModelFile, 'columns'>,
  workspace: Workspace,
  connection: DuckDBConnection,
): Promise<SchemaMismatch[]> {
  if (!(error instanceof Error) || !mismatchMessage.test(error.message)) return [];
  const columnsOf = await readColumns(files, workspace, connection);
  const needed = bronze.columns.map(({ name }) => name).filter((name) => !givenByReading.has(name));
  const whole = [...columnsOf.values()].filter((columns) => needed.every((name) => columns.has(name)));
  const usual = mostFrequent(whole);
  const oddBy = (differs: (columns: Columns) => string | null | undefined) =>
    [...columnsOf].flatMap(([file, columns]) => {
      const difference = differs(columns);
      return difference ? { path: file, difference } : [];
    });
  const byName = oddBy((columns) => missing(needed, columns) ?? (usual && otherNames(columns, usual)));
  if (byName.length > 0) return byName;
  const byType = oddBy((columns) => usual && otherType(columns, usual));
  // Types may differ (INTEGER and BIGINT). If DuckDB names the file whose values don't fit, it is that one.
  const named = byType.filter((mismatch) => error.message.includes(mismatch.path));
  return named.length > 0 ? named : byType;
}

/** The error of a refresh that failed because of schema mismatches. */
export function schemaMismatchError(mismatches: readonly SchemaMismatch[], cause: unknown): AppError {
  const [first] = mismatches;
  const more = mismatches.length > 1 ? ` (and ${mismatches.length - 1} more)` : '';
  return new AppError(
    'PARQUET_DAMAGED',
    `${printable(first?.path ?? 'A file')} doesn't match the other files: ${printable(first?.difference ?? '', 1_000)}${more}.`,
    {
      action: 'Refresh without it, or rewrite it with the columns of the others. Your last refresh is intact.',
      ...(cause instanceof Error ? { cause: cause.message } : {}),
    },
  );
}

async function readColumns(
  files: readonly EventFile[],
  workspace: Workspace,
  connection: DuckDBConnection,
): Promise<Map<string, Columns>> {
  const pathOf = new Map(files.map((file) => [path.join(workspace.folder, file.path), file.path]));
  const rows = await readRows(
    connection,
    `SELECT file_name AS file, name, duckdb_type AS type
     FROM parquet_schema([${[...pathOf.keys()].map(quotePath).join(', ')}])
     WHERE coalesce(num_children, 0) = 0`,
    z.object({ file: z.string(), name: z.string(), type: z.string().nullable() }),
  );
  const columnsOf = new Map<string, Map<string, string>>(files.map((file) => [file.path, new Map()]));
  for (const { file, name, type } of rows) {
    if (!givenByReading.has(name)) columnsOf.get(pathOf.get(file) ?? '')?.set(name, type ?? '');
  }
  return columnsOf;
}

/** The columns that most files have; of several equally frequent ones, those of the earliest file. */
function mostFrequent(all: readonly Columns[]): Columns | undefined {
  const counts = new Map<string, { columns: Columns; files: number }>();
  for (const columns of all) {
    const key = JSON.stringify([...columns].toSorted(([a], [b]) => (a < b ? -1 : 1)));
    counts.set(key, { columns, files: (counts.get(key)?.files ?? 0) + 1 });
  }
  return [...counts.values()].toSorted((a, b) => b.files - a.files)[0]?.columns;
}

function missing(needed: readonly string[], columns: Columns): string | null {
  const names = needed.filter((name) => !columns.has(name));
  return names.length === 0 ? null : `it lacks ${names.join(', ')}`;
}

function otherNames(columns: Columns, usual: Columns): string | null {
  const extra = [...columns.keys()].filter((name) => !usual.has(name));
  return missing([...usual.keys()], columns) ?? (extra.length > 0 ? `it alone has ${extra.join(', ')}` : null);
}

function otherType(columns: Columns, usual: Columns): string | null {
  const other = [...columns].find(([name, type]) => usual.get(name) !== type);
  return other ? `${other[0]} is ${other[1]} here and ${usual.get(other[0]) ?? ''} in the others` : null;
}
