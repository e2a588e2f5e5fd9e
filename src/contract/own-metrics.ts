import { z } from 'zod';
import { parameterSchema } from './results';

const parametersSchema = z.record(z.string(), parameterSchema);

/** The name of a file in `models/`, without `.sql`. */
export const metricNameSchema = z.string().regex(/^[a-z][a-z0-9_]*$/);

/** One of the user's own metrics, as the file that it is. */
export const ownMetricSchema = z.object({
  /** The path in the workspace. */
  file: z.string(),
  /** The whole file. */
  text: z.string(),
  /** Without the header and the semicolon. */
  sql: z.string(),
  summary: z.string(),
  grain: z.string(),
  /** Defaults of the parameters. */
  parameters: parametersSchema,
});

export type OwnMetric = z.infer<typeof ownMetricSchema>;

export const editMetricRequestSchema = z.object({
  /** The name of the model, `gold_...`. */
  model: z.string(),
  /** The text of the file as it was read: a file that has changed since is not replaced. */
  replaces: z.string(),
  sql: z.string(),
  summary: z.string(),
  grain: z.string(),
  parameters: parametersSchema,
});

export type EditMetricRequest = z.infer<typeof editMetricRequestSchema>;

export const deletedMetricSchema = z.object({
  /** Brings it back. */
  id: z.string(),
  /** The user's models that read it, which fail without it. */
  readBy: z.array(z.string()),
});

export type DeletedMetric = z.infer<typeof deletedMetricSchema>;

/** Metrics that ship as a start for one's own. */
export const metricStarters = ['clean_weekly_activity'] as const;
