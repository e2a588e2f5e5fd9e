import { useMemo } from 'react';
import { z } from 'zod';
import { StoredState, useKept, useWorkspaceOwner } from '../../client/kept-state';
import { measureNamedBy } from '../../charts/chart-choice';
import { comparedSpan, compareModes, counterparts, type CompareMode } from '../../charts/data/comparison';
import type { ChartPoint, TimeSeries } from '../../charts/data/series';
import { linesOf } from '../../charts/data/series-of';
import type { TableData } from '../../charts/data/table-data';
import {
  grains,
  smooth,
  spanBefore,
  spanOf,
  timeRangeSchema,
  timesOf,
  type Grain,
  type Merge,
  type Span,
  type TimeRange,
} from '../../charts/data/transform';
import { keptZoom } from '../../facts/kept-zoom';
import { seriesOfChoice, type TimeChoice } from '../../metrics/metric-series';
import { useAtGrain, useStarts } from '../../metrics/use-at-grain';

export interface Compare {
  readonly mode: CompareMode;
  /** The other range of the mode *range*. */
  readonly range: TimeRange | null;
}

// By metric; null until set by the user.
const keptShape = new StoredState<'funnel' | 'lines' | null>(
  null,
  'metric shape',
  z.enum(['funnel', 'lines']).nullable(),
);
const keptMeasure = new StoredState<number | null>(null, 'metric measure', z.number().int().nonnegative().nullable());
const keptGrain = new StoredState<Grain | null>(null, 'metric grain', z.enum(grains).nullable());
const keptAverage = new StoredState('1', 'metric average', z.string());
const keptCompare = new StoredState<Compare>(
  { mode: 'off', range: null },
  'metric comparison',
  z.object({ mode: z.enum(compareModes), range: timeRangeSchema.nullable() }),
);

/** The settings of a chart over time that the user has made, as far as they have. */
function useSettings(metric: string) {
  const owner = useWorkspaceOwner(metric);
  const [wantedShape, setShape] = useKept(keptShape, owner);
  const [wantedMeasure, setMeasure] = useKept(keptMeasure, owner);
  const [wantedGrain, setGrain] = useKept(keptGrain, owner);
  const [average, setAverage] = useKept(keptAverage, owner);
  const [zoom, setZoom] = useKept(keptZoom, owner);
  const [compare, setCompare] = useKept(keptCompare, owner);
  return { wantedShape, setShape, wantedMeasure, setMeasure, wantedGrain, setGrain, average, setAverage, zoom, setZoom, compare, setCompare }; // prettier-ignore
}

type Settings = ReturnType<typeof useSettings>;

/** The points of a chart over time, at the grain that was chosen, or that fits. */
function usePoints(data: TableData, choice: TimeChoice, metric: string, width: number, settings: Settings) {
  const { wantedShape, wantedMeasure, wantedGrain, average } = settings;
  const shape = wantedShape ?? (choice.kind === 'funnel' ? 'funnel' : 'lines');
  const measure = wantedMeasure ?? measureNamedBy(metric, data, choice.kind === 'stacked' ? [] : choice.measures);
  const asFunnel = choice.kind === 'funnel' && shape === 'funnel';
  const main = useMemo(() => seriesOfChoice(data, choice, measure), [data, choice, measure]);
  const source = useMemo(
    () => (choice.kind === 'funnel' && asFunnel ? linesOf(data, choice.time, choice.steps) : main.series),
    [data, choice, asFunnel, main],
  );
  const shown = useAtGrain(source, { merge: main.merge, width, wanted: wantedGrain });
  const { offered, own, grain, merged, ownPartial, partial } = shown;
  const leftOut = useStarts(partial);
  const series = useMemo(
    () => smooth(shown.series, asFunnel ? 1 : Number(average), leftOut),
    [shown.series, asFunnel, average, leftOut],
  );
  return {
    asFunnel,
    shape,
    measure,
    grains: offered,
    grain,
    /** The metric's own grain. */
    own,
    series,
    /** The column of a stack's parts; null for lines. */
    category: main.category,
    partial,
    /** Partial periods of the metric's own grain, and of the one on show: averages leave them out. */
    ownPartial,
    leftOut,
    /** How finer periods were merged; null if they were not. */
    mergeNote: merged
      ? `${mergeNote(series, main.merge)} per ${grain}${own === 'week' ? ' (of the weeks that start in it)' : ''}`
      : null,
  };
}

