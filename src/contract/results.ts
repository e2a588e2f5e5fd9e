import { z } from 'zod';
import { columnSchema } from './column-type';

/** Most rows that one window may carry: bounds the message, not the result. */
const maxWindowRows = 10_000;

/** Most characters of one value in a window; longer ones end with an ellipsis and are read whole by a query of their own. */
export const maxWindowTextLength = 2_000;

/** Where the rows of a statement are kept: a temporary table of the warehouse process, until it is closed. */
export const resultSchema = z.object({
  resultId: z.string(),
  /** DuckDB's names and types; the Arrow schema of a window has the same order, and text where Arrow has no exact type. */
  columns: z.array(columnSchema),
  rows: z.int().nonnegative(),
});

export type Result = z.infer<typeof resultSchema>;

/** What one statement did. `result` is null when it yields no rows. */
export const statementOutcomeSchema = z.object({
  /** DuckDB's statement type, e.g. SELECT or CREATE. */
  kind: z.string(),
  elapsedMs: z.number().nonnegative(),
  result: resultSchema.nullable(),
  /** Rows that a statement inserted, updated, deleted or wrote to a file; null for all others. */
  changedRows: z.int().nonnegative().nullable(),
});

export type StatementOutcome = z.infer<typeof statementOutcomeSchema>;

export const runEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('progress'),
    elapsedMs: z.number().nonnegative(),
    /** DuckDB's estimate from 0 to 1; null while it has none. */
    fraction: z.number().min(0).max(1).nullable(),
    /** The first rows, for statements that give them away early: `window` reads them while the rest is on its way. */
    head: resultSchema.nullable(),
  }),
  z.object({ type: z.literal('done'), outcome: statementOutcomeSchema }),
]);

export type RunEvent = z.infer<typeof runEventSchema>;

/** Types that a value for `$name` can be given. */
export const parameterTypes = ['VARCHAR', 'BIGINT', 'DOUBLE', 'BOOLEAN', 'DATE', 'TIMESTAMP'] as const;

/** A value for `$name`: its text as DuckDB's CAST to the type takes it, null for NULL. */
export const parameterSchema = z.object({ type: z.enum(parameterTypes), value: z.string().nullable() });

export type Parameter = z.infer<typeof parameterSchema>;

export const runRequestSchema = z.object({
  /** Statements of one session run one after the other on a connection of its own and share its temporary tables. */
  sessionId: z.string().min(1),
  sql: z.string(),
  parameters: z.record(z.string(), parameterSchema).optional(),
  /** Lets the statement write into the warehouse and `exports/`. Without, DuckDB refuses every write. */
  allowChanges: z.boolean().optional(),
  /**
   * What its result will be known by: whoever chooses that can close a result whose `done` has not arrived yet.
   * Without, the warehouse process chooses.
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
