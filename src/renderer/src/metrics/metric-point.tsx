import { CalendarDays, ChartArea, GitCompareArrows, TableProperties, TriangleAlert } from 'lucide-react';
import type { MetricFilter } from '../../../contract/metric-filter';
import type { Model } from '../../../contract/warehouse';
import { mostSeries, otherName, seriesColour } from '../charts/data/colours';
import { glyphs, type Annotation } from '../charts/data/annotations';
import { periodsBetween, spanYearAgo } from '../charts/data/comparison';
import type { ChartPoint, TimeSeries } from '../charts/data/series';
import { changeShare, type Grain, type PartialPeriod } from '../charts/data/transform';
import { PointPopover, type PointAction, type PointValue } from '../charts/point-popover';
import type { PickedPoint } from '../charts/use-picking';
import { useModels } from '../client/queries';
import { useShowRows } from '../console/use-show-rows';
import { goTo } from '../navigation/route';
import { daysOfPeriod, filterConditions, markCondition, rowsBehindSql, sourceOf, type PeriodDays } from './rows-behind';
import type { Formats } from '../format/formats';
import { useFormats } from '../format/use-formats';
import { columnTitle } from '../format/model-title';

export interface MetricPointProps {
  readonly metric: Model;
  readonly series: TimeSeries;
  readonly grain: Grain | null;
  /** The metric's own grain. */
  readonly own: Grain | null;
  readonly partial: readonly PartialPeriod[];
  readonly annotations: readonly Annotation[];
  readonly filter: MetricFilter;
  readonly picked: PickedPoint;
  /** The column of a stack's parts; null for lines. */
  readonly category: string | null;
  /** Filters by a part of the stack; null if it can't be filtered by. */
  readonly onFilter: ((name: string) => void) | null;
  /** Compares the periods up to this one with others; null where the page can't. */
  readonly onCompare: (() => void) | null;
  /** Opens the metric's page; null on that page. */
  readonly onOpen: (() => void) | null;
  readonly onClose: () => void;
}

/** A point of a metric over time: its values, their changes, and the rows and days behind it. */
export function MetricPoint(props: MetricPointProps) {
  const formats = useFormats();
  const { series, grain, own, partial, annotations, picked, category, onFilter, onClose } = props;
  const index = series.points.findIndex(({ time }) => time === picked.x);
  const point = series.points[index];
  const days = daysOfPeriod(picked.x, grain, own);
  const actions = useActions(props, days);
  if (!point) return null;
  const before = neighbour(series.points, index, grain);
  const part = partial.find(({ start }) => start === point.time);
  const notesHere = annotations.filter(({ time }) => time === point.time);
  const values = series.names.map((name, at): PointValue => {
    const [value, then] = [point.values[at] ?? null, before?.values[at] ?? null];
    return {
      name,
      colour: seriesColour(name === otherName ? mostSeries : at),
      value,
      change: value === null || then === null ? null : changeShare(value, then),
      onFilter: category === null || onFilter === null || name === otherName ? null : () => onFilter(name),
      picked: picked.series === at,
    };
  });
  return (
    <PointPopover
      at={picked.at}
      title={titleOf(point.time, days, grain, formats)}
      notes={[
        ...(part ? [`Partial: ${part.days} of ${part.of} days`] : []),
        ...notesHere.map(({ kind, text }) => `${glyphs[kind]} ${text}`),
      ]}
      values={values}
      against={againstText(series, index, before, grain, formats)}
      actions={actions}
      onClose={onClose}
    />
  );
}

/** The period before a point, unless it is missing. */
function neighbour(points: readonly ChartPoint[], index: number, grain: Grain | null): ChartPoint | null {
  const [before, now] = [points[index - 1], points[index]];
  if (!before || !now) return null;
  const apart = periodsBetween(before.time, now.time, grain);
  return apart === null || apart === 1 ? before : null;
}

function titleOf(time: number, { first, last }: PeriodDays, grain: Grain | null, formats: Formats): string {
  if (grain === 'month') return formats.monthUtc(time);
  return grain === 'week' ? formats.dates(`${first} to ${last}`) : formats.dayUtc(time);
}

/** The values that changes are measured against; for a single line also the one of a year ago. */
function againstText(
  { names, points }: TimeSeries,
  index: number,
  before: ChartPoint | null,
  grain: Grain | null,
  formats: Formats,
): string | null {
  const unit = grain ?? 'point';
  const first = before ? `Against the ${unit} before, ${formats.dayUtc(before.time)}` : `No ${unit} before it`;
  const yearAgo = spanYearAgo(points, { first: index, last: index }, grain);
  const [now, then] = [points[index]?.values[0] ?? null, yearAgo && (points[yearAgo.first]?.values[0] ?? null)];
  const change = names.length === 1 && now !== null && then !== null ? changeShare(now, then) : null;
  if (change === null) return first;
  return `${first} · ${formats.percent(Math.abs(change))} ${change < 0 ? 'below' : 'above'} a year ago`;
}

function useActions(props: MetricPointProps, days: PeriodDays): PointAction[] {
  const formats = useFormats();
  const { metric, series, picked, category, filter, annotations, onCompare, onOpen } = props;
  const models = useModels().data ?? [];
  const showRows = useShowRows();
  const name = picked.series === null || category === null ? null : (series.names[picked.series] ?? null);
  const ofSeries = category !== null && name !== null && name !== otherName ? [markCondition(category, name)] : [];
  const conditions = [...filterConditions(filter), ...ofSeries];
  const source = sourceOf(metric, models);
  const show = (of: PeriodDays) =>
    showRows(rowsBehindSql(source, of, conditions), `Rows of ${formats.dates(of.first)}`);
  const span = days.first === days.last ? days.first : `${days.first}..${days.last}`;
  const factDays = annotations.filter(
    ({ time, date }) => time === picked.x && date !== null && days.first !== days.last,
  );
  return [
    ...factDays.map(({ date, label }) => ({
      title: `Show rows of ${formats.dates(date ?? '')} (${label})`,
      icon: TriangleAlert,
      run: () => show({ first: date ?? '', last: date ?? '' }),
    })),
    {
      title: ofSeries.length > 0 ? `Show rows of ${columnTitle(name ?? '')}` : 'Show rows',
      icon: TableProperties,
      run: () => show(days),
    },
    {
      title: days.first === days.last ? 'Open the day' : 'Open the days',
      icon: CalendarDays,
      run: () => goTo('partitions', span),
    },
    ...(onCompare ? [{ title: 'Compare with…', icon: GitCompareArrows, run: onCompare }] : []),
    ...(onOpen ? [{ title: 'Open the metric', icon: ChartArea, run: onOpen }] : []),
  ];
}
