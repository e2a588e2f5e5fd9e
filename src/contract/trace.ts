import { z } from 'zod';

export const traceKinds = ['user', 'team'] as const;

/** Trace by through the layers. */
export const traceSubjectSchema = z.object({ kind: z.enum(traceKinds), id: z.int() });

export type TraceSubject = z.infer<typeof traceSubjectSchema>;

/** Where one user or team is found in a model. */
export const tracedModelSchema = z.object({
  model: z.string(),
  /**
   * *named*: in the rows that name it; *team*: in those of the teams that the user was in; *counted*: a metric that
   * names nobody, so its rows stand beside what the user or team alone comes to; *untraceable*: neither.
   */
  how: z.enum(['named', 'team', 'counted', 'untraceable']),
  rows: z.int().nonnegative(),
  /** Yields these rows; null where there is no way to tell. */
  sql: z.string().nullable(),
});

export type TracedModel = z.infer<typeof tracedModelSchema>;

export const traceSchema = z.object({
  /** In the order of their dependencies; models that are not built are not among them. */
  models: z.array(tracedModelSchema),
  /** Rows that silver left out, by rule. */
  dropped: z.array(z.object({ rule: z.string(), summary: z.string(), rows: z.int().nonnegative() })),
});

export type Trace = z.infer<typeof traceSchema>;
