import { z } from 'zod';
import { parameterSchema } from './results';

/** One tab of the console as it is kept between starts; its text lies in a file of its own. */
export const consoleTabSchema = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/),
  /** What the user called it; null while it is named after what it holds. */
  name: z.string().nullable(),
  /** The saved query that it shows, a file in `queries/`. */
  query: z.string().nullable(),
  parameters: z.record(z.string(), parameterSchema),
});

export type ConsoleTabState = z.infer<typeof consoleTabSchema>;

export const consoleTabsSchema = z.object({
  tabs: z.array(consoleTabSchema),
  /** Tabs that were closed, last one last: they can be opened again. */
  closed: z.array(consoleTabSchema),
  activeId: z.string().nullable(),
});

export type ConsoleTabs = z.infer<typeof consoleTabsSchema>;

export const storedConsoleSchema = consoleTabsSchema.extend({
  /** The text of each tab, open or closed, by its id. */
  texts: z.record(z.string(), z.string()),
});

export type StoredConsole = z.infer<typeof storedConsoleSchema>;

/** Longest SQL that the history keeps whole; of longer ones it keeps the beginning. */
export const maxHistorySql = 100_000;

/** One statement that was run in the console. */
export const historyEntrySchema = z.object({
  id: z.string(),
  sql: z.string(),
  /** The values of `$name` that it was run with; runs of older versions have none. */
  parameters: z.record(z.string(), parameterSchema).default({}),
  startedAt: z.iso.datetime(),
  elapsedMs: z.number().nonnegative(),
  /** Null where it yielded none, failed or was cancelled. */
  rows: z.int().nonnegative().nullable(),
  /** What went wrong; null where it went well, or was cancelled. */
  error: z.string().nullable(),
  /** Whether the user stopped it; runs of older versions say so as their error. */
  cancelled: z.boolean().default(false),
});

export type HistoryEntry = z.infer<typeof historyEntrySchema>;

/**
 * The name of a saved query that may be there already: a file of its folder, and no other. New names must also follow
 * `fileNameProblem`.
 */
export const queryNameSchema = z
  .string()
  .regex(/^(?![. ])[^/\\:*?"<>|\p{Cc}]{1,251}\.sql$/u, 'A name can\'t contain / \\ : * ? " < > |.');

export const savedQuerySchema = z.object({ name: z.string(), modifiedAt: z.iso.datetime() });

export type SavedQuery = z.infer<typeof savedQuerySchema>;

/** A query that ships with the app. */
export const exampleSchema = z.object({ name: z.string(), title: z.string(), group: z.string(), sql: z.string() });

export type ExampleQuery = z.infer<typeof exampleSchema>;
