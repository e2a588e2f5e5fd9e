import { useMemo } from 'react';
import { msPerDay } from '../../../contract/calendar';
import type { Partition } from '../../../contract/partitions';
import { usePartitions } from '../client/queries';
import type { ChartPoint } from '../charts/data/series';
import { partialPeriods, type DaySpan, type Grain, type PartialPeriod } from '../charts/data/transform';

/** More days in a row are no gap, but the time between data of two ages. */
const longestGap = 366;

/** The days with files, and those missing between them; null if there are none. */
export function daySpanOf(partitions: readonly Partition[]): DaySpan | null {
  const days = partitions.flatMap(({ date, files }) => (files > 0 ? [Date.parse(date)] : [])).toSorted((a, b) => a - b);
  const [first, last] = [days.at(0), days.at(-1)];
  if (first === undefined || last === undefined) return null;
  const missing = days.slice(1).flatMap((day, index) => {
    const before = days[index] ?? day;
    const count = (day - before) / msPerDay - 1;
    if (count > longestGap) return [];
    return Array.from({ length: count }, (_, step) => before + (step + 1) * msPerDay);
  });
  return { first, last, missing };
}

/** The days of the workspace; null until known, and if there are none. */
export function useDaySpan(): DaySpan | null {
  const partitions = usePartitions().data;
  return useMemo(() => (partitions ? daySpanOf(partitions) : null), [partitions]);
}

/** Periods of a metric that the days of the workspace cover only in part. */
export function usePartialPeriods(
  points: readonly ChartPoint[],
  grain: Grain | null,
  own: Grain | null,
): readonly PartialPeriod[] {
  const days = useDaySpan();
  return useMemo(
    () => (grain && own && days ? partialPeriods(points, { grain, own }, days) : []),
    [points, grain, own, days],
  );
}