/**
 * The user's settings of a chart over time, and the resulting points.
 * @param metric its name, which decides the initial measure
 * @param width of the chart in pixels, which decides the initial grain; 0 if unknown
 */
export function useTimeView(data: TableData, choice: TimeChoice, metric: string, width: number) {
  const settings = useSettings(metric);
  const { setShape, setMeasure, setGrain, average, setAverage, zoom, setZoom, compare, setCompare } = settings;
  const drawn = usePoints(data, choice, metric, width, settings);
  const { points } = drawn.series;
  const { grain } = drawn;
  const everything: Span = { first: 0, last: points.length - 1 };
  const span = zoom === null ? everything : clamp(zoomedSpan(points, zoom), everything);
  const zoomTo = (next: Span | null) => setZoom(next && timesOf(points, next));
  const other = comparedSpan(points, span, { ...compare, grain });
  return {
    ...drawn,
    setShape,
    setMeasure,
    setGrain,
    average,
    setAverage,
    span,
    /** The zoomed time range; null for everything. */
    range: zoom === null ? null : timesOf(points, span),
    zoomTo,
    compare,
    compareWith: (mode: CompareMode) => {
      const start = startOfComparison(points, span, mode, grain);
      if (start.zoom) setZoom(mode === 'before' ? 'later half' : timesOf(points, start.zoom));
      if (mode === 'off' && zoom === 'later half') setZoom(null);
      setCompare({ mode, range: start.other && timesOf(points, start.other) });
    },
    /** Two ranges of the user's: zooms to the first, and compares it with the second. */
    compareRanges: (first: Span, second: Span) => {
      zoomTo(first);
      setCompare({ mode: 'range', range: timesOf(points, second) });
    },
    setOther: (next: Span) => setCompare({ mode: 'range', range: timesOf(points, next) }),
    /** The compared range; null for none. */
    other,
    /** For each visible point its counterpart in the compared range; null for none. */
    before: other && counterparts(points, span, other, grain),
  };
}

export type TimeView = ReturnType<typeof useTimeView>;

function zoomedSpan(points: readonly ChartPoint[], zoom: TimeRange | 'later half'): Span {
  if (zoom !== 'later half') return spanOf(points, zoom);
  return { first: Math.ceil(points.length / 2), last: points.length - 1 };
}

const periodsOfYear: Record<Grain, number> = { day: 364, week: 52, month: 12 };

/** Where a comparison starts: the range to zoom to, if the visible one has nothing before it, and the other range. */
function startOfComparison(points: readonly ChartPoint[], span: Span, mode: CompareMode, grain: Grain | null) {
  const before = mode === 'year' ? 'year' : 'before';
  const enough = mode === 'off' || comparedSpan(points, span, { mode: before, grain, range: null }) !== null;
  const zoom = enough ? null : mode === 'year' ? lastYear(points, grain) : zoomedSpan(points, 'later half');
  return { zoom, other: mode === 'range' ? spanBefore(zoom ?? span) : null };
}

/** The last year of a series, or the part that has a year before it. */
function lastYear(points: readonly ChartPoint[], grain: Grain | null): Span {
  const last = points.length - 1;
  const year = grain === null ? points.length : periodsOfYear[grain];
  return { first: Math.max(0, Math.min(last, Math.max(year, points.length - year))), last };
}

function mergeNote({ names }: TimeSeries, merge: (name: string) => Merge): string {
  const kinds = new Set(names.map(merge));
  return kinds.size > 1 ? 'amounts summed, other values averaged' : kinds.has('sum') ? 'summed' : 'averaged';
}

function clamp({ first, last }: Span, within: Span): Span {
  const end = Math.min(last, within.last);
  return { first: Math.max(0, Math.min(first, end - 1)), last: end };
}
