import path from 'node:path';
import { toAppError } from '../contract/app-error';
import { recoverRuns } from './generation/commit';
import { lockFile, lockWorkspace } from './generation/lock';
import { systemError } from './system-error';
import { fileExists } from './warehouse/database-file';
import { needsTrashRecovery, recoverTrash } from './warehouse/trash';
import type { Workspace } from './workspace';

/**
 * Finishes or undoes what killed runs, deletions and restorations have left in a workspace; what another program is
 * doing is left alone. To be called when a program starts with a workspace, and before a refresh; costs nothing where
 * nothing is left.
 * @throws AppError DISK_FULL, WORKSPACE_READ_ONLY, WORKSPACE_INVALID
 */
export async function recoverFiles(workspace: Workspace): Promise<void> {
  await recoverRuns(workspace);
  try {
    // Taking the lock removes that of a killed program.
    if (!(await fileExists(lockFile(workspace))) && !(await needsTrashRecovery(workspace))) return;
    const lock = await lockWorkspace(workspace, path.basename(process.argv0));
    try {
      await recoverTrash(workspace);
    } finally {
      await lock.release();
    }
  } catch (error) {
    const reason = systemError(error, workspace.folder) ?? toAppError(error);
    if (reason.code !== 'WORKSPACE_BUSY') throw reason;
  }
}
