import { useMemo } from 'react';
import { useSummary } from '../client/queries';
import type { ChartPoint } from '../charts/data/series';
import { partialPeriods, type Grain, type PartialPeriod } from '../charts/data/transform';

/** Periods at the ends of a metric that the days of the workspace cover only in part. */
export function usePartialPeriods(
  points: readonly ChartPoint[],
  grain: Grain | null,
  own: Grain | null,
): readonly PartialPeriod[] {
  const { firstDate, lastDate } = useSummary().data ?? {};
  return useMemo(
    () =>
      grain && own && firstDate && lastDate
        ? partialPeriods(points, { grain, own }, Date.parse(firstDate), Date.parse(lastDate))
        : [],
    [points, grain, own, firstDate, lastDate],
  );
}
