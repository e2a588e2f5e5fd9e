import { readdir, stat } from 'node:fs/promises';
import { AppError } from '../../contract/app-error';
import { hasCode } from './errno';

interface Identity {
  readonly dev: bigint;
  readonly ino: bigint;
}

/**
 * Detects that a folder no longer exists after it was opened: deleted, renamed or unmounted. An unmounted disk leaves
 * an empty folder; files written there would be hidden once the disk is back.
 */
export class OpenedFolder {
  #known: Identity | null = null;

  constructor(private readonly folder: string) {}

  /**
   * Checks that the folder is the same as at the first call.
   * @throws AppError WORKSPACE_INVALID if it isn't
   */
  async check(): Promise<void> {
    const now = await this.#look();
    if (!now) throw folderGone(this.folder);
    const same = !this.#known || (now.dev === this.#known.dev && now.ino === this.#known.ino);
    // Some network file systems change inode numbers now and then, so a folder with entries is accepted.
    if (!same && (await isEmpty(this.folder))) throw folderGone(this.folder);
    this.#known = now;
  }

  async #look(): Promise<Identity | null> {
    try {
      const found = await stat(this.folder, { bigint: true });
      return found.isDirectory() ? found : null;
    } catch (error) {
      if (isGone(error)) return null;
      throw error;
    }
  }
}

/** Whether an error means that a folder, or the disk with it, is missing. */
function isGone(error: unknown): boolean {
  return hasCode(error, 'ENOENT', 'ENOTDIR', 'ESTALE', 'ENOTCONN', 'ENODEV', 'EHOSTDOWN');
}

/** Also true for a folder that can't be listed. */
async function isEmpty(folder: string): Promise<boolean> {
  return (await readdir(folder).catch(() => [])).length === 0;
}

/** The error for a workspace that is gone. */
export function folderGone(folder: string): AppError {
  return new AppError('WORKSPACE_INVALID', `The workspace ${folder} no longer exists.`, {
    action: 'It may have been moved, renamed or unmounted. Restore it, or open another workspace.',
  });
}

/** `error`, or {@link folderGone} if its cause is that the workspace is gone. */
export async function withFolderGone(error: unknown, folder: string): Promise<unknown> {
  try {
    await stat(folder);
    return error;
  } catch (missing) {
    return isGone(missing) ? folderGone(folder) : error;
  }
}
