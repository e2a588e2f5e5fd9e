import { readdir, stat } from 'node:fs/promises';
import { AppError } from '../../contract/app-error';
import { hasCode } from './errno';

interface Identity {
  readonly dev: bigint;
  readonly ino: bigint;
}

/**
 * Notices that a folder which was opened is no longer there: deleted, renamed or unmounted. Where a disk was mounted an
 * empty folder remains, and whatever is written there would be lost from sight once the disk is back.
 */
export class OpenedFolder {
  #known: Identity | null = null;

  constructor(private readonly folder: string) {}

  /**
   * Looks whether the folder is still the one that it was at the first call.
   * @throws AppError WORKSPACE_INVALID where it is not
   */
  async check(): Promise<void> {
    const now = await this.#look();
    if (!now) throw folderGone(this.folder);
    const same = !this.#known || (now.dev === this.#known.dev && now.ino === this.#known.ino);
    // Some network file systems number their folders anew now and then: one that has something in it is taken as it is.
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

/** Whether the system says that a folder is missing, or that the disk which holds it is. */
function isGone(error: unknown): boolean {
  return hasCode(error, 'ENOENT', 'ENOTDIR', 'ESTALE', 'ENOTCONN', 'ENODEV', 'EHOSTDOWN');
}

/** Also says so of a folder that can't be listed. */
async function isEmpty(folder: string): Promise<boolean> {
  return (await readdir(folder).catch(() => [])).length === 0;
}

/** The error for a workspace that has gone since it was opened. */
export function folderGone(folder: string): AppError {
  return new AppError('WORKSPACE_INVALID', `The workspace ${folder} no longer exists.`, {
    action: 'It may have been moved, renamed or unmounted. Restore it, or open another workspace.',
  });
}

/** `error`, or {@link folderGone} where the reason for it is that the workspace has gone meanwhile. */
export async function withFolderGone(error: unknown, folder: string): Promise<unknown> {
  try {
    await stat(folder);
    return error;
  } catch (missing) {
    return isGone(missing) ? folderGone(folder) : error;
  }
}
