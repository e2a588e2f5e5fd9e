import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../contract/app-error';
import { printable } from '../../contract/text/printable';
import { systemError } from '../fs/system-error';
import type { Workspace } from '../workspace';
import type { EventFile } from './event-files';
import { parquetMagicOf } from './parquet-magic';
import { quotePath } from '../sql/quote';

/** DuckDB names the Parquet file that it couldn't read, in quotes, at different places of its messages. */
const parquetFileInMessage = /['"](?<file>[^'"*]+\.parquet)['"]/;

/** A file with a readable footer may have encrypted columns. */
const encryptedInMessage = /encrypt/i;
const damagedAction = 'Refresh without the damaged files, move them out of data/events, or regenerate those days.';

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

/** Reads all files together and, only if that fails, halves of them, down to the single files that fail. */
async function unreadable(
  files: readonly EventFile[],
  workspace: Workspace,
  connection: DuckDBConnection,
): Promise<string[]> {
  if (files.length === 0) return [];
  const list = files.map((file) => quotePath(path.join(workspace.folder, file.path))).join(', ');
  try {
    await connection.run(`SELECT max(hash(COLUMNS(*))) FROM read_parquet([${list}], hive_partitioning = false)`);
    return [];
  } catch (error) {
    if (isSystemShort(error, workspace)) throw error;
    const [only] = files;
    if (files.length === 1 && only) return [only.path];
    const half = Math.ceil(files.length / 2);
    return [
      ...(await unreadable(files.slice(0, half), workspace, connection)),
      ...(await unreadable(files.slice(half), workspace, connection)),
    ];
  }
}

/** Whether the system has run out of file handles or disk space, so that the failure says nothing about a file. */
export function isSystemShort(error: unknown, { folder }: Workspace): boolean {
  const code = systemError(error, folder)?.code;
  return code === 'TOO_MANY_FILES' || code === 'DISK_FULL';
}

/** The error of a refresh that failed because of damaged or encrypted files. */
export async function damagedError(files: readonly string[], workspace: Workspace, cause?: unknown): Promise<AppError> {
  const [first = 'A file'] = files;
  const more = files.length > 1 ? ` (and ${files.length - 1} more)` : '';
  const causeText = cause instanceof Error ? cause.message : '';
  const magic = await parquetMagicOf(path.join(workspace.folder, first));
  if (magic === 'locked') return noPermission(path.join(workspace.folder, first), files.length - 1);
  const isEncrypted = magic === 'encrypted' || encryptedInMessage.test(causeText);
  const problem = isEncrypted ? 'is an encrypted Parquet file' : "can't be read as Parquet";
  const others = isEncrypted ? 'Refresh without it, or put a decrypted copy in its place.' : damagedAction;
  return new AppError('PARQUET_DAMAGED', `${printable(first)} ${problem}${more}.`, {
    action: `${others} Your last refresh is intact.`,
    ...(causeText === '' ? {} : { cause: causeText }),
  });
}

/** The error for event files or folders without read permission. @param others number of further ones */
export function noPermission(file: string, others: number): AppError {
  const more = others > 0 ? ` (and ${others} more)` : '';
  return new AppError('PARQUET_DAMAGED', `Micro Warehouse has no permission to read ${printable(file)}${more}.`, {
    action: 'Give yourself read and write permission for it, or refresh without it. Your last refresh is intact.',
  });
}
