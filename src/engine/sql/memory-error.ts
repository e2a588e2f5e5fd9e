import { AppError } from '../../contract/app-error';

const outOfMemoryPattern = /^Out of Memory Error/;
/** DuckDB's message for a full temporary folder, with its size. */
const outOfTemporaryPattern =
  /\((?:[\d.]+ \w+)\/(?<limit>[\d.]+ \w+) used\)\.\s+This limit was set by the 'max_temp_directory_size'/;

/** Translates DuckDB's errors for exhausted memory or temporary disk space. */
export function memoryError(error: unknown): AppError | null {
  if (!(error instanceof Error) || error instanceof AppError || !outOfMemoryPattern.test(error.message)) return null;
  const limit = outOfTemporaryPattern.exec(error.message)?.groups?.limit;
  if (limit !== undefined) {
    return new AppError('OUT_OF_MEMORY', `The query needs more than ${limit} of temporary disk space.`, {
      action:
        'That is half of the space that was free when the workspace was opened. Query fewer rows or columns, or ' +
        'free up space and reopen the workspace.',
      cause: error.message,
    });
  }
  return new AppError('OUT_OF_MEMORY', 'The query needs more memory than DuckDB may use.', {
    action: 'Query fewer rows or columns, or aggregate before you sort or join.',
    cause: error.message,
  });
}
