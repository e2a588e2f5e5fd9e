import { z } from 'zod';
import { printable, printableText } from './text/printable';

/** Everything that can go wrong in a way the user can act on. The code is stable; the words may change. */
export const errorCodes = [
  'INVALID_OPTIONS',
  'NEEDS_CONFIRMATION',
  'WORKSPACE_INVALID',
  'WORKSPACE_READ_ONLY',
  'WORKSPACE_BUSY',
  'LINK_NOT_ALLOWED',
  'DISK_FULL',
  'TOO_MANY_FILES',
  'NO_EVENTS',
  'PARQUET_DAMAGED',
  'MODEL_INVALID',
  'DATABASE_LOCKED',
  'DATABASE_DAMAGED',
  'DATABASE_UNSAFE',
  'SQL_ERROR',
  'SQL_READ_ONLY',
  'OUT_OF_MEMORY',
  'DUCKDB_FAILED',
  'RESULT_GONE',
  /** No answer from the cluster: no connection, a broken one, or one that stalls. */
  'CLUSTER_UNREACHABLE',
  'CLUSTER_CERTIFICATE',
  'CLUSTER_SIGN_IN',
  'CLUSTER_RIGHTS',
  /** The cluster refused a statement: a mistake in its SQL. */
  'CLUSTER_QUERY',
  /** A statement that would change something, where only queries are allowed. */
  'CLUSTER_READ_ONLY',
  /** A statement failed through no mistake in its SQL: lack of memory, a lost worker, a damaged file. */
  'CLUSTER_FAILED',
  /** An answer that isn't Trino's, or that the client won't use. */
  'CLUSTER_ANSWER',
  /** The schemas and tables of a workspace's cluster are missing. */
  'CLUSTER_NOT_SET_UP',
  /** Another refresh of the same tables runs on the cluster. */
  'CLUSTER_BUSY',
  'LOCATION_INVALID',
  'LOCATION_UNREACHABLE',
  'LOCATION_RIGHTS',
  'LOCATION_CONFLICT',
  'SHARDS_MISSING',
  'CANCELLED',
  'WORKER_CRASHED',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** An unknown name in SQL, and the names that DuckDB offers instead, the most similar first. */
export const nameFixSchema = z.object({ wrong: z.string(), candidates: z.array(z.string()).min(1) });
export type NameFix = z.infer<typeof nameFixSchema>;

/** Details of an error beside its message; positions count from 1 and refer to the SQL that was sent. */
export const errorDetailsSchema = z.object({
  /** A remedy, in one sentence. */
  action: z.string(),
  /** The text of the layer below (DuckDB, the operating system), when it says more than the message. */
  cause: z.string().optional(),
  position: z.object({ line: z.int().positive(), column: z.int().positive() }).optional(),
  /** For SQL with an unknown name. */
  fix: nameFixSchema.optional(),
  /** For statements that failed on a cluster: Trino's own name and type of the error, and the query's id. */
  cluster: z.object({ errorName: z.string(), errorType: z.string(), queryId: z.string() }).optional(),
  /** For LINK_NOT_ALLOWED: the link's path from the workspace, and its real target. */
  link: z.object({ path: z.string(), target: z.string() }).optional(),
});

export type ErrorDetails = z.infer<typeof errorDetailsSchema>;

export const errorReportSchema = errorDetailsSchema.extend({
  code: z.enum(errorCodes),
  message: z.string(),
});

/** An {@link AppError} as plain data, for logs and between processes. */
export type ErrorReport = z.infer<typeof errorReportSchema>;

/** Longest message and cause that are shown whole; DuckDB repeats SQL and names of files in its messages. */
const mostCharacters = 4_000;

/**
 * An error that a user may read: the message says what happened, `details.action` what to do. All of it may contain
 * names of files and other text from a stranger, so control characters are escaped and endless texts cut.
 * Anything else that is thrown is a defect and is reported as INTERNAL.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly details: ErrorDetails;

  constructor(
    readonly code: ErrorCode,
    message: string,
    { action, cause, ...others }: ErrorDetails,
  ) {
    super(printableText(message, mostCharacters));
    const shown = cause === undefined ? {} : { cause: printableText(cause, mostCharacters) };
    this.details = { action: printableText(action, mostCharacters), ...others, ...shown };
  }

  static fromReport({ code, message, ...details }: ErrorReport): AppError {
    return new AppError(code, message, details);
  }

  toReport(): ErrorReport {
    return { code: this.code, message: this.message, ...this.details };
  }
}

/** Turns any thrown value into an {@link AppError}; defects keep their message as the cause. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof Error && error.name === 'AbortError') return cancelled();
  const text = error instanceof Error ? error.message : String(error);
  // The system's messages have one line; a second one would come from the name of a file.
  const isOneLine = error instanceof Error && 'syscall' in error;
  const cause = isOneLine ? printable(text, mostCharacters) : text;
  return new AppError('INTERNAL', 'Something went wrong.', {
    action: 'Try again. If it keeps happening, report it and include the details below.',
    cause,
  });
}

export function cancelled(what = 'This'): AppError {
  return new AppError('CANCELLED', `${what} was cancelled.`, {
    action: 'Nothing was changed. You can start it again at any time.',
  });
}
