import { columnSchema } from './column-type';
import { z } from 'zod';
import { errorReportSchema } from './app-error';
import { calendarDateSchema, instantSchema } from './calendar';

export const layers = ['bronze', 'silver', 'gold'] as const;
export type Layer = (typeof layers)[number];

/** *incremental*: a table of which a refresh recomputes only the periods that changed days touch. */
export const modelKinds = ['view', 'table', 'incremental'] as const;

export const periodUnits = ['day', 'week', 'month'] as const;
export type PeriodUnit = (typeof periodUnits)[number];

/** How an incremental model falls into periods: `column` holds the first day of the period that a row belongs to. */
export const modelPeriodSchema = z.object({ unit: z.enum(periodUnits), column: z.string() });
export type ModelPeriod = z.infer<typeof modelPeriodSchema>;

export const modelOrigins = ['shipped', 'user'] as const;

/** A model as its file declares it, and what the last refresh made of it. */
export const modelSchema = z.object({
  name: z.string(),
  layer: z.enum(layers),
  kind: z.enum(modelKinds),
  grain: z.string(),
  summary: z.string(),
  dependsOn: z.array(z.string()),
  /** Meaning of each column, in order, from the header. */
  columns: z.array(z.object({ name: z.string(), meaning: z.string() })),
  sql: z.string(),
  /** Null unless the model is incremental. */
  period: modelPeriodSchema.nullable(),
  /** *user*: from the workspace's `models` folder. */
  origin: z.enum(modelOrigins),
  /** Why it could not be built; what stands in the warehouse is then from an earlier refresh. */
  problem: errorReportSchema.nullable(),
  /** What stands in the warehouse; null until a refresh has built it. */
  built: z
    .object({
      columns: z.array(columnSchema),
      rows: z.int().nonnegative(),
      /** The refresh that changed its rows last, and when that ended; null where the log knows no more of it. */
      refreshId: z.int().positive(),
      changedAt: instantSchema.nullable(),
    })
    .nullable(),
});

export type Model = z.infer<typeof modelSchema>;

/** *auto* recomputes what changed, and everything where that is needed; *full* recomputes everything. */
export const refreshModes = ['auto', 'full'] as const;

export const refreshRequestSchema = z.object({
  mode: z.enum(refreshModes).default('auto'),
  /** Leaves damaged Parquet files out, and says so, instead of failing at the first one. */
  skipDamaged: z.boolean().default(false),
});

export type RefreshRequest = z.output<typeof refreshRequestSchema>;

export const refreshStepSchema = z.object({
  name: z.string(),
  /** *failed*: the refresh ended here, by an error or because it was cancelled. */
  status: z.enum(['waiting', 'running', 'done', 'failed']),
  elapsedMs: z.number().nonnegative().nullable(),
  rows: z.int().nonnegative().nullable(),
});

export type RefreshStep = z.infer<typeof refreshStepSchema>;

/** A row of `refresh_log`: a refresh that ended, whichever way. */
export const refreshLogEntrySchema = z.object({
  refreshId: z.int().positive(),
  startedAt: instantSchema,
  finishedAt: instantSchema,
  status: z.enum(['succeeded', 'failed', 'cancelled']),
  /** Rows of each model by its name; null unless the refresh succeeded. */
  modelRows: z.record(z.string(), z.int().nonnegative()).nullable(),
  files: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  /** Exported files, by path from the workspace. */
  exports: z.array(z.string()),
  error: errorReportSchema.optional(),
  /** What it turned out to be; this and what follows is absent from entries that older versions have written. */
  mode: z.enum(['full', 'incremental', 'unchanged']).optional(),
  /** Days whose files were added, removed or rewritten since the refresh before. */
  daysChanged: z.int().nonnegative().optional(),
  layerRows: z.record(z.enum(layers), z.int().nonnegative()).optional(),
  /** Parquet files of the days that were read, and their size; `files` and `bytes` count all that are there. */
  filesRead: z.int().nonnegative().optional(),
  bytesRead: z.int().nonnegative().optional(),
  checksPassed: z.int().nonnegative().optional(),
  checksFailed: z.int().nonnegative().optional(),
  /** Damaged Parquet files that this refresh left out. */
  leftOutFiles: z.array(z.string()).optional(),
  /** What the user should know of it besides: a database set aside, a model of theirs that failed. */
  notices: z.array(z.string()).optional(),
  /** What was done in turn, with rows and time; none where nothing had changed. */
  steps: z.array(refreshStepSchema).optional(),
});

export type RefreshLogEntry = z.infer<typeof refreshLogEntrySchema>;

export const refreshStateSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('idle') }),
  z.object({ status: z.literal('running'), startedAt: instantSchema, steps: z.array(refreshStepSchema) }),
  z.object({
    status: z.literal('ended'),
    outcome: z.discriminatedUnion('succeeded', [
      z.object({ succeeded: z.literal(true), entry: refreshLogEntrySchema }),
      z.object({ succeeded: z.literal(false), error: errorReportSchema }),
    ]),
  }),
]);

export type RefreshState = z.infer<typeof refreshStateSchema>;

/** How much of a refresh is done, from 0 to 1; null while none is under way. */
export function refreshFraction(state: RefreshState | undefined): number | null {
  if (state?.status !== 'running') return null;
  const done = state.steps.filter(({ status }) => status === 'done').length;
  return done / Math.max(1, state.steps.length);
}

/** Whether the warehouse process holds `micro_warehouse.duckdb`; while it does, no other program can open the file. */
export const databaseFileStateSchema = z.discriminatedUnion('status', [
  /** Not opened yet, or there is none. */
  z.object({ status: z.literal('closed') }),
  z.object({ status: z.literal('held') }),
  /** Let go on request or after idle minutes; a query or a refresh takes it again by itself. */
  z.object({ status: z.literal('released'), by: z.enum(['user', 'idle']) }),
]);

export type DatabaseFileState = z.infer<typeof databaseFileStateSchema>;

/** A file or folder below `data/events` whose rows are not read, and why. */
export const unreadEntrySchema = z.object({
  /** From the workspace, as it can be shown: control characters are escaped, a long name is cut. */
  path: z.string(),
  /** Part of a sentence: `it is a link that leads out of the workspace`. */
  reason: z.string(),
});

export type UnreadEntry = z.infer<typeof unreadEntrySchema>;

/** Everything the Overview needs to say whether data is there and fresh. */
export const warehouseSummarySchema = z.object({
  partitions: z.int().nonnegative(),
  files: z.int().nonnegative(),
  rows: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  firstDate: calendarDateSchema.nullable(),
  lastDate: calendarDateSchema.nullable(),
  damagedFiles: z.array(z.string()),
  lastRefresh: refreshLogEntrySchema.nullable(),
  /** True when the files differ from what the last successful refresh read, or none has been made over them. */
  stale: z.boolean(),
  /** Days whose files differ from what the last successful refresh read. */
  staleDays: z.array(calendarDateSchema),
  /** Damaged files that the last refresh has left out: what stands in the warehouse lacks their rows. */
  leftOutFiles: z.array(z.string()),
  /** Files and folders below `data/events` that are not read, the first few, and how many there are. */
  unread: z.array(unreadEntrySchema),
  unreadCount: z.int().nonnegative(),
  databaseBytes: z.int().nonnegative(),
  databaseFile: databaseFileStateSchema,
  /**
   * Why the database file can't be read, and what is told of refreshes is therefore missing or old: another program
   * holds it, or it is damaged and the next refresh sets it aside.
   */
  problem: errorReportSchema.nullable(),
});

export type WarehouseSummary = z.infer<typeof warehouseSummarySchema>;
