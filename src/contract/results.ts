import { z } from 'zod';
import { columnSchema } from './column-type';

/** Most rows in one window: limits the message, not the result. */
const maxWindowRows = 10_000;

/**
 * Most characters of one value in a window; longer values end with an ellipsis and are read in full by a separate
 * query.
 */
export const maxWindowTextLength = 2_000;

/** The rows of a statement: a temporary table of the warehouse process, until it is closed. */
export const resultSchema = z.object({
  resultId: z.string(),
  /**
   * DuckDB's names and types; the Arrow schema of a window has the same order, with text for types that Arrow can't
   * represent exactly.
   */
  columns: z.array(columnSchema),
  rows: z.int().nonnegative(),
});

export type Result = z.infer<typeof resultSchema>;

/** The outcome of one statement. `result` is null if it returns no rows. */
export const statementOutcomeSchema = z.object({
  /** DuckDB's statement type, e.g. SELECT or CREATE. */
  kind: z.string(),
  elapsedMs: z.number().nonnegative(),
  result: resultSchema.nullable(),
  /** Rows that a statement inserted, updated, deleted or wrote to a file; null for others. */
  changedRows: z.int().nonnegative().nullable(),
});

export type StatementOutcome = z.infer<typeof statementOutcomeSchema>;

export const runEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('progress'),
    elapsedMs: z.number().nonnegative(),
    /** DuckDB's estimate from 0 to 1; null while unknown. */
    fraction: z.number().min(0).max(1).nullable(),
    /** The first rows, for statements that return them early: `window` reads them while the rest is computed. */
    firstRows: resultSchema.nullable(),
  }),
  z.object({ type: z.literal('done'), outcome: statementOutcomeSchema }),
]);

export type RunEvent = z.infer<typeof runEventSchema>;

/** Types that a value of a `$name` parameter can have. */
export const parameterTypes = ['VARCHAR', 'BIGINT', 'DOUBLE', 'BOOLEAN', 'DATE', 'TIMESTAMP'] as const;

/** A value of a `$name` parameter: text for DuckDB's CAST to the type, null for NULL. */
export const parameterSchema = z.object({ type: z.enum(parameterTypes), value: z.string().nullable() });

export type Parameter = z.infer<typeof parameterSchema>;

/** A parameter that nobody has given a value. */
export const noParameter: Parameter = { type: 'VARCHAR', value: '' };

export const runRequestSchema = z.object({
  /** Statements of one session run one after the other on one connection and share its temporary tables. */
  sessionId: z.string().min(1),
  sql: z.string(),
  parameters: z.record(z.string(), parameterSchema).optional(),
  /** Lets the statement write to the warehouse and `exports/`. Otherwise DuckDB refuses every write. */
  allowChanges: z.boolean().optional(),
  /**
   * The id of its result: a caller that chooses it can close a result before its `done` has arrived. Otherwise the
   * warehouse process chooses one.
   */
  resultId: z.uuid().optional(),
});

export type RunRequest = z.infer<typeof runRequestSchema>;

export const windowRequestSchema = z.object({
  resultId: z.string(),
  offset: z.int().nonnegative(),
  limit: z.int().positive().max(maxWindowRows),
});

/** An Arrow IPC stream. Not `z.instanceof`: its type clashes with the buffer types of Arrow. */
export const arrowStreamSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
