import { readdir, stat } from 'node:fs/promises';
import { AppError } from '../contract/app-error';
import { recoverFiles } from '../engine/recover-workspace';
import { openWorkspace, workspaceAt, type Workspace } from '../engine/workspace';

/**
 * Opens a workspace that must be there already: a mistyped folder is told, not made.
 * @throws AppError WORKSPACE_INVALID, WORKSPACE_READ_ONLY
 */
export async function openExistingWorkspace(folder: string): Promise<Workspace> {
  await requireFolder(folder);
  return openWorkspace(folder);
}

/** The same for a command that only reads: it needs no permission to write. */
export async function openToRead(folder: string): Promise<{ workspace: Workspace; readOnly: boolean }> {
  await requireFolder(folder);
  try {
    return { workspace: await openWorkspace(folder), readOnly: false };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'WORKSPACE_READ_ONLY') throw error;
    return { workspace: workspaceAt(folder), readOnly: true };
  }
}

async function requireFolder(folder: string): Promise<void> {
  const workspace = workspaceAt(folder);
  await stat(workspace.folder).catch(() => {
    throw new AppError('WORKSPACE_INVALID', `There is no folder ${workspace.folder}.`, {
      action:
        'Name the workspace with --workspace <folder>, or make one: micro-warehouse generate --workspace <folder>.',
    });
  });
}

/**
 * Finishes or removes what killed programs have left: runs, and exports. DuckDB is loaded only where something is left.
 * @throws AppError DISK_FULL, WORKSPACE_READ_ONLY, WORKSPACE_INVALID
 */
export async function recoverWorkspace(workspace: Workspace): Promise<void> {
  await recoverFiles(workspace);
  const names: string[] = await readdir(workspace.exportsFolder).catch(() => []);
  if (!names.some((name) => name.startsWith('.'))) return;
  const { Database } = await import('../engine/warehouse/database');
  const { recoverExports } = await import('../engine/warehouse/recover-exports');
  const database = await Database.open(workspace);
  try {
    await recoverExports(workspace, database);
  } finally {
    database.close();
  }
}
