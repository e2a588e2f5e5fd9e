import { z } from 'zod';
import { errorReportSchema } from '../app-error';
import { calendarDateSchema } from '../calendar';
import { recordedRecipeSchema } from '../recipe';
import { agreedLinksSchema } from '../workspace';

/** The rows of one day: `rows` rows, numbered from `firstRow` (0-based over the whole recipe). */
export const dayPlanSchema = z.object({
  date: calendarDateSchema,
  firstRow: z.int().nonnegative(),
  rows: z.int().nonnegative(),
});

export type DayPlan = z.infer<typeof dayPlanSchema>;

/** Consecutive days that one worker writes with one COPY. */
export const chunkSchema = z.object({ index: z.int().nonnegative(), days: z.array(dayPlanSchema).min(1) });

export type Chunk = z.infer<typeof chunkSchema>;

/** Coordinator to generator process. `prepare` comes first and once. */
export const generatorRequestSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('prepare'),
    runId: z.string(),
    recipe: recordedRecipeSchema,
    /** The workspace; the files go to the run's staging folder in it. */
    folder: z.string(),
    agreedLinks: agreedLinksSchema,
    /** The folder of the SQL that makes events. */
    sqlFolder: z.string(),
  }),
  z.object({ type: z.literal('write'), chunk: chunkSchema }),
]);

export type GeneratorRequest = z.input<typeof generatorRequestSchema>;

/**
 * Generator process to coordinator: one `ready` after `prepare`; one `written` or `failed` after each `write`, preceded
 * by progress in rows if the chunk takes long.
 */
export const generatorReplySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('written'), chunkIndex: z.int().nonnegative(), bytes: z.int().nonnegative() }),
  z.object({ type: z.literal('writing'), rows: z.int().nonnegative() }),
  z.object({ type: z.literal('failed'), error: errorReportSchema }),
]);

export type GeneratorReply = z.infer<typeof generatorReplySchema>;
