import { z } from 'zod';
import { calendarDateSchema } from './calendar';

/** The events that a metric is computed from; null for all. */
export const metricFilterSchema = z.object({
  eventName: z.string().min(1).nullable(),
  teamId: z.int().nullable(),
  /** The platform in the event's properties; events without one are left out. */
  platform: z.string().min(1).nullable(),
  /** Both included; absent for all days. */
  days: z.object({ first: calendarDateSchema, last: calendarDateSchema }).optional(),
});

export type MetricFilter = z.infer<typeof metricFilterSchema>;

/** A metric over filtered events as one SELECT, or the reason why the filter doesn't apply to it. */
export const filteredMetricSchema = z.discriminatedUnion('applies', [
  z.object({ applies: z.literal(true), sql: z.string() }),
  z.object({ applies: z.literal(false), reason: z.string() }),
]);

export type FilteredMetric = z.infer<typeof filteredMetricSchema>;

/** Values to filter by; platforms come from the latest days with events. */
export const filterChoicesSchema = z.object({
  eventNames: z.array(z.string()),
  platforms: z.array(z.string()),
});

export type FilterChoices = z.infer<typeof filterChoicesSchema>;
