import { useMemo } from 'react';
import { KeptState, useKept, useWorkspaceOwner } from '../../client/kept-state';
import { measureNamedBy, type ChartChoice } from '../../charts/chart-choice';
import type { ChartPoint, TimeSeries } from '../../charts/data/series';
import { linesOf, stackOf } from '../../charts/data/series-of';
import type { TableData } from '../../charts/data/table-data';
import {
  grainsOf,
  mergeOf,
  regrain,
  smooth,
  spanBefore,
  spanOf,
  timesOf,
  type Grain,
  type Merge,
  type Span,
  type TimeRange,
} from '../../charts/data/transform';
import { usePartialPeriods } from '../../metrics/use-partial-periods';

export type TimeChoice = Extract<ChartChoice, { kind: 'line' | 'stacked' | 'funnel' }>;

// By metric; null until set by the user.
const keptShape = new KeptState<'funnel' | 'lines' | null>(null);
const keptMeasure = new KeptState<number | null>(null);
const keptGrain = new KeptState<Grain | null>(null);
/** A time range stays in place when the grain changes. */
const keptZoom = new KeptState<TimeRange | 'later half' | null>(null);
const keptAverage = new KeptState('1');
const keptComparing = new KeptState(false);

/**
 * The user's settings of a chart over time, and the resulting points.
 * @param metric its name, which decides the initial measure
 */
export function useTimeView(data: TableData, choice: TimeChoice, metric: string) {
  const owner = useWorkspaceOwner(metric);
  const [wantedShape, setShape] = useKept(keptShape, owner);
  const shape = wantedShape ?? (choice.kind === 'funnel' ? 'funnel' : 'lines');
  const [wantedMeasure, setMeasure] = useKept(keptMeasure, owner);
  const measure = wantedMeasure ?? measureNamedBy(metric, data, choice.kind === 'stacked' ? [] : choice.measures);
  const [wantedGrain, setGrain] = useKept(keptGrain, owner);
  const [average, setAverage] = useKept(keptAverage, owner);
  const [zoom, setZoom] = useKept(keptZoom, owner);
  const [comparing, setComparing] = useKept(keptComparing, owner);
  const asFunnel = choice.kind === 'funnel' && shape === 'funnel';

  const source = useMemo(() => sourceOf(data, choice, asFunnel, measure), [data, choice, asFunnel, measure]);
  const grains = useMemo(() => grainsOf(source.points), [source]);
  const grain = wantedGrain !== null && grains.includes(wantedGrain) ? wantedGrain : (grains[0] ?? null);
  const valueName = choice.kind === 'stacked' ? (data.columns[choice.value]?.name ?? '') : null;
  const merged = grain !== null && grain !== grains[0];
  const series = useMemo(() => {
    const merge = (name: string): Merge => mergeOf(valueName ?? name);
    return smooth(merged ? regrain(source, grain, merge) : source, asFunnel ? 1 : Number(average));
  }, [source, merged, grain, valueName, asFunnel, average]);

  const everything: Span = { first: 0, last: series.points.length - 1 };
  const span = zoom === null ? everything : clamp(zoomedSpan(series.points, zoom), everything);
  const zoomTo = (next: Span | null) => {
    setZoom(next && timesOf(series.points, next));
  };
  const toggleCompare = () => {
    // The full range has no preceding period; its later half has.
    if (!comparing && !spanBefore(span)) setZoom('later half');
    if (comparing && zoom === 'later half') setZoom(null);
    setComparing(!comparing);
  };
  const own = grains[0] ?? null;
  const partial = usePartialPeriods(series.points, grain, own);
  return {
    asFunnel,
    shape,
    setShape,
    measure,
    setMeasure,
    grains,
    grain,
    /** The metric's own grain. */
    own,
    setGrain,
    average,
    setAverage,
    series,
    span,
    zoomed: zoom !== null,
    zoomTo,
    comparing,
    toggleCompare,
    partial,
    before: comparing ? spanBefore(span) : null,
    /** How finer periods were merged; null if they were not. */
    mergeNote: merged
      ? `${mergeNote(series, (name) => mergeOf(valueName ?? name))} per ${grain}${own === 'week' ? ' (of the weeks that start in it)' : ''}`
      : null,
  };
}

function zoomedSpan(points: readonly ChartPoint[], zoom: TimeRange | 'later half'): Span {
  if (zoom !== 'later half') return spanOf(points, zoom);
  return { first: Math.ceil(points.length / 2), last: points.length - 1 };
}

export type TimeView = ReturnType<typeof useTimeView>;

function sourceOf(data: TableData, choice: TimeChoice, asFunnel: boolean, measure: number): TimeSeries {
  if (choice.kind === 'stacked') return stackOf(data, choice.time, choice.category, choice.value);
  if (choice.kind === 'funnel' && asFunnel) return linesOf(data, choice.time, choice.steps);
  return linesOf(data, choice.time, choice.measures[measure] ?? choice.measures[0] ?? []);
}

function mergeNote({ names }: TimeSeries, merge: (name: string) => Merge): string {
  const kinds = new Set(names.map(merge));
  return kinds.size > 1 ? 'amounts summed, other values averaged' : kinds.has('sum') ? 'summed' : 'averaged';
}

function clamp({ first, last }: Span, within: Span): Span {
  const end = Math.min(last, within.last);
  return { first: Math.max(0, Math.min(first, end - 1)), last: end };
}
