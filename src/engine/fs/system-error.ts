import { AppError } from '../../contract/app-error';
import { printable } from '../../contract/text/printable';
import { permissionError } from './permission-error';

/** Room for two paths, as in the message of a rename. */
const mostCharacters = 1_000;

/** Node's and DuckDB's messages for the same problems; DuckDB reports system errors only as text. */
const systemErrors = [
  {
    pattern: /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded|not enough space/i,
    code: 'DISK_FULL',
    message: (folder: string) => `The disk that holds ${folder} is full.`,
    action: 'Free up space or choose a workspace on another disk, then try again. No partial files were kept.',
  },
  {
    pattern: /EMFILE|ENFILE|Too many open files/i,
    code: 'TOO_MANY_FILES',
    message: () => "The system doesn't let Micro Warehouse open more files.",
    action:
      'Close other programs or raise the limit for open files (ulimit -n), then try again. No partial files were kept.',
  },
  {
    pattern: /\bEIO\b|Input\/output error/i,
    code: 'WORKSPACE_INVALID',
    message: (folder: string, file: string | null) => `The disk reported an error at ${file ?? folder}.`,
    action:
      'Check the disk and its connection. Copy the files that can still be read to another disk, then open them there.',
  },
  {
    // No read permission, as opposed to no write permission.
    pattern: /EACCES.*(?:scandir|opendir|open|stat) '|Cannot open file .*Permission denied/i,
    code: 'WORKSPACE_READ_ONLY',
    message: (folder: string, file: string | null) => `Micro Warehouse has no permission to read ${file ?? folder}.`,
    action: 'Give yourself read and write permission for it, or move it out of the workspace, then try again.',
  },
  {
    pattern: /EROFS|EACCES|EPERM|Read-only file system|Permission denied|Operation not permitted/i,
    code: 'WORKSPACE_READ_ONLY',
    message: (folder: string) => `Micro Warehouse has no permission to write to ${folder}.`,
    action: 'Give yourself write permission for that folder, or choose another workspace.',
  },
  {
    pattern: /ENOTDIR|EEXIST|Not a directory/i,
    code: 'WORKSPACE_INVALID',
    message: (folder: string) => `${folder} isn't a folder, or contains a file where a folder is needed.`,
    action: 'Choose a folder, or move that file elsewhere.',
  },
  {
    pattern: /ENAMETOOLONG|File name too long/i,
    code: 'WORKSPACE_INVALID',
    message: (folder: string) => `A name or path in ${folder} is too long for the system.`,
    action: 'Choose a shorter name, or a workspace with a shorter path.',
  },
  {
    pattern: /EXDEV|cross-device/i,
    code: 'WORKSPACE_INVALID',
    message: (folder: string) => `Part of ${folder} is on another disk, so files can't be moved in one step.`,
    action: 'Put the whole workspace on one disk, without links to other disks.',
  },
] as const;

/**
 * Translates a file system error, thrown by Node or reported by DuckDB, into an {@link AppError}. Returns null for any
 * other error.
 */
export function systemError(error: unknown, folder: string): AppError | null {
  if (!(error instanceof Error) || error instanceof AppError) return null;
  const refused = permissionError(error);
  if (refused)
    return new AppError('WORKSPACE_READ_ONLY', refused.message, { action: refused.action, cause: oneLine(error) });
  const text = 'code' in error && typeof error.code === 'string' ? `${error.code} ${error.message}` : error.message;
  const known = systemErrors.find(({ pattern }) => pattern.test(text));
  if (!known) return null;
  const file = fileIn(error);
  const message = known.message(folder, file === null ? null : printable(file));
  return new AppError(known.code, message, { action: known.action, cause: oneLine(error) });
}

/** The system's messages have one line; a second one would come from the name of a file. */
function oneLine({ message }: Error): string {
  return printable(message, mostCharacters);
}

/** The file that an error is about; null if it doesn't say. */
function fileIn(error: Error): string | null {
  if ('path' in error && typeof error.path === 'string') return error.path;
  return /"(?<file>[^"\n]+)"/.exec(error.message)?.groups?.['file'] ?? null;
}
