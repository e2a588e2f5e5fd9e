import { columnSchema } from './column-type';
import { z } from 'zod';
import { errorReportSchema } from './app-error';
import { factResultSchema } from './facts/facts';
import { calendarDateSchema, instantSchema } from './calendar';
import { sum } from './sum';

export const layers = ['bronze', 'silver', 'gold'] as const;
export type Layer = (typeof layers)[number];

/** *incremental*: a refresh recomputes only the periods with changed days. */
export const modelKinds = ['view', 'table', 'incremental'] as const;

export const periodUnits = ['day', 'week', 'month'] as const;
export type PeriodUnit = (typeof periodUnits)[number];

/** How an incremental model is divided into periods: `column` holds the first day of a row's period. */
export const modelPeriodSchema = z.object({ unit: z.enum(periodUnits), column: z.string() });
export type ModelPeriod = z.infer<typeof modelPeriodSchema>;

export const modelOrigins = ['shipped', 'user'] as const;

/** A model as declared in its file, and its current state in the warehouse. */
export const modelSchema = z.object({
  name: z.string(),
  layer: z.enum(layers),
  kind: z.enum(modelKinds),
  grain: z.string(),
  summary: z.string(),
  dependsOn: z.array(z.string()),
  /** Column descriptions from the header, in order. */
  columns: z.array(z.object({ name: z.string(), meaning: z.string() })),
  sql: z.string(),
  /** The text that stands for `sql` on Trino; null where one text is for both. */
  trinoSql: z.string().nullable(),
  /** Null unless the model is incremental. */
  period: modelPeriodSchema.nullable(),
  /** *user*: from the workspace's `models` folder. */
  origin: z.enum(modelOrigins),
  /** Why it could not be built; the warehouse then has an earlier version of it. */
  problem: errorReportSchema.nullable(),
  /** Its state in the warehouse; null until a refresh has built it. */
  built: z
    .object({
      columns: z.array(columnSchema),
      rows: z.int().nonnegative(),
      /** The refresh that last changed its rows, and when it ended; null if the log no longer has it. */
      refreshId: z.int().positive(),
      changedAt: instantSchema.nullable(),
    })
    .nullable(),
  /** Its state on the cluster of the last refresh, if its rows are only there; null otherwise. */
  onCluster: z
    .object({
      rows: z.int().nonnegative(),
      refreshId: z.int().positive(),
      changedAt: instantSchema.nullable(),
    })
    .nullable(),
});

export type Model = z.infer<typeof modelSchema>;

/** *auto* recomputes changes, and everything if needed; *full* recomputes everything. */
export const refreshModes = ['auto', 'full'] as const;

/** Where a refresh computes, and where a query of the console runs. */
export const refreshEngines = ['local', 'cluster'] as const;
export type Engine = (typeof refreshEngines)[number];

export const refreshRequestSchema = z.object({
  on: z.enum(refreshEngines).default('local'),
  mode: z.enum(refreshModes).default('auto'),
  /** Skips damaged Parquet files, and reports them, instead of failing at the first one. */
  skipDamaged: z.boolean().default(false),
});

export type RefreshRequest = z.output<typeof refreshRequestSchema>;

export const refreshStepSchema = z.object({
  name: z.string(),
  /** *failed*: the refresh ended here, by an error or by cancelling. */
  status: z.enum(['waiting', 'running', 'done', 'failed']),
  elapsedMs: z.number().nonnegative().nullable(),
  rows: z.int().nonnegative().nullable(),
  /** Of a running step on a cluster, from the cluster's own statistics. */
  progress: z
    .object({
      completedSplits: z.number().nonnegative(),
      totalSplits: z.number().nonnegative(),
      processedRows: z.number().nonnegative(),
    })
    .optional(),
});

export type RefreshStep = z.infer<typeof refreshStepSchema>;

/** The refresh on a cluster that gold came from. */
export const clusterOriginSchema = z.object({
  server: z.string(),
  /** Catalog and schema of the results. */
  catalog: z.string(),
  schema: z.string(),
  /** Its id in the cluster's own log, and when it ended; null for a refresh that failed. */
  refreshId: z.int().positive().nullable(),
  finishedAt: instantSchema.nullable(),
});

export type ClusterOrigin = z.infer<typeof clusterOriginSchema>;

