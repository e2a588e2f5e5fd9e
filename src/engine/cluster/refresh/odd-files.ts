import { AppError } from '../../../contract/app-error';
import type { LeftOutFile } from './files';

/** Files that the cluster can read, with values or columns that nothing here can use. */
export class OddFiles extends Error {
  constructor(
    readonly files: readonly LeftOutFile[],
    /** What is wrong with the first one: a clause about "it". */
    reason: string,
  ) {
    super(reason);
  }
}

/** The files that make a refresh fail; none if it failed for another reason. */
export function oddFilesOf(error: unknown): readonly LeftOutFile[] {
  return error instanceof OddFiles ? error.files : [damagedFileOf(error) ?? []].flat();
}

/** Trino's names of errors about the contents of one file. */
const fileErrors =
  /^HIVE_(?:BAD_DATA|CANNOT_OPEN_SPLIT|CURSOR_ERROR|MISSING_DATA|FILESYSTEM_ERROR|INVALID_PARTITION_VALUE|PARTITION_SCHEMA_MISMATCH)$/;

/** The file that a statement failed at; null if it failed for another reason. */
export function damagedFileOf(error: unknown): LeftOutFile | null {
  if (!(error instanceof AppError) || !fileErrors.test(error.details.cluster?.errorName ?? '')) return null;
  const [path] = /[a-z0-9]+:\/{1,3}[^\s'"]+\.parquet/i.exec(`${error.message} ${error.details.cause ?? ''}`) ?? [];
  const date = /\/date=(\d{4}-\d\d-\d\d)\//.exec(path ?? '')?.[1];
  return path && date ? { path, date } : null;
}

/** The error of a refresh that met such files. */
export function oddFilesError(files: readonly LeftOutFile[], cause: Error): AppError {
  const isOdd = cause instanceof OddFiles;
  const why = isOdd ? `can't be used: ${cause.message}` : "is damaged: the cluster can't read it";
  const more = files.length > 1 ? ` (and ${files.length - 1} more)` : '';
  return new AppError('PARQUET_DAMAGED', `${files[0]?.path ?? 'A file'} ${why}${more}.`, {
    action: 'Refresh without it, or copy it there again. Your last refresh is intact.',
    ...(isOdd ? {} : { cause: cause.message }),
  });
}
