import { z } from 'zod';
import { calendarDateSchema } from './calendar';
import { layers, refreshLogEntrySchema } from './warehouse';

/** *error*: the data is wrong; *warning*: it may be. Neither hides the data, both mark it. */
export const checkSeverities = ['error', 'warning'] as const;

/** A check and what the last refresh that looked found, over all days. */
export const checkSchema = z.object({
  name: z.string(),
  severity: z.enum(checkSeverities),
  summary: z.string(),
  /** The models that it looks at, and tables of the warehouse's own records. */
  dependsOn: z.array(z.string()),
  /** Yields the offending rows; runs as it is in the console. */
  sql: z.string(),
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

/** What one refresh found with one check, over all days; only the days that had changed were looked at again. */
export const checkResultSchema = z.object({
  name: z.string(),
  severity: z.enum(checkSeverities),
  passed: z.boolean(),
  failedRows: z.int().nonnegative(),
  failedDays: z.int().nonnegative(),
});

export type CheckResult = z.infer<typeof checkResultSchema>;

/** From one layer to the next: what came in, what each rule dropped, what is left. */
export const waterfallStepSchema = z.object({
  layer: z.enum(layers),
  rows: z.int().nonnegative(),
  /** Rows that the step to this layer dropped, by rule. */
  dropped: z.array(z.object({ rule: z.string(), summary: z.string(), rows: z.int().nonnegative() })),
  /** Rows that no rule explains; anything but 0 is a defect, and the check `rows_reconcile` says so. */
  unexplained: z.int(),
});

export type WaterfallStep = z.infer<typeof waterfallStepSchema>;

const changedRowsSchema = z.array(z.record(z.string(), z.json()));

/** One period of one gold model that a refresh has changed. */
export const refreshChangeSchema = z.object({
  model: z.string(),
  /** First day of the period; null where the model has no periods. */
  period: calendarDateSchema.nullable(),
  kind: z.enum(['added', 'removed', 'changed']),
  /** Rows that are no longer there, and rows that are new: the first few of each. */
  before: changedRowsSchema,
  after: changedRowsSchema,
  /** The changed days that the period was recomputed for. */
  causedBy: z.array(calendarDateSchema),
});

export type RefreshChange = z.infer<typeof refreshChangeSchema>;

/** Everything that a refresh has to tell once it has ended. */
export const refreshSummarySchema = z.object({
  entry: refreshLogEntrySchema,
  /** Bronze, silver, gold; empty unless the refresh succeeded. */
  waterfall: z.array(waterfallStepSchema),
  checks: z.array(checkResultSchema),
  /** By model and period. A model that was built anew, with no earlier state to compare, is not among them. */
  changes: z.array(refreshChangeSchema),
});

export type RefreshSummary = z.infer<typeof refreshSummarySchema>;
