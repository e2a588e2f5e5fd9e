import { z } from 'zod';

/** A day as `YYYY-MM-DD`. */
const calendarDateSchema = z.iso.date();

/** The kinds of facts that a recipe can plant; each has a declaration in the engine, a proof and a detector. */
export const plantedKinds = ['launch', 'outage', 'churn'] as const;

export type PlantedKind = (typeof plantedKinds)[number];

/**
 * The result of looking for a planted fact: *found* as planted, *not found* although the data is complete, or *hidden*,
 * because the data that would show it isn't there or has been changed. *detected*: found without having been planted.
 */
export const factVerdicts = ['found', 'not found', 'hidden', 'detected'] as const;

/** A planted fact as one refresh has measured it, or a fact that a detector has found. A row of `fact_results`. */
export const factResultSchema = z.object({
  /** The same for the same fact at each refresh: `outage 2025-02-05`. */
  fact: z.string(),
  kind: z.enum(plantedKinds),
  verdict: z.enum(factVerdicts),
  /** Why it is hidden; null otherwise. */
  reason: z.string().nullable(),
  /** The run that planted it; null if it was detected. */
  runId: z.string().nullable(),
  /** The day that it was planted on, or the first day that was found. */
  date: calendarDateSchema,
  /** The part of the data that it concerns, such as the sign-up month of churning teams; null for all. */
  scope: z.string().nullable(),
  /** Its size in the unit of the kind: planted, and as measured with a margin of some standard errors. */
  planted: z.number().nullable(),
  measured: z.number().nullable(),
  margin: z.number().nullable(),
  /** The count that was measured, and the count without the fact. */
  observed: z.number().nullable(),
  expected: z.number().nullable(),
  /** Standard errors between the measured size and no fact at all. */
  confidence: z.number().nullable(),
  /** The period that was found. */
  firstDay: calendarDateSchema.nullable(),
  lastDay: calendarDateSchema.nullable(),
  /** What was measured, in words, without the verdict. Days are written as `YYYY-MM-DD`. */
  sentence: z.string(),
  /** The proof or detector as it ran; runs unchanged in the console. */
  sql: z.string(),
});

export type FactResult = z.output<typeof factResultSchema>;

/** A metric whose chart shows the facts of a kind. */
export const metricOfKind: Readonly<Record<PlantedKind, string>> = {
  launch: 'gold_weekly_events_by_type',
  outage: 'gold_daily_active_users',
  churn: 'gold_team_retention',
};

/** The result as one sentence: `Outage 2025-02-05: 21 events, about 1,500 expected: found`. */
export function factSentence({ sentence, verdict, reason }: FactResult): string {
  if (verdict === 'detected') return `Detected: ${sentence}`;
  return `${sentence}: ${verdict}${reason === null ? '' : `, ${reason}`}`;
}
