import { AppError } from '../../contract/app-error';

const failedCheckpointPattern = /Checkpoint failed for database|has been invalidated because checkpointing failed/;
/** A failed assertion inside DuckDB, or an error after which it refuses all further work. */
const failurePattern = /^(?:INTERNAL|FATAL) Error: (?<said>[^\n]*)/;
const invalidatedPattern = /^FATAL Error: Failed: database has been invalidated[^]*?Original error: "(?<said>[^\n]*)"/;

/**
 * Whether an error says that DuckDB couldn't write a checkpoint, as on a full disk. It refuses all work on that
 * database until it is detached and attached again; committed data is in the write-ahead log.
 */
export function hasFailedCheckpoint(error: unknown): boolean {
  return error instanceof Error && failedCheckpointPattern.test(error.message);
}

/** Whether an error says that DuckDB failed earlier and has to be restarted. */
export function isInvalidated(error: unknown): boolean {
  return error instanceof Error && invalidatedPattern.test(error.message);
}

/**
 * Translates an internal error of DuckDB, as opposed to an error in the SQL.
 * @param blamed whether the cause of a failed DuckDB is known to be another statement
 * @returns null for any other error
 */
export function duckDbFailure(error: unknown, blamed: boolean): AppError | null {
  if (!(error instanceof Error) || error instanceof AppError) return null;
  const invalidated = invalidatedPattern.exec(error.message)?.groups?.said;
  if (invalidated !== undefined && blamed) {
    return new AppError('DUCKDB_FAILED', 'DuckDB stopped because another statement caused an internal error.', {
      action: 'DuckDB restarts automatically. Run this again.',
      cause: invalidated,
    });
  }
  const said = invalidated ?? failurePattern.exec(error.message)?.groups?.said;
  if (said === undefined) return null;
  return new AppError('DUCKDB_FAILED', `DuckDB failed with an internal error in this statement: ${said}`, {
    action: 'This is a bug in DuckDB; your SQL may be correct. Try writing the statement another way.',
  });
}
