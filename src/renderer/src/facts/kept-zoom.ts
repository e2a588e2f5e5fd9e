import { z } from 'zod';
import { timeRangeSchema, type TimeRange } from '../charts/data/transform';
import { StoredState } from '../client/kept-state';

/** The zoom of a metric's chart, by metric. A time range stays in place when the grain changes. */
export const keptZoom = new StoredState<TimeRange | 'later half' | null>(
  null,
  'metric zoom',
  z.union([timeRangeSchema, z.literal('later half')]).nullable(),
);
