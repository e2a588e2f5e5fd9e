import { closeSync, constants, openSync } from 'node:fs';
import path from 'node:path';
import type { AppError } from '../../contract/app-error';
import { hasCode } from './errno';
import { isBelow } from './path-checks';
import { systemError } from './system-error';

/** The part of a pattern before the first wildcard, up to its last folder. */
const withoutFiles = /^IO Error: No files found that match the pattern "(?<fixed>[^*?["]*)[/\\]/;

/**
 * The error for a folder that may not be read, if that is why DuckDB found no files: it treats such a folder as empty.
 * @param message DuckDB's
 * @param workspace its folder; nothing outside it is looked at
 */
export function lockedFolder(message: string, workspace: string): AppError | null {
  const folder = withoutFiles.exec(message)?.groups?.['fixed'];
  if (folder === undefined || !path.isAbsolute(folder) || !isBelow(folder, workspace)) return null;
  try {
    closeSync(openSync(folder, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)));
    return null;
  } catch (error) {
    // Windows opens no folders, and says so with other codes.
    return hasCode(error, 'EACCES') ? systemError(error, workspace) : null;
  }
}
