import { AppError, toAppError } from '../../contract/app-error';
import { systemError } from '../fs/system-error';
import type { WorkspaceFiles } from '../fs/workspace-files';

/** Called with things that were found and left alone, or set aside. */
export type TellNotice = (notice: AppError) => void;

/** Something that the user should know but needn't act on. */
export function notice(text: string): AppError {
  return new AppError('WORKSPACE_INVALID', text, {
    action: "Nothing was deleted. Check it, and remove it if you don't need it.",
  });
}

/**
 * Removes a folder that nothing needs any more. One that can't be removed stays where it is, and the next start tries
 * again: it must not prevent the job.
 */
export async function removeOrTell(files: WorkspaceFiles, folder: string, tell: TellNotice): Promise<void> {
  try {
    await files.removeTree(folder);
  } catch (error) {
    const reason = (systemError(error, files.nameOf(folder)) ?? toAppError(error)).message;
    tell(
      new AppError(
        'WORKSPACE_INVALID',
        `${files.nameOf(folder)} is no longer needed but couldn't be removed: ${reason}`,
        {
          action: 'Give yourself write permission for it and for everything in it, or remove it yourself.',
        },
      ),
    );
  }
}
