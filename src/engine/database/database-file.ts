import { exists } from '../fs/exists';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../contract/app-error';
import { hasCode } from '../fs/errno';
import { WorkspaceFiles } from '../fs/workspace-files';
import { systemError } from '../fs/system-error';
import type { Workspace } from '../workspace';
import { memoryError } from '../sql/memory-error';

/** DuckDB's message if another process has the file open; on Linux and macOS it names that process. */
const lockPattern =
  /Conflicting lock is held(?: in (?<program>.+?))?(?: \(PID (?<pid>\d+)\))?[.\s]|being used by another process/i;

/** DuckDB's messages for a file that isn't a DuckDB file, has another version, or is broken. */
const damagePattern =
  /not a valid DuckDB database file|checksum|corrupt|version number|storage version|newer version|older version|deserializ|serializ|replaying WAL|WAL file|has incompatible|Could not read enough bytes|\.duckdb": Is a directory|refresh_(?:log|manifest|days|models|changes)|check_(?:days|results)/i;

/** Files in DuckDB's messages, in quotes. */
const fileInMessage = /['"](?<file>[^'"\n]*\.\w+)['"]/g;
/** A file of any kind ended too early; only the named file is known to be broken. */
const anyFilePattern = /Could not read enough bytes/i;

/** Translates DuckDB's errors from opening or using the database file. */
export function databaseError(error: unknown, workspace: Workspace): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error;
  const lock = lockPattern.exec(error.message);
  if (lock) {
    const { program, pid } = lock.groups ?? {};
    const holder = pid ? `${program ?? 'a program'} (process ${pid})` : 'another program';
    return new AppError('DATABASE_LOCKED', `${workspace.database} is in use by ${holder}.`, {
      action: 'Close it there, then try again. DuckDB lets one program at a time write to a database file.',
      cause: error.message,
    });
  }
  if (/already attached|Unique file handle conflict/i.test(error.message)) {
    return new AppError('DATABASE_LOCKED', `${workspace.database} is in use by a running query.`, {
      action: 'Wait for it to finish or cancel it, then try again.',
      cause: error.message,
    });
  }
  return (
    memoryError(error) ??
    systemError(error, workspace.folder) ??
    (isDamage(error, workspace) ? damaged(workspace, error.message) : error)
  );
}

/**
 * DuckDB takes a question mark in the path of a database as the start of options, and looks for the write-ahead log in
 * another folder. It resolves links and relative paths first, so there is no other way to write the path.
 * @throws AppError WORKSPACE_INVALID
 */
export function refuseQuestionMark({ folder }: Workspace): void {
  if (!folder.includes('?')) return;
  throw new AppError(
    'WORKSPACE_INVALID',
    `DuckDB can't keep a database in a folder with a question mark in its path: ${folder}.`,
    {
      action: 'Rename that folder, then open the workspace again. The events in it are not affected.',
    },
  );
}

/**
 * Whether an error may mean that the database file itself is broken. It doesn't if DuckDB names only other files, such
 * as a Parquet file; otherwise opening the file alone decides (`damageOf`).
 */
export function isDamage(error: unknown, workspace: Workspace): boolean {
  if (!(error instanceof Error) || error instanceof AppError || !damagePattern.test(error.message)) return false;
  const named = [...error.message.matchAll(fileInMessage)].map(({ groups }) => path.resolve(groups?.file ?? ''));
  const ours = new Set([workspace.database, `${workspace.database}.wal`]);
  if (named.some((file) => ours.has(file))) return true;
  return named.length === 0 && !anyFilePattern.test(error.message);
}

export function damaged(workspace: Workspace, cause: string): AppError {
  return new AppError('DATABASE_DAMAGED', `${workspace.database} can't be used as a DuckDB database.`, {
    action: 'Refresh: the file is renamed, never deleted, and the warehouse is rebuilt from the Parquet files.',
    cause,
  });
}

