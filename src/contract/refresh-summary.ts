import { z } from 'zod';
import { calendarDateSchema } from './calendar';
import { factResultSchema } from './facts/facts';
import { layers, refreshLogEntrySchema } from './warehouse';

/** *error*: the data is wrong; *warning*: it may be. Neither hides the data, both mark it. */
export const checkSeverities = ['error', 'warning'] as const;

/** *day*: checks each partition separately, and its offending rows are events; *warehouse*: looks at all days together. */
export const checkScopes = ['day', 'warehouse'] as const;

/** A check and its latest result, over all days. */
export const checkSchema = z.object({
  name: z.string(),
  severity: z.enum(checkSeverities),
  scope: z.enum(checkScopes),
  summary: z.string(),
  /** The models that it reads, and tables of the warehouse's own records. */
  dependsOn: z.array(z.string()),
  /** The model that keeps the offending rows although the check finds them, and the reason; null if none does. */
  kept: z.object({ in: z.string(), reason: z.string() }).nullable(),
  /** Returns the offending rows; runs unchanged in the console. */
  sql: z.string(),
  /** The text that stands for `sql` on Trino; null where one text is for both. */
  trinoSql: z.string().nullable(),
  /** Null until a refresh has run it. */
  result: z
    .object({
      passed: z.boolean(),
      failedRows: z.int().nonnegative(),
      /** Offending rows by day; empty for a check of the warehouse as a whole. */
      failedDays: z.array(z.object({ date: calendarDateSchema, rows: z.int().positive() })),
    })
    .nullable(),
});

export type Check = z.infer<typeof checkSchema>;

/** The result of one check in one refresh, over all days; only changed days were checked again. */
export const checkResultSchema = z.object({
  name: z.string(),
  severity: z.enum(checkSeverities),
  passed: z.boolean(),
  failedRows: z.int().nonnegative(),
  failedDays: z.int().nonnegative(),
});

export type CheckResult = z.infer<typeof checkResultSchema>;

/** From one layer to the next: rows in, rows dropped by each rule, rows left. */
export const waterfallStepSchema = z.object({
  layer: z.enum(layers),
  rows: z.int().nonnegative(),
  /** Rows that the step to this layer dropped, by rule. */
  dropped: z.array(z.object({ rule: z.string(), summary: z.string(), rows: z.int().nonnegative() })),
  /** Rows that no rule explains; anything but 0 is a defect, and the check `rows_reconcile` fails. */
  unexplained: z.int(),
});

export type WaterfallStep = z.infer<typeof waterfallStepSchema>;

const changedRowsSchema = z.array(z.record(z.string(), z.json()));

/** One period of one gold model that a refresh has changed. */
export const refreshChangeSchema = z.object({
  model: z.string(),
  /** First day of the period; null if the model has no periods. */
  period: calendarDateSchema.nullable(),
  kind: z.enum(['added', 'removed', 'changed']),
  /** Removed rows and new rows: the first few of each. */
  before: changedRowsSchema,
  after: changedRowsSchema,
  /** The changed days that the period was recomputed for. */
  causedBy: z.array(calendarDateSchema),
});

export type RefreshChange = z.infer<typeof refreshChangeSchema>;

/** The full report of a finished refresh. */
export const refreshSummarySchema = z.object({
  entry: refreshLogEntrySchema,
  /** Bronze, silver, gold; empty unless the refresh succeeded. */
  waterfall: z.array(waterfallStepSchema),
  checks: z.array(checkResultSchema),
  /** By model and period. A model that was rebuilt, with no earlier state to compare, is left out. */
  changes: z.array(refreshChangeSchema),
  /** Planted facts as it has measured them, and detected ones. */
  facts: z.array(factResultSchema),
});

export type RefreshSummary = z.infer<typeof refreshSummarySchema>;
