import { z } from 'zod';
import { columnSchema } from './column-type';

/** Longest text before the cursor that is sent to DuckDB for completion. */
export const maxCompletedText = 20_000;

/** One signature of a function. */
export const sqlFunctionSchema = z.object({
  name: z.string(),
  kind: z.string(),
  /** E.g. `regexp_extract(string VARCHAR, regex VARCHAR) -> VARCHAR`. */
  signatures: z.array(z.string()),
  description: z.string().nullable(),
  example: z.string().nullable(),
});

export type SqlFunction = z.infer<typeof sqlFunctionSchema>;

export const sqlWordsSchema = z.object({
  keywords: z.array(z.string()),
  /** Keywords that can be names only in quotes. */
  reserved: z.array(z.string()),
  types: z.array(z.string()),
  functions: z.array(sqlFunctionSchema),
});

export type SqlWords = z.infer<typeof sqlWordsSchema>;

export const sqlTableSchema = z.object({
  /** *main* unless the user has made another one. */
  schema: z.string(),
  name: z.string(),
  columns: z.array(columnSchema),
  /** Whether it is one of the tables in which the app keeps its refreshes. */
  records: z.boolean(),
  /** The session of a temporary table or view; null for those of the warehouse. */
  sessionId: z.string().nullable(),
});

export type SqlTable = z.infer<typeof sqlTableSchema>;

/** A completion for the text from `from` (an offset) to the cursor. */
export const suggestionSchema = z.object({
  text: z.string(),
  from: z.int().nonnegative(),
  /** DuckDB's word for it: keyword, table, column, scalar_function, ... */
  kind: z.string(),
});

export type Suggestion = z.infer<typeof suggestionSchema>;
