import { rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../contract/app-error';
import { systemError } from '../system-error';
import type { Workspace } from '../workspace';

/** DuckDB's message when another process has the file; on Linux and macOS it names that process. */
const lockPattern =
  /Conflicting lock is held(?: in (?<program>.+?))?(?: \(PID (?<pid>\d+)\))?[.\s]|being used by another process/i;

/** What DuckDB says of a file that is none of its own, of another version, or broken. */
const damagePattern =
  /not a valid DuckDB database file|checksum|corrupt|invalidated because of a previous fatal error|version number|storage version|newer version|older version|deserializ|serializ|replaying WAL|WAL file|has incompatible|Could not read enough bytes|\.duckdb": Is a directory|refresh_(?:log|manifest|days|models|changes)|check_(?:days|results)/i;

/** Translates what DuckDB says when it can't open or use the database file. */
export function databaseError(error: unknown, workspace: Workspace): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error;
  const lock = lockPattern.exec(error.message);
  if (lock) {
    const { program, pid } = lock.groups ?? {};
    const holder = pid ? `${program ?? 'a program'} (process ${pid})` : 'another program';
    return new AppError('DATABASE_LOCKED', `${workspace.database} is held by ${holder}.`, {
      action: 'Close it there, then try again. DuckDB lets one program at a time write to a database file.',
      cause: error.message,
    });
  }
  if (/already attached|Unique file handle conflict/i.test(error.message)) {
    return new AppError('DATABASE_LOCKED', `${workspace.database} is still read by a query that runs.`, {
      action: 'Wait for it or cancel it, then try again.',
      cause: error.message,
    });
  }
  return systemError(error, workspace.folder) ?? (isDamage(error) ? damaged(workspace, error.message) : error);
}

/** Whether an error means that the database file itself is broken. */
export function isDamage(error: unknown): boolean {
  return error instanceof Error && !(error instanceof AppError) && damagePattern.test(error.message);
}

export function damaged(workspace: Workspace, cause: string): AppError {
  return new AppError('DATABASE_DAMAGED', `${workspace.database} can't be used as a DuckDB database.`, {
    action: 'Refresh: the file is set aside, never deleted, and the warehouse is rebuilt from the Parquet files.',
    cause,
  });
}

/**
 * Renames a database file that can't be used, and its write-ahead log, so that a new one can take its place.
 * @returns what to tell the user
 */
export async function setDatabaseAside(workspace: Workspace, reason: AppError): Promise<string> {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(/[:T]/g, '-');
  const { dir, name, ext } = path.parse(workspace.database);
  const aside = path.join(dir, `${name}.damaged-${stamp}${ext}`);
  await rename(workspace.database, aside);
  if (await fileExists(`${workspace.database}.wal`)) await rename(`${workspace.database}.wal`, `${aside}.wal`);
  return (
    `${path.basename(workspace.database)} could not be used and was set aside as ${path.basename(aside)}; the warehouse ` +
    `was rebuilt from the Parquet files. The history of earlier refreshes is in the file set aside. (${reason.details.cause ?? reason.message})`
  );
}

export async function fileExists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
