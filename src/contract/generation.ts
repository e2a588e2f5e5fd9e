import { z } from 'zod';
import { errorReportSchema } from './app-error';
import { calendarDateSchema, instantSchema } from './calendar';
import { generationLimits, recipeSchema, recordedRecipeSchema, wholeNumber } from './recipe';

/** *append* adds a run to the partitions; *replace* removes what was there once the new run is in. */
export const writeModes = ['append', 'replace'] as const;
export type WriteMode = (typeof writeModes)[number];

/** The `part`-th of `of` parts of the same data, counted from 1: so that several machines make it together. */
export const shardSchema = z
  .object({
    part: wholeNumber('The shard number', 1, generationLimits.shards),
    of: wholeNumber('The number of shards', 1, generationLimits.shards),
  })
  .refine(({ part, of }) => part <= of, { error: "The shard number can't be greater than the number of shards." });

export type Shard = z.output<typeof shardSchema>;

/** How a recipe is carried out; none of it changes the rows. */
export const generationRequestSchema = z.object({
  recipe: recipeSchema,
  mode: z.enum(writeModes).default('append'),
  /** Generator processes; more than there are chunks of work are never started. */
  workers: wholeNumber('Workers', 1, generationLimits.workers),
  /** Null for the whole. */
  shard: shardSchema.nullable().default(null),
});

export type GenerationRequest = z.output<typeof generationRequestSchema>;

/** A request as logs and journals keep it. */
export const recordedRequestSchema = generationRequestSchema.extend({ recipe: recordedRecipeSchema });

/** A request and whether the user has agreed to it where {@link estimateSchema} says `ask`. */
export const startRequestSchema = generationRequestSchema.extend({ confirmed: z.boolean().default(false) });

/**
 * How many of a request's rows would be in the data twice. *some*: days of the same run, or the same seed with other
 * options, which gives other events in the same sessions.
 */
export const repetitionSchema = z.enum(['none', 'some', 'all']);

export type Repetition = z.infer<typeof repetitionSchema>;

/** What a request will come to. */
export const estimateSchema = z.object({
  rows: z.int().nonnegative(),
  /** Days that get a file. */
  days: z.int().nonnegative(),
  rowsPerDay: z.number().nonnegative(),
  /** On disk, within 15 % of the truth. */
  bytes: z.number().nonnegative(),
  /** By the last runs in this workspace, else by what is usual. */
  durationMs: z.number().nonnegative(),
  freeBytes: z.number().nonnegative(),
  /** *ask*: it takes more than half of what is free; *impossible*: more than all of it. */
  verdict: z.enum(['fine', 'ask', 'impossible']),
  repeats: repetitionSchema,
});

export type Estimate = z.infer<typeof estimateSchema>;

/** Something in the data that was put there on purpose, for an analyst to find. */
export const knownFactSchema = z.object({
  kind: z.enum(['launch', 'outage', 'churn', 'mess']),
  /** From when on, or when; null for what is everywhere. */
  date: calendarDateSchema.nullable(),
  text: z.string(),
});

export type KnownFact = z.infer<typeof knownFactSchema>;

/** What the weeks of a recipe will look like: by Mondays, in order. */
export const previewSchema = z.object({
  weeks: z.array(z.object({ week: calendarDateSchema, rows: z.int().nonnegative() })),
  firstDay: calendarDateSchema,
  lastDay: calendarDateSchema,
  facts: z.array(knownFactSchema),
});

export type Preview = z.infer<typeof previewSchema>;

export const workerProgressSchema = z.object({
  worker: z.int().nonnegative(),
  /** Written so far, also of the days that it is at. */
  rows: z.int().nonnegative(),
  /** Days that the worker is writing now; null while it has nothing to do. */
  days: z.object({ first: calendarDateSchema, last: calendarDateSchema }).nullable(),
});

const generationPhaseSchema = z.enum(['starting', 'writing', 'committing']);
export type GenerationPhase = z.infer<typeof generationPhaseSchema>;

export const generationProgressSchema = z.object({
  phase: generationPhaseSchema,
  rows: z.int().nonnegative(),
  /** 0 only for a shard that has nothing to do. */
  rowsTotal: z.int().nonnegative(),
  elapsedMs: z.number().nonnegative(),
  rowsPerSecond: z.number().nonnegative(),
  /** Null until there is a rate to judge by. */
  remainingMs: z.number().nonnegative().nullable(),
  workers: z.array(workerProgressSchema),
});

export type GenerationProgress = z.infer<typeof generationProgressSchema>;
export type WorkerProgress = z.infer<typeof workerProgressSchema>;

const runStepSchema = z.object({ phase: generationPhaseSchema, elapsedMs: z.int().nonnegative() });

/** A phase that a run has been through, and how long it was in it. */
export type RunStep = z.infer<typeof runStepSchema>;

/** One line of the run log: a run that ended, whichever way. */
export const runLogEntrySchema = z.object({
  runId: z.string(),
  startedAt: instantSchema,
  finishedAt: instantSchema,
  status: z.enum(['succeeded', 'failed', 'cancelled']),
  request: recordedRequestSchema,
  /** What reached `data/events`: all zero unless the run succeeded. */
  rows: z.int().nonnegative(),
  files: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  /**
   * In their order, the last one being where a run failed. Runs of before this was kept have none; one that was killed
   * while its files were moved, and finished by the next start, lacks that step.
   */
  steps: z.array(runStepSchema).optional(),
  error: errorReportSchema.optional(),
});

export type RunLogEntry = z.infer<typeof runLogEntrySchema>;

/** A run of the log with what follows from its recipe. */
export const pastRunSchema = runLogEntrySchema.extend({
  /** One line of text that gives the same data again. */
  recipeLine: z.string(),
  /** What the charts and checks ought to show of it. */
  facts: z.array(knownFactSchema),
});

export type PastRun = z.infer<typeof pastRunSchema>;

/** The one run that may be under way in a workspace, and how the last one ended since the app started. */
export const generationStateSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('idle') }),
  z.object({ status: z.literal('running'), request: recordedRequestSchema, progress: generationProgressSchema }),
  z.object({
    status: z.literal('ended'),
    outcome: z.discriminatedUnion('succeeded', [
      z.object({ succeeded: z.literal(true), run: pastRunSchema }),
      z.object({ succeeded: z.literal(false), request: recordedRequestSchema, error: errorReportSchema }),
    ]),
  }),
]);

export type GenerationState = z.infer<typeof generationStateSchema>;
