import { randomUUID } from 'node:crypto';
import { copyFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hasCode } from '../errno';
import { WorkspaceFiles } from '../workspace-files';
import type { WorkspaceRoot } from '../path-checks';

/*
 * Files written to a path that the user chose in a system dialog, usually outside the workspace. Each gets its name
 * only when it is complete.
 */

/** Writes a file to the user's path; leaves nothing behind if that fails. */
export async function writeForUser(target: string, data: string | Uint8Array): Promise<void> {
  await putInPlace(target, (aside) => writeFile(aside, data, { flag: 'wx' }));
}

/** Moves a file of the workspace to the user's path, on any disk. @throws ENOENT if it doesn't exist */
export async function moveForUser(root: WorkspaceRoot, file: string, target: string): Promise<void> {
  const files = new WorkspaceFiles(root);
  await files.checkTarget(file);
  try {
    await rename(file, target);
  } catch (error) {
    if (!hasCode(error, 'EXDEV')) throw error;
    await putInPlace(target, (aside) => copyFile(file, aside));
    await files.remove(file);
  }
}

/** Written beside the target, so that the last step is a rename on the same disk. */
async function putInPlace(target: string, write: (aside: string) => Promise<void>): Promise<void> {
  // Not derived from the target's name, which may already have the maximum length.
  const aside = path.join(path.dirname(target), `.micro-warehouse-${randomUUID()}.part`);
  try {
    await write(aside);
    await rename(aside, target);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}
