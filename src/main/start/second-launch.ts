import { realpath } from 'node:fs/promises';
import { dialog, type BrowserWindow } from 'electron';
import { toAppError } from '../../contract/app-error';
import type { LaunchRequest } from './launch-request';
import type { WorkspaceService } from '../workspace/workspace-service';

/**
 * Opens the workspace of a second launch in the running app: asks first if another one is open, and reports a failure.
 * @param isBusy whether a job is running in the open workspace
 */
export async function openRequested(
  { workspace: folder }: LaunchRequest,
  window: BrowserWindow,
  workspaces: WorkspaceService,
  isBusy: () => boolean,
): Promise<void> {
  const open = workspaces.folder;
  if (folder === null || (open !== null && (await isSameFolder(folder, open)))) return;
  if (open !== null && !isBusy() && !(await agrees(window, folder, open))) return;
  // A job may have started while the question was shown.
  if (isBusy())
    return tell(window, folder, `A job is running in ${open}. Open the workspace again when it has finished.`);
  try {
    await workspaces.open(folder);
  } catch (error) {
    const { message, details } = toAppError(error);
    await tell(window, folder, `${message} ${details.action}`);
  }
}

async function agrees(window: BrowserWindow, folder: string, open: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: `Open the workspace ${folder}?`,
    detail: `Micro Warehouse was started again with this folder. It will replace ${open} in this window, and statements running in the console will be stopped.`,
    buttons: ['Open', 'Cancel'],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}

async function tell(window: BrowserWindow, folder: string, detail: string): Promise<void> {
  await dialog.showMessageBox(window, {
    type: 'warning',
    message: `The workspace ${folder} can't be opened right now.`,
    detail,
    buttons: ['OK'],
  });
}

/** Also through a link or another spelling. */
async function isSameFolder(a: string, b: string): Promise<boolean> {
  const [realA, realB] = await Promise.all([a, b].map((folder) => realpath(folder).catch(() => folder)));
  return realA === realB;
}
