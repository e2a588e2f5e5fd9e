import { z } from 'zod';
import { errorReportSchema } from './app-error';
import { calendarDateSchema, instantSchema } from './calendar-date';

/** Bounds that keep a slip of the finger from filling a disk; raise them when someone needs more. */
export const generationLimits = {
  rows: 1_000_000_000,
  users: 100_000_000,
  teams: 10_000_000,
  seed: 4_294_967_295,
  workers: 64,
  days: 36_600,
} as const;

const MS_PER_DAY = 86_400_000;

function wholeNumber(name: string, min: number, max: number) {
  // Made when needed: formatting the first number takes 10 ms, which every process that loads the schemas would pay.
  const range = () => `${name} must be a whole number from ${min.toLocaleString('en')} to ${max.toLocaleString('en')}.`;
  return z.number({ error: range }).int({ error: range }).min(min, { error: range }).max(max, { error: range });
}

function day(name: string) {
  return z.iso.date({ error: `${name} must be a day written YYYY-MM-DD.` });
}

/** Number of days from `start` to `end`, both included. */
export function daysBetween(start: string, end: string): number {
  return Math.round((Date.parse(end) - Date.parse(start)) / MS_PER_DAY) + 1;
}

/** What decides the rows: the same recipe always gives the same rows. */
export const recipeSchema = z
  .object({
    rows: wholeNumber('Rows', 1, generationLimits.rows).default(1_000_000),
    start: day('Start').default('2023-01-01'),
    end: day('End').default('2025-12-31'),
    users: wholeNumber('Users', 1, generationLimits.users).default(100_000),
    teams: wholeNumber('Teams', 1, generationLimits.teams).default(1_000),
    seed: wholeNumber('Seed', 0, generationLimits.seed).default(42),
  })
  .refine(({ start, end }) => start <= end, { path: ['end'], error: 'End must not be before start.' })
  .refine(({ start, end }) => daysBetween(start, end) <= generationLimits.days, {
    path: ['end'],
    error: () => `The date range may span at most ${generationLimits.days.toLocaleString('en')} days.`,
  });

export type Recipe = z.output<typeof recipeSchema>;

/** *append* adds a run to the partitions; *replace* removes what was there once the new run is in. */
export const writeModes = ['append', 'replace'] as const;
export type WriteMode = (typeof writeModes)[number];

/** How a recipe is carried out; none of it changes the rows. */
export const generationRequestSchema = z.object({
  recipe: recipeSchema,
  mode: z.enum(writeModes).default('append'),
  /** Generator processes; more than there are chunks of work are never started. */
  workers: wholeNumber('Workers', 1, generationLimits.workers),
});

export type GenerationRequest = z.output<typeof generationRequestSchema>;

export const workerProgressSchema = z.object({
  worker: z.int().nonnegative(),
  rows: z.int().nonnegative(),
  /** Days that the worker is writing now; null while it has nothing to do. */
  days: z.object({ first: calendarDateSchema, last: calendarDateSchema }).nullable(),
});

export const generationProgressSchema = z.object({
  phase: z.enum(['starting', 'writing', 'committing']),
  rows: z.int().nonnegative(),
  rowsTotal: z.int().positive(),
  elapsedMs: z.number().nonnegative(),
  rowsPerSecond: z.number().nonnegative(),
  /** Null until there is a rate to judge by. */
  remainingMs: z.number().nonnegative().nullable(),
  workers: z.array(workerProgressSchema),
});

export type GenerationProgress = z.infer<typeof generationProgressSchema>;
export type WorkerProgress = z.infer<typeof workerProgressSchema>;

/** One line of the run log: a run that ended, whichever way. */
export const runLogEntrySchema = z.object({
  runId: z.string(),
  startedAt: instantSchema,
  finishedAt: instantSchema,
  status: z.enum(['succeeded', 'failed', 'cancelled']),
  request: generationRequestSchema,
  /** What reached `data/events`: all zero unless the run succeeded. */
  rows: z.int().nonnegative(),
  files: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  error: errorReportSchema.optional(),
});

export type RunLogEntry = z.infer<typeof runLogEntrySchema>;

/** The one run that may be under way in a workspace, and how the last one ended since the app started. */
export const generationStateSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('idle') }),
  z.object({ status: z.literal('running'), request: generationRequestSchema, progress: generationProgressSchema }),
  z.object({
    status: z.literal('ended'),
    outcome: z.discriminatedUnion('succeeded', [
      z.object({ succeeded: z.literal(true), run: runLogEntrySchema }),
      z.object({ succeeded: z.literal(false), error: errorReportSchema }),
    ]),
  }),
]);

export type GenerationState = z.infer<typeof generationStateSchema>;
