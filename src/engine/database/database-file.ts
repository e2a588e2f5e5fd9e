import { exists } from '../fs/exists';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../contract/app-error';
import { hasCode } from '../fs/errno';
import { WorkspaceFiles } from '../fs/workspace-files';
import { systemError } from '../fs/system-error';
import type { Workspace } from '../workspace';
import { memoryError } from '../sql/memory-error';

/** DuckDB's message when another process has the file; on Linux and macOS it names that process. */
const lockPattern =
  /Conflicting lock is held(?: in (?<program>.+?))?(?: \(PID (?<pid>\d+)\))?[.\s]|being used by another process/i;

/** What DuckDB says of a file that is none of its own, of another version, or broken. */
const damagePattern =
  /not a valid DuckDB database file|checksum|corrupt|version number|storage version|newer version|older version|deserializ|serializ|replaying WAL|WAL file|has incompatible|Could not read enough bytes|\.duckdb": Is a directory|refresh_(?:log|manifest|days|models|changes)|check_(?:days|results)/i;

/** Files that DuckDB names, in quotes. */
const fileInMessage = /['"](?<file>[^'"\n]*\.\w+)['"]/g;
/** Something that was to be read ended too early: a file of any kind, and only the named one is known to be broken. */
const anyFilePattern = /Could not read enough bytes/i;

/** Translates what DuckDB says when it can't open or use the database file. */
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
 * DuckDB takes a question mark in the path of a database for the beginning of options, and looks for the log that
 * belongs to the file in another folder.
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
 * Whether an error may mean that the database file itself is broken. It does not where DuckDB names other files only, such
 * as a Parquet file; whether it does elsewhere shows when the file is opened alone (`damageOf`).
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
 * Renames a database file that can't be used, and its write-ahead log, so that a new one can take its place. The log goes
 * first: should the program end in between, it must not be taken for that of a new file.
 * @returns what to tell the user
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

/** A name that nothing else has. A file takes it at once, so that nobody else can; a folder can't be moved over a file. */
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

/** More than DuckDB ever puts into its temporary folder. */
const mostSpillFiles = 10_000;

/**
 * Checks what DuckDB is about to open and write to: the database file, its write-ahead log and its temporary folder.
 * @throws AppError LINK_NOT_ALLOWED, WORKSPACE_INVALID, DATABASE_DAMAGED
 */
export async function checkDatabaseFiles(workspace: Workspace): Promise<void> {
  const files = new WorkspaceFiles(workspace);
  // Set aside like one that DuckDB can't read.
  if ((await files.find(workspace.database))?.kind === 'folder') throw damaged(workspace, 'It is a folder.');
  for (const file of [workspace.database, `${workspace.database}.wal`]) await files.checkTarget(file);
  await checkSpillFolder(files, spillFolder(workspace));
}

/** Where DuckDB puts what does not fit in memory; null where that must not be written to. */
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

/** As DuckDB calls the files in its temporary folder. */
const spillFile = /^duckdb_temp_(?:storage_\w+-\d+\.tmp|block-\d+\.block)$/;

/**
 * Removes what DuckDB has put into its temporary folder and a killed program could not remove. To be called while this
 * process has the database open for writing: then nobody else writes there.
 * @param before what this process may have written itself is younger, in milliseconds since 1970
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

/** DuckDB follows a link in it as well as one in its place. */
async function checkSpillFolder(files: WorkspaceFiles, folder: string): Promise<void> {
  await files.checkFutureFolder(folder);
  const listing = await files.list(folder, mostSpillFiles);
  for (const { name } of listing?.entries ?? []) await files.checkTarget(path.join(folder, name));
}
