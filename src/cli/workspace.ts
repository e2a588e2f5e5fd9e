import { stat } from 'node:fs/promises';
import { AppError } from '../contract/app-error';
import { openWorkspace, workspaceAt, type Workspace } from '../engine/workspace';

/**
 * Opens a workspace that must be there already: a mistyped folder is told, not made.
 * @throws AppError WORKSPACE_INVALID, WORKSPACE_READ_ONLY
 */
export async function openExistingWorkspace(folder: string): Promise<Workspace> {
  const workspace = workspaceAt(folder);
  await stat(workspace.folder).catch(() => {
    throw new AppError('WORKSPACE_INVALID', `There is no folder ${workspace.folder}.`, {
      action:
        'Name the workspace with --workspace <folder>, or make one: micro-warehouse generate --workspace <folder>.',
    });
  });
  return openWorkspace(folder);
}
