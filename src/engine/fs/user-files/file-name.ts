import { AppError } from '../../../contract/app-error';
import { fileNameProblem } from '../../../contract/text/file-name';

/**
 * Makes sure that a new file's name is valid on every system. Existing files keep theirs.
 * @param stem without the extension
 * @param extension with its dot
 * @throws AppError INVALID_OPTIONS with the reason
 */
export function requireFileName(stem: string, extension: string): void {
  const problem = fileNameProblem(stem, extension);
  if (problem !== null) throw new AppError('INVALID_OPTIONS', problem, { action: 'Choose another name.' });
}
