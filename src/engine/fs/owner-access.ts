import { constants, type PathLike } from 'node:fs';
import { chmod, lchmod, lstat, open } from 'node:fs/promises';

/** Permissions of a folder that its owner can read and change. */
const ownersFolder = 0o700;
/** Linux: opens an entry without any permission for it; Node has no name for this flag. */
const openAsPath = 0o10000000;

/**
 * Gives the owner of a folder all permissions for it: those of a killed run or a deletion may come from somebody else
 * without them. Never changes anything but a folder, even if another program puts a link in its place meanwhile. A
 * failure shows at the next use of the folder. `workspace-files.ts` has checked the folders on the way.
 */
export async function giveOwnerAccess(folder: PathLike): Promise<void> {
  const found = await lstat(folder).catch(() => null);
  if (!found?.isDirectory() || (found.mode & ownersFolder) === ownersFolder) return;
  const mode = (found.mode & 0o777) | ownersFolder;
  await (process.platform === 'linux' ? changeOpened(folder, mode) : lchmod(folder, mode)).catch(() => undefined);
}

async function changeOpened(folder: PathLike, mode: number): Promise<void> {
  const handle = await open(folder, openAsPath | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    await chmod(`/proc/self/fd/${handle.fd}`, mode);
  } finally {
    await handle.close();
  }
}
