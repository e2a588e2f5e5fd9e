import { randomBytes } from 'node:crypto';
import { lstat, readdir, rename, rm, rmdir, unlink } from 'node:fs/promises';
import path from 'node:path';
import { hasCode } from './errno';
import { giveOwnerAccess } from './owner-access';

/**
 * Removes a folder with everything in it, or a link itself, without following links; does nothing if it doesn't exist.
 * A folder from somebody else may be nested so deeply that the system accepts none of the inner paths, may have names
 * that aren't text, and no write permission. `workspace-files.ts` has checked the folders on the way.
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

/**
 * Moves each inner folder up to the top folder before it is emptied, so that every path stays short. Node's `rm` fails
 * at the first error while it is still removing others, so entries may disappear meanwhile. Names are bytes: `rm`
 * doesn't find one that isn't text.
 */
async function removeLevelByLevel(top: string): Promise<void> {
  const waiting = [top];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    await giveOwnerAccess(folder);
    for (const name of await namesIn(folder)) {
      const entry = Buffer.concat([Buffer.from(folder + path.sep), name]);
      const found = await lstat(entry).catch(() => null);
      if (!found?.isDirectory()) {
        await isDone(unlink(entry));
        continue;
      }
      const raised = path.join(top, `.removing-${randomBytes(8).toString('hex')}`);
      // A folder moves to another parent only with write permission for itself.
      await giveOwnerAccess(entry);
      if (await isDone(rename(entry, raised))) waiting.push(raised);
    }
    if (folder !== top) await isDone(rmdir(folder));
  }
  await isDone(rmdir(top));
}

async function namesIn(folder: string): Promise<Buffer[]> {
  return readdir(folder, { encoding: 'buffer' }).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  });
}

/** Whether a change was made; false if its entry had disappeared. */
async function isDone(change: Promise<void>): Promise<boolean> {
  try {
    await change;
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}
