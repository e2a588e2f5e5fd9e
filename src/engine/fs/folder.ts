import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../contract/app-error';
import { hasCode } from './errno';

/**
 * Creates a folder and its parents; existing ones are fine. Not `mkdir` with `recursive`: if the system says "no such
 * folder" although the parent exists (/proc), Node retries forever, and no signal ends it; on a read-only disk it
 * reports a missing folder, which is misleading.
 * @throws AppError WORKSPACE_INVALID if a parent can't contain folders
 */
export async function makeFolder(folder: string): Promise<void> {
  if (await tryToMake(folder)) return;
  const parent = path.dirname(folder);
  if (parent !== folder) await makeFolder(parent);
  // Retried even if another call created the parent since the first attempt.
  if (await tryToMake(folder)) return;
  throw new AppError('WORKSPACE_INVALID', `Can't create a folder in ${parent}.`, {
    action: 'Choose a workspace folder on a disk.',
  });
}

/** False if the system reports a missing parent. */
async function tryToMake(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if (await isFolder(folder)) return true;
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

async function isFolder(folder: string): Promise<boolean> {
  return stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
