import { randomUUID } from 'node:crypto';
import { copyFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hasCode } from './errno';
import { WorkspaceFiles } from './workspace-files';
import type { WorkspaceRoot } from './path-checks';

/*
 * Files that go where the user has said, in a dialog of the system: outside of the workspace as a rule. Each is seen
 * under its name only when it is whole.
 */

/** Writes a file where the user wants it; nothing is left of it where that fails. */
export async function writeForUser(target: string, data: string | Uint8Array): Promise<void> {
  await putInPlace(target, (aside) => writeFile(aside, data, { flag: 'wx' }));
}

/** Moves a file of the workspace to where the user wants it, on whatever disk. @throws ENOENT where it is gone */
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

/** Beside the target, so that the last step is a rename whatever disk that is on. */
async function putInPlace(target: string, write: (aside: string) => Promise<void>): Promise<void> {
  // Not after the target, whose name may be as long as the system takes.
  const aside = path.join(path.dirname(target), `.micro-warehouse-${randomUUID()}.part`);
  try {
    await write(aside);
    await rename(aside, target);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}
