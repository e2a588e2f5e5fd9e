import { CalendarDays, ChartArea, TableProperties, TriangleAlert } from 'lucide-react';
import type { MetricFilter } from '../../../contract/metric-filter';
import type { Model } from '../../../contract/warehouse';
import { mostSeries, otherName, seriesColour } from '../charts/data/colours';
import { glyphs, type Annotation } from '../charts/data/annotations';
import type { TimeSeries } from '../charts/data/series';
import type { Grain, PartialPeriod } from '../charts/data/transform';
import { PointPopover, type PointAction } from '../charts/point-popover';
import type { PointValue } from '../charts/point-values';
import type { PickedPoint } from '../charts/use-picking';
import { useModels } from '../client/queries';
import { goTo } from '../navigation/route';
import { otherPeriods } from './other-periods';
import { daysOfPeriod, filterConditions, markCondition, sourceOf, type PeriodDays } from './rows-behind';
import { useShowRowsBehind } from './use-show-rows-behind';
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
  readonly compare: PointAction | null;
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
  const part = partial.find(({ start }) => start === point.time);
  const notesHere = annotations.filter(({ time }) => time === point.time);
  const values = series.names.map((name, at): PointValue => {
    return {
      name,
      colour: seriesColour(name === otherName ? mostSeries : at),
      value: point.values[at] ?? null,
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
      {...otherPeriods(series.points, index, grain, formats)}
      actions={actions}
      onClose={onClose}
    />
  );
}

function titleOf(time: number, { first, last }: PeriodDays, grain: Grain | null, formats: Formats): string {
  if (grain === 'month') return formats.monthUtc(time);
  return grain === 'week' ? formats.dates(`${first} to ${last}`) : formats.dayUtc(time);
}

function useActions(props: MetricPointProps, days: PeriodDays): PointAction[] {
  const formats = useFormats();
  const { metric, series, picked, category, filter, annotations, compare, onOpen } = props;
  const models = useModels().data ?? [];
  const showRows = useShowRowsBehind();
  const name = picked.series === null || category === null ? null : (series.names[picked.series] ?? null);
  const ofSeries = category !== null && name !== null && name !== otherName ? [markCondition(category, name)] : [];
  const conditions = [...filterConditions(filter), ...ofSeries];
  const source = sourceOf(metric, models);
  const show = (of: PeriodDays) => showRows({ source, days: of, conditions }, `Rows of ${formats.dates(of.first)}`);
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
    ...(compare ? [compare] : []),
    ...(onOpen ? [{ title: 'Open the metric', icon: ChartArea, run: onOpen }] : []),
  ];
}