/**
 * Renames an unusable database file and its write-ahead log, so that a new one can be created. The log goes first: if
 * the program ends in between, it must not be applied to the new file.
 * @returns a notice for the user
 */
export async function setDatabaseAside(workspace: Workspace, reason: AppError): Promise<string> {
  const files = new WorkspaceFiles(workspace);
  const aside = await unusedName(workspace, files);
  await files.move(`${workspace.database}.wal`, `${aside}.wal`);
  await files.move(workspace.database, aside);
  return (
    `${path.basename(workspace.database)} couldn't be used and was renamed to ${path.basename(aside)}; the warehouse ` +
    `was rebuilt from the Parquet files. The history of earlier refreshes is in the renamed file. (${reason.details.cause ?? reason.message})`
  );
}

/** An unused name. For a file it is reserved by creating it; a folder can't be moved over a file. */
async function unusedName(workspace: Workspace, files: WorkspaceFiles): Promise<string> {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(/[:T]/g, '-');
  const { dir, name, ext } = path.parse(workspace.database);
  const isFolder = (await stat(workspace.database)).isDirectory();
  for (let number = 1; ; number += 1) {
    const aside = path.join(dir, `${name}.damaged-${stamp}${number > 1 ? `-${number}` : ''}${ext}`);
    if ((await exists(`${aside}.wal`)) || (await exists(aside))) continue;
    if (isFolder) return aside;
    try {
      await files.create(aside, '');
      return aside;
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
  }
}

/** More files than DuckDB ever has in its temporary folder. */
const mostSpillFiles = 10_000;

/**
 * Checks the files that DuckDB opens and writes: the database file, its write-ahead log and its temporary folder.
 * @throws AppError LINK_NOT_ALLOWED, WORKSPACE_INVALID, DATABASE_DAMAGED
 */
export async function checkDatabaseFiles(workspace: Workspace): Promise<void> {
  const files = new WorkspaceFiles(workspace);
  // Set aside like a file that DuckDB can't read.
  if ((await files.find(workspace.database))?.kind === 'folder') throw damaged(workspace, 'It is a folder.');
  for (const file of [workspace.database, `${workspace.database}.wal`]) await files.checkTarget(file);
  await checkSpillFolder(files, spillFolder(workspace));
}

/** DuckDB's temporary folder; null if it must not be written to. */
export async function usableSpillFolder(workspace: Workspace): Promise<string | null> {
  const folder = spillFolder(workspace);
  return checkSpillFolder(new WorkspaceFiles(workspace), folder).then(
    () => folder,
    () => null,
  );
}

function spillFolder({ database }: Workspace): string {
  return `${database}.tmp`;
}

/** DuckDB's names for files in its temporary folder. */
const spillFile = /^duckdb_temp_(?:storage_\w+-\d+\.tmp|block-\d+\.block)$/;

/**
 * Removes files of killed programs from DuckDB's temporary folder. Call it while this process has the database open for
 * writing, so that nobody else writes there.
 * @param before files of this process are younger; in milliseconds since 1970
 */
export async function sweepSpill(workspace: Workspace, before: number): Promise<void> {
  const files = new WorkspaceFiles(workspace);
  const folder = spillFolder(workspace);
  const listing = await files.list(folder, mostSpillFiles);
  for (const { name, kind } of listing?.entries ?? []) {
    if (kind !== 'file' || !spillFile.test(name)) continue;
    const file = path.join(folder, name);
    if ((await stat(file)).mtimeMs < before) await files.remove(file);
  }
}

/** DuckDB follows a link inside the folder as well as one in its place. */
async function checkSpillFolder(files: WorkspaceFiles, folder: string): Promise<void> {
  await files.checkFutureFolder(folder);
  const listing = await files.list(folder, mostSpillFiles);
  for (const { name } of listing?.entries ?? []) await files.checkTarget(path.join(folder, name));
}
