import { randomBytes } from 'node:crypto';
import { chmod, lstat, readdir, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { hasCode } from './errno';

/** Permissions of a folder that its owner can empty. */
const ownersFolder = 0o700;

/**
 * Removes a folder with everything in it, or a link itself, without following links; does nothing if it doesn't exist.
 * A folder from somebody else may be nested so deeply that the system accepts none of the inner paths, and may have no
 * write permission. `workspace-files.ts` has checked the folders on the way.
 * @throws the system's error for anything that still can't be removed, such as a file of another user (EACCES, EPERM)
 */
export async function removeWholeTree(folder: string): Promise<void> {
  try {
    // Retries: a killed writer may take a moment to release it, and so may a virus scanner on Windows.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  } catch (error) {
    if (!hasCode(error, 'ENAMETOOLONG', 'EACCES', 'EPERM', 'ENOTEMPTY')) throw error;
    if (!(await lstat(folder)).isDirectory()) throw error;
    await removeLevelByLevel(folder);
  }
}

/** Moves each inner folder up to the top folder before it is emptied, so that every path stays short. */
async function removeLevelByLevel(top: string): Promise<void> {
  const waiting = [top];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const { name, isFolder } of await openedEntries(folder)) {
      const entry = path.join(folder, name);
      if (!isFolder) {
        await rm(entry, { force: true });
        continue;
      }
      const raised = path.join(top, `.removing-${randomBytes(8).toString('hex')}`);
      // A folder moves to another parent only with write permission for itself.
      await chmod(entry, ownersFolder).catch(() => undefined);
      await rename(entry, raised);
      waiting.push(raised);
    }
    if (folder !== top) await rmdir(folder);
  }
  await rmdir(top);
}

async function openedEntries(folder: string): Promise<{ name: string; isFolder: boolean }[]> {
  // Another program may have put a link in its place, whose target's permissions must not change.
  if ((await lstat(folder)).isDirectory()) await chmod(folder, ownersFolder).catch(() => undefined);
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
}
