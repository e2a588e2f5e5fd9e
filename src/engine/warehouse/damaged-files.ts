import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../contract/app-error';
import type { Workspace } from '../workspace';
import type { EventFile } from './event-files';
import { quoteText } from './sql-text';

/** DuckDB names the Parquet file that it could not read, in quotes, at differing places of its messages. */
const parquetFileInMessage = /['"](?<file>[^'"*]+\.parquet)['"]/;

/** The files among `files` that DuckDB can't read to their end: named by `error`, or found by reading them. */
export async function findDamaged(
  error: unknown,
  files: readonly EventFile[],
  workspace: Workspace,
  connection: DuckDBConnection,
): Promise<string[]> {
  const named = error instanceof Error ? parquetFileInMessage.exec(error.message)?.groups?.file : undefined;
  const file = files.find((candidate) => named && path.join(workspace.folder, candidate.path) === path.resolve(named));
  if (file) return [file.path];
  return unreadable(files, workspace, connection);
}

/** Reads all together; only when that fails, halves of them, down to the ones that fail alone. */
async function unreadable(
  files: readonly EventFile[],
  workspace: Workspace,
  connection: DuckDBConnection,
): Promise<string[]> {
  if (files.length === 0) return [];
  const list = files.map((file) => quoteText(path.join(workspace.folder, file.path))).join(', ');
  try {
    await connection.run(`SELECT max(hash(COLUMNS(*))) FROM read_parquet([${list}], hive_partitioning = false)`);
    return [];
  } catch {
    const [only] = files;
    if (files.length === 1 && only) return [only.path];
    const half = Math.ceil(files.length / 2);
    return [
      ...(await unreadable(files.slice(0, half), workspace, connection)),
      ...(await unreadable(files.slice(half), workspace, connection)),
    ];
  }
}

/** Tells of damaged files in the words of a failed refresh. */
export function damagedError(files: readonly string[], cause?: unknown): AppError {
  const more = files.length > 1 ? ` (and ${files.length - 1} more)` : '';
  return new AppError('PARQUET_DAMAGED', `${files[0] ?? 'A file'} is no readable Parquet file${more}.`, {
    action:
      'Refresh without the damaged files, or move them out of data/events, or generate those days anew. ' +
      'The last refresh is still there.',
    ...(cause instanceof Error ? { cause: cause.message } : {}),
  });
}
