import path from 'node:path';
import { toAppError } from '../../contract/app-error';
import { sweepUnfinished } from '../fs/sweep-unfinished';
import { WorkspaceFiles } from '../fs/workspace-files';
import { isRunRecoveryDue, notice, recoverStaging, type TellNotice } from '../commit/recovery';
import { lockFile, lockWorkspace } from '../commit/lock';
import { systemError } from '../fs/system-error';
import { needsTrashRecovery, recoverTrash } from '../commit/trash';
import type { Workspace } from '../workspace';

/**
 * Finishes or undoes what killed runs, deletions and restorations have left in a workspace; what another program is
 * doing is left alone. To be called before a job that reads all events: half of a run must not get into them. Costs
 * nothing where nothing is left.
 * @param tell told of what was set aside, or is odd and no reason to stop
 * @throws AppError DISK_FULL, WORKSPACE_READ_ONLY, WORKSPACE_INVALID, LINK_NOT_ALLOWED
 */
export async function recoverFiles(workspace: Workspace, tell: TellNotice = () => undefined): Promise<void> {
  await recover(workspace, tell, (error) => {
    throw error;
  });
}

/**
 * The same when a program opens a workspace, whatever is in the way: what could not be done is told. A job that writes will
 * refuse because of it, but nothing keeps the user from looking at the workspace.
 */
export async function recoverWhenOpened(workspace: Workspace, tell: TellNotice): Promise<void> {
  await recover(workspace, tell, tell).catch((error: unknown) => tell(toAppError(error)));
  // Files that are replaced elsewhere go with the run or the deletion that they belong to. A link in place of the folder
  // is told by whoever reads queries.
  await sweepUnfinished(workspace, workspace.queriesFolder).catch(() => undefined);
}

async function recover(workspace: Workspace, tell: TellNotice, onFailure: TellNotice): Promise<void> {
  try {
    if (!(await isDue(workspace, tell))) return;
    const lock = await lockWorkspace(workspace, path.basename(process.argv0), (text) => tell(notice(text)));
    try {
      await recoverStaging(workspace, tell, onFailure);
      await recoverTrash(workspace);
    } finally {
      await lock.release();
    }
  } catch (error) {
    const reason = systemError(error, workspace.folder) ?? toAppError(error);
    if (reason.code !== 'WORKSPACE_BUSY') throw reason;
  }
}

async function isDue(workspace: Workspace, tell: TellNotice): Promise<boolean> {
  const files = new WorkspaceFiles(workspace);
  if (await isRunRecoveryDue(files, workspace, tell)) return true;
  // Taking the lock removes that of a killed program.
  return (await files.find(lockFile(workspace))) !== null || (await needsTrashRecovery(workspace));
}
