import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../contract/app-error';
import { hasCode } from './errno';

/**
 * Makes a folder, and those above it that are missing; one that is there is fine. Not `mkdir` with `recursive`: where the
 * system says "no such folder" although the folder above is there (/proc), Node tries for ever, and no signal ends it;
 * on a read-only disk it says that there is no such folder, which helps nobody.
 * @throws AppError WORKSPACE_INVALID where a folder can't hold others
 */
export async function makeFolder(folder: string): Promise<void> {
  if (await tryToMake(folder)) return;
  const parent = path.dirname(folder);
  if (parent !== folder) await makeFolder(parent);
  // Tried again whoever has made the parent: it may have been another call, since the first try.
  if (await tryToMake(folder)) return;
  throw new AppError('WORKSPACE_INVALID', `Can't create a folder in ${parent}.`, {
    action: 'Choose a workspace folder on a disk.',
  });
}

/** False where the system says that there is no folder to make it in. */
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
