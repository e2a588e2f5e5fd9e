import { z } from 'zod';

/** Which events a metric is computed from; null takes all. */
export const metricFilterSchema = z.object({
  eventName: z.string().min(1).nullable(),
  teamId: z.int().nullable(),
  /** As events name it in their properties; events that name none are left out. */
  platform: z.string().min(1).nullable(),
});

export type MetricFilter = z.infer<typeof metricFilterSchema>;

/** A metric over filtered events as one SELECT, or why that would mean nothing. */
export const filteredMetricSchema = z.discriminatedUnion('applies', [
  z.object({ applies: z.literal(true), sql: z.string() }),
  z.object({ applies: z.literal(false), reason: z.string() }),
]);

export type FilteredMetric = z.infer<typeof filteredMetricSchema>;

/** What there is to filter by; platforms are those of the latest days with events. */
export const filterChoicesSchema = z.object({
  eventNames: z.array(z.string()),
  platforms: z.array(z.string()),
});

export type FilterChoices = z.infer<typeof filterChoicesSchema>;
