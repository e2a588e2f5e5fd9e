import path from 'node:path';
import { toAppError } from '../../contract/app-error';
import { sweepUnfinished } from '../fs/sweep-unfinished';
import { WorkspaceFiles } from '../fs/workspace-files';
import { notice, type TellNotice } from '../commit/notice';
import { isRunRecoveryDue, recoverStaging } from '../commit/recovery';
import { lockFile, lockWorkspace } from '../commit/lock';
import { systemError } from '../fs/system-error';
import { needsTrashRecovery, recoverTrash } from '../commit/trash';
import type { Workspace } from '../workspace';

/**
 * Finishes or undoes the runs, deletions and restorations of killed programs; leaves the work of running programs
 * alone. Call it before a job that reads all events: half of a run must not get into them. Costs nothing if there is
 * nothing to recover.
 * @param tell called with things that were set aside, and with problems that don't stop the job
 * @throws AppError DISK_FULL, WORKSPACE_READ_ONLY, WORKSPACE_INVALID, LINK_NOT_ALLOWED
 */
export async function recoverFiles(workspace: Workspace, tell: TellNotice = () => undefined): Promise<void> {
  await recover(workspace, tell, (error) => {
    throw error;
  });
}

/**
 * The same when a program opens a workspace; never fails, but reports problems. They will stop a job that writes, but
 * the user can still view the workspace.
 */
export async function recoverWhenOpened(workspace: Workspace, tell: TellNotice): Promise<void> {
  await recover(workspace, tell, tell).catch((error: unknown) => tell(toAppError(error)));
  // Unfinished files in other folders are removed with their run or deletion. A link in place of this folder is
  // reported when the queries are read.
  await sweepUnfinished(workspace, workspace.queriesFolder).catch(() => undefined);
}

async function recover(workspace: Workspace, tell: TellNotice, onFailure: TellNotice): Promise<void> {
  try {
    if (!(await isDue(workspace, tell))) return;
    const lock = await lockWorkspace(workspace, path.basename(process.argv0), (text) => tell(notice(text)));
    try {
      await recoverStaging(workspace, tell, onFailure);
      await recoverTrash(workspace, tell);
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
  // Taking the lock removes the lock of a killed program.
  return (await files.find(lockFile(workspace))) !== null || (await needsTrashRecovery(workspace));
}
