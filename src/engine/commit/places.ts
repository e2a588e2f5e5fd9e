import { stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../contract/app-error';
import type { WorkspaceFiles } from '../fs/workspace-files';
import type { Workspace } from '../workspace';

/**
 * Checks the folders that jobs on event files write to, before anything is written: none may be a link that the user
 * hasn't agreed to, and all must be on one disk.
 * @throws AppError LINK_NOT_ALLOWED, WORKSPACE_INVALID
 */
export async function checkPlaces(files: WorkspaceFiles, workspace: Workspace): Promise<void> {
  const { eventsFolder, stagingFolder, trashFolder } = workspace;
  for (const folder of [eventsFolder, stagingFolder, trashFolder]) await files.checkFutureFolder(folder);
  await checkOneDisk(workspace);
}

/**
 * Files are renamed into place, which works on one disk only. Checked before the rows are made.
 * @throws AppError WORKSPACE_INVALID
 */
async function checkOneDisk({ eventsFolder }: Workspace): Promise<void> {
  const data = path.dirname(eventsFolder);
  const [own, events] = await Promise.all([data, eventsFolder].map((folder) => stat(folder).catch(() => null)));
  if (!own || !events || events.dev === own.dev) return;
  throw new AppError('WORKSPACE_INVALID', `${eventsFolder} is on another disk than ${data}.`, {
    action: 'Put the whole workspace on that disk, or link its data folder instead of data/events.',
  });
}
