import { z } from 'zod';

export const traceKinds = ['user', 'team'] as const;

/** The user or team to trace through the layers. */
export const traceSubjectSchema = z.object({ kind: z.enum(traceKinds), id: z.int() });

export type TraceSubject = z.infer<typeof traceSubjectSchema>;

/** The rows of one user or team in a model. */
export const tracedModelSchema = z.object({
  model: z.string(),
  /**
   * *named*: rows with its id; *team*: rows of the user's teams; *counted*: an aggregate, whose rows are shown next to
   * the same metric over this subject's events only; *untraceable*: none of these.
   */
  how: z.enum(['named', 'team', 'counted', 'untraceable']),
  rows: z.int().nonnegative(),
  /** Returns these rows; null if untraceable. */
  sql: z.string().nullable(),
});

export type TracedModel = z.infer<typeof tracedModelSchema>;

export const traceSchema = z.object({
  /** In dependency order; models that are not built are left out. */
  models: z.array(tracedModelSchema),
  /** Rows that silver dropped, by rule. */
  dropped: z.array(z.object({ rule: z.string(), summary: z.string(), rows: z.int().nonnegative() })),
});

export type Trace = z.infer<typeof traceSchema>;