/** A row of `refresh_log`: a refresh that ended, successfully or not. */
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
  /** The resolved mode; this and the following fields are absent from entries of older versions. */
  mode: z.enum(['full', 'incremental', 'unchanged']).optional(),
  /** Days with files that were added, removed or rewritten since the previous refresh. */
  daysChanged: z.int().nonnegative().optional(),
  layerRows: z.record(z.enum(layers), z.int().nonnegative()).optional(),
  /** Parquet files of the days that were read, and their size; `files` and `bytes` count all existing files. */
  filesRead: z.int().nonnegative().optional(),
  bytesRead: z.int().nonnegative().optional(),
  checksPassed: z.int().nonnegative().optional(),
  checksFailed: z.int().nonnegative().optional(),
  /** Planted facts as it has measured them, and detected ones. Only of the refresh that has just ended; see `fact_results`. */
  facts: z.array(factResultSchema).optional(),
  /** Damaged Parquet files that this refresh skipped. */
  leftOutFiles: z.array(z.string()).optional(),
  /** Other warnings: a database set aside, a user's model that failed. */
  notices: z.array(z.string()).optional(),
  /** The steps in order, with rows and time; empty if nothing had changed. */
  steps: z.array(refreshStepSchema).optional(),
  /** Set if it was computed on a cluster. */
  cluster: clusterOriginSchema.optional(),
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

/** Progress of a refresh from 0 to 1; null if none is running. */
export function refreshFraction(state: RefreshState | undefined): number | null {
  if (state?.status !== 'running') return null;
  const done = state.steps.map(({ status, progress }) => {
    if (status !== 'running' || !progress) return status === 'done' ? 1 : 0;
    return progress.completedSplits / Math.max(1, progress.totalSplits);
  });
  return sum(done) / Math.max(1, done.length);
}

/**
 * Whether the warehouse process has `micro_warehouse.duckdb` open; while it does, no other program can open the file.
 */
export const databaseFileStateSchema = z.discriminatedUnion('status', [
  /** Not opened yet, or missing. */
  z.object({ status: z.literal('closed') }),
  z.object({ status: z.literal('held') }),
  /** Released on request or when idle; a query or a refresh reopens it. */
  z.object({ status: z.literal('released'), by: z.enum(['user', 'idle']) }),
]);

export type DatabaseFileState = z.infer<typeof databaseFileStateSchema>;

/** A file or folder below `data/events` that is not read, and why. */
export const unreadEntrySchema = z.object({
  /** Path in the workspace, safe to display: control characters are escaped, long names are cut. */
  path: z.string(),
  /** Part of a sentence: `it is a link that leads out of the workspace`. */
  reason: z.string(),
});

export type UnreadEntry = z.infer<typeof unreadEntrySchema>;

/**
 * The summary on the Overview page: whether data exists, and whether it is fresh. After a refresh on a cluster, the
 * figures of days, files and rows are those of the cluster, as that refresh recorded them.
 */
export const warehouseSummarySchema = z.object({
  partitions: z.int().nonnegative(),
  files: z.int().nonnegative(),
  rows: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  firstDate: calendarDateSchema.nullable(),
  lastDate: calendarDateSchema.nullable(),
  damagedFiles: z.array(z.string()),
  /** Days with files in the workspace. */
  daysHere: z.int().nonnegative(),
  /** The last refresh that succeeded; its `cluster` says where gold comes from. */
  lastRefresh: refreshLogEntrySchema.nullable(),
  /** False after a refresh on a cluster, whose files can't be seen from here. True if the files differ from those that the last successful refresh read, or if no refresh has succeeded. */
  stale: z.boolean(),
  /** Days with files that differ from those that the last successful refresh read. */
  staleDays: z.array(calendarDateSchema),
  /** Damaged files that the last refresh skipped: the warehouse lacks their rows. */
  leftOutFiles: z.array(z.string()),
  /** Files and folders below `data/events` that are not read: the first few, and their number. */
  unread: z.array(unreadEntrySchema),
  unreadCount: z.int().nonnegative(),
  databaseBytes: z.int().nonnegative(),
  databaseFile: databaseFileStateSchema,
  /**
   * Why the database file can't be read, which makes refresh details missing or outdated: another program has it open,
   * or it is damaged and the next refresh sets it aside.
   */
  problem: errorReportSchema.nullable(),
});

export type WarehouseSummary = z.infer<typeof warehouseSummarySchema>;
