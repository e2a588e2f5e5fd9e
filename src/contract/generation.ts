import { z } from 'zod';
import { errorReportSchema } from './app-error';
import { calendarDateSchema, instantSchema } from './calendar';
import { plantedKinds } from './facts/facts';
import { generationLimits, recipeSchema, recordedRecipeSchema, wholeNumber } from './recipe';

/** *append* adds a run to the partitions; *replace* deletes the existing events once the new run is in. */
export const writeModes = ['append', 'replace'] as const;
export type WriteMode = (typeof writeModes)[number];

/** The `part`-th of `of` shards of the same data, counted from 1, so that several machines can generate it together. */
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
  /** Null for the whole recipe. */
  shard: shardSchema.nullable().default(null),
});

export type GenerationRequest = z.output<typeof generationRequestSchema>;

/** A request as logs and journals store it. */
export const recordedRequestSchema = generationRequestSchema.extend({ recipe: recordedRecipeSchema });

/** A request, and whether the user has confirmed it where {@link estimateSchema} says `ask`. */
export const startRequestSchema = generationRequestSchema.extend({ confirmed: z.boolean().default(false) });

/**
 * How many of a request's rows would be duplicated. *some*: days of the same run, or the same seed with other options,
 * which gives other events in the same sessions.
 */
export const repetitionSchema = z.enum(['none', 'some', 'all']);

export type Repetition = z.infer<typeof repetitionSchema>;

/** Expected size and duration of a request. */
export const estimateSchema = z.object({
  rows: z.int().nonnegative(),
  /** Days that get a file. */
  days: z.int().nonnegative(),
  rowsPerDay: z.number().nonnegative(),
  /** On disk, within 15%. */
  bytes: z.number().nonnegative(),
  /** From the last runs in this workspace, otherwise from a typical rate. */
  durationMs: z.number().nonnegative(),
  freeBytes: z.number().nonnegative(),
  /** *ask*: it takes more than half of the free space; *impossible*: more than all of it. */
  verdict: z.enum(['fine', 'ask', 'impossible']),
  repeats: repetitionSchema,
});

export type Estimate = z.infer<typeof estimateSchema>;

/** A fact planted in the data for an analyst to find. */
export const knownFactSchema = z.object({
  kind: z.enum([...plantedKinds, 'mess']),
  /** The day it happens or starts; null if it applies to all days. */
  date: calendarDateSchema.nullable(),
  /** A word or two, for charts. */
  label: z.string(),
  text: z.string(),
});

export type KnownFact = z.infer<typeof knownFactSchema>;

/** Expected events per week of a recipe; weeks start on Monday, in order. */
export const previewSchema = z.object({
  weeks: z.array(z.object({ week: calendarDateSchema, rows: z.int().nonnegative() })),
  firstDay: calendarDateSchema,
  lastDay: calendarDateSchema,
  facts: z.array(knownFactSchema),
});

export type Preview = z.infer<typeof previewSchema>;

export const workerProgressSchema = z.object({
  worker: z.int().nonnegative(),
  /** Rows written so far, including those of unfinished days. */
  rows: z.int().nonnegative(),
  /** Days that the worker is writing; null while it is idle. */
  days: z.object({ first: calendarDateSchema, last: calendarDateSchema }).nullable(),
});

const generationPhaseSchema = z.enum(['starting', 'writing', 'committing']);
export type GenerationPhase = z.infer<typeof generationPhaseSchema>;

export const generationProgressSchema = z.object({
  phase: generationPhaseSchema,
  rows: z.int().nonnegative(),
  /** 0 only for a shard without work. */
  rowsTotal: z.int().nonnegative(),
  elapsedMs: z.number().nonnegative(),
  rowsPerSecond: z.number().nonnegative(),
  /** Null until the rate is known. */
  remainingMs: z.number().nonnegative().nullable(),
  workers: z.array(workerProgressSchema),
});

export type GenerationProgress = z.infer<typeof generationProgressSchema>;
export type WorkerProgress = z.infer<typeof workerProgressSchema>;

const runStepSchema = z.object({ phase: generationPhaseSchema, elapsedMs: z.int().nonnegative() });

/** A completed phase of a run, and its duration. */
export type RunStep = z.infer<typeof runStepSchema>;

/** One line of the run log: a run that ended, successfully or not. */
export const runLogEntrySchema = z.object({
  runId: z.string(),
  startedAt: instantSchema,
  finishedAt: instantSchema,
  status: z.enum(['succeeded', 'failed', 'cancelled']),
  request: recordedRequestSchema,
  /** Written to `data/events`: all zero unless the run succeeded. */
  rows: z.int().nonnegative(),
  files: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  /**
   * In order; a failed run ends with the phase in which it failed. Runs of versions that did not record phases have
   * none; a run that was killed while its files were moved, and finished by the next start, lacks that phase.
   */
  steps: z.array(runStepSchema).optional(),
  error: errorReportSchema.optional(),
});

export type RunLogEntry = z.infer<typeof runLogEntrySchema>;

/** A logged run with details derived from its recipe. */
export const pastRunSchema = runLogEntrySchema.extend({
  /** One line of text that reproduces the same data. */
  recipeLine: z.string(),
  /** Facts that the charts and checks should show. */
  facts: z.array(knownFactSchema),
});

export type PastRun = z.infer<typeof pastRunSchema>;

/** The run in progress (a workspace has at most one), and the outcome of the last one since the app started. */
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
