import { useMemo } from 'react';
import { defaultGrain } from '../charts/data/grain-choice';
import type { TimeSeries } from '../charts/data/series';
import { grainsOf, regrain, type Grain, type LeftOut, type Merge, type PartialPeriod } from '../charts/data/transform';
import { usePartialPeriods } from './use-partial-periods';

/**
 * A series at the grain that was chosen, or that fits.
 * @param merge how finer values are merged, by the name of their column
 * @param width of the chart in pixels, which decides the initial grain; 0 if unknown
 * @param wanted the user's choice; null for none
 */
export function useAtGrain(
  source: TimeSeries,
  { merge, width, wanted }: { readonly merge: (name: string) => Merge; readonly width: number; readonly wanted: Grain | null }, // prettier-ignore
) {
  const offered = useMemo(() => grainsOf(source.points), [source]);
  const own = offered[0] ?? null;
  const usual = useMemo(() => defaultGrain(source.points, offered, width), [source, offered, width]);
  const grain = wanted !== null && offered.includes(wanted) ? wanted : usual;
  const ownPartial = useStarts(usePartialPeriods(source.points, own, own));
  const merged = grain !== null && grain !== own;
  const series = useMemo(
    () => (merged ? regrain(source, grain, merge, ownPartial) : source),
    [source, merged, grain, merge, ownPartial],
  );
  const partial = usePartialPeriods(series.points, grain, own);
  return {
    /** The grains to choose from, the finest first. */
    offered,
    /** The series' own grain; null if it is irregular. */
    own,
    grain,
    merged,
    series,
    /** Periods of the series' own grain that are partial: averages leave them out. */
    ownPartial,
    /** Those of the grain on show. */
    partial,
  };
}

/** The starts of periods, as averages leave them out. */
export function useStarts(partial: readonly PartialPeriod[]): LeftOut {
  return useMemo(() => new Set(partial.map(({ start }) => start)), [partial]);
}
