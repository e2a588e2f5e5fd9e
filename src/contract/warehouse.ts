import { z } from 'zod';
import { errorReportSchema } from './app-error';
import { calendarDateSchema, instantSchema } from './calendar-date';

/** One day of events on disk, from file names, sizes and Parquet footers: no row is read for it. */
export const partitionSchema = z.object({
  date: calendarDateSchema,
  files: z.int().nonnegative(),
  rows: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  modifiedAt: instantSchema,
  /** Files of the day that are no readable Parquet, by path from the workspace; their rows are not counted. */
  damagedFiles: z.array(z.string()),
});

export type Partition = z.infer<typeof partitionSchema>;

export const layers = ['bronze', 'silver', 'gold'] as const;
export type Layer = (typeof layers)[number];

export const modelKinds = ['view', 'table'] as const;

export const columnSchema = z.object({ name: z.string(), type: z.string() });
export type Column = z.infer<typeof columnSchema>;

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
  /** What stands in the warehouse; null until a refresh has built it. */
  built: z.object({ columns: z.array(columnSchema), rows: z.int().nonnegative() }).nullable(),
});

export type Model = z.infer<typeof modelSchema>;

export const refreshStepSchema = z.object({
  name: z.string(),
  status: z.enum(['waiting', 'running', 'done']),
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
  databaseBytes: z.int().nonnegative(),
});

export type WarehouseSummary = z.infer<typeof warehouseSummarySchema>;
