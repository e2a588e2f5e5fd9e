import { z } from 'zod';
import { parameterSchema } from './results';
import { refreshEngines } from './warehouse';

/** One tab of the console as saved between starts; its text is in a separate file. */
export const consoleTabSchema = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/),
  /** The user's name for it; null while the name follows the content. */
  name: z.string().nullable(),
  /** The saved query that it shows, a file in `queries/`. */
  query: z.string().nullable(),
  parameters: z.record(z.string(), parameterSchema),
  /** Where its statements run: on this machine as DuckDB SQL, or on the cluster as Trino SQL. */
  on: z.enum(refreshEngines).default('local'),
});

export type ConsoleTabState = z.infer<typeof consoleTabSchema>;

export const consoleTabsSchema = z.object({
  tabs: z.array(consoleTabSchema),
  /** Closed tabs, the most recent last: they can be reopened. */
  closed: z.array(consoleTabSchema),
  activeId: z.string().nullable(),
});

export type ConsoleTabs = z.infer<typeof consoleTabsSchema>;

export const storedConsoleSchema = consoleTabsSchema.extend({
  /** The text of each tab, open or closed, by its id. */
  texts: z.record(z.string(), z.string()),
});

export type StoredConsole = z.infer<typeof storedConsoleSchema>;

/** Longest SQL that the history keeps whole; longer SQL is cut. */
export const maxHistorySql = 100_000;

/** One statement that was run in the console. */
export const historyEntrySchema = z.object({
  id: z.string(),
  sql: z.string(),
  /** Values of its `$name` parameters; entries of older versions have none. */
  parameters: z.record(z.string(), parameterSchema).default({}),
  startedAt: z.iso.datetime(),
  elapsedMs: z.number().nonnegative(),
  /** Null if it returned no rows, failed or was cancelled. */
  rows: z.int().nonnegative().nullable(),
  /** The error; null if it succeeded or was cancelled. */
  error: z.string().nullable(),
  /** Whether the user cancelled it; older versions recorded that as an error. */
  cancelled: z.boolean().default(false),
  /** Where it ran; older versions only ran statements on this machine. */
  on: z.enum(refreshEngines).default('local'),
});

export type HistoryEntry = z.infer<typeof historyEntrySchema>;

/** The name of an existing saved query: a file directly in its folder. New names must also pass `fileNameProblem`. */
export const queryNameSchema = z
  .string()
  .regex(/^(?![. ])[^/\\:*?"<>|\p{Cc}]{1,251}\.sql$/u, 'A name can\'t contain / \\ : * ? " < > |.');

export const savedQuerySchema = z.object({ name: z.string(), modifiedAt: z.iso.datetime() });

export type SavedQuery = z.infer<typeof savedQuerySchema>;

/** A query that ships with the app. */
export const exampleSchema = z.object({
  name: z.string(),
  title: z.string(),
  group: z.string(),
  sql: z.string(),
  /** Where it runs, which also says in which SQL it is written. */
  on: z.enum(refreshEngines),
});

export type ExampleQuery = z.infer<typeof exampleSchema>;
