import { CalendarDays, Filter, TableProperties } from 'lucide-react';
import type { Chart, ChartData, ResultFilter } from '../../../../contract/result-work';
import { seriesColour } from '../../charts/data/colours';
import { PointPopover, type PointAction } from '../../charts/point-popover';
import type { OtherPlace } from '../../charts/point-values';
import { goTo } from '../../navigation/route';
import type { ChosenPlace } from './chart-drawing-props';
import { toPoints, type Point } from './chart-points';
import { placeText } from './place-text';
import { placeFilters, seriesFilter } from './point-filters';

export interface ChartPointProps {
  readonly chart: Chart;
  readonly data: ChartData;
  readonly place: ChosenPlace;
  readonly onFilter: (filters: readonly ResultFilter[], show: 'chart' | 'rows') => void;
  readonly onClose: () => void;
}

/** A place of a result's chart: its values, their changes, and the rows behind it. */
export function ChartPoint({ chart, data, place, onFilter, onClose }: ChartPointProps) {
  const points = toPoints(data);
  const index = points.findIndex(({ x }) => x === place.x);
  const point = points[index];
  if (!point) return null;
  // The bar beside another is no period before it.
  const ordered = data.axis !== 'category' && chart.kind !== 'scatter';
  const drawn = data.series.map((_, series) => series).filter((series) => data.series.length === 1 || (point[`s${series}`] ?? null) !== null); // prettier-ignore
  const filters = placeFilters(chart, data, place.x);
  const title = placeText(data, place.x);
  const days = data.axis === 'time' ? daysOf(filters) : null;
  const actions: PointAction[] = [
    {
      title: 'Show rows',
      icon: TableProperties,
      run: filters && (() => onFilter(filters, 'rows')),
      whyNot: 'The chart has merged rows of several places here.',
    },
    ...(filters === null ? [] : [{ title: `Filter by ${title}`, icon: Filter, run: () => onFilter(filters, 'chart') }]),
    ...(days === null ? [] : [{ title: 'Open the days', icon: CalendarDays, run: () => goTo('partitions', days) }]),
  ];
  return (
    <PointPopover
      at={place.at}
      title={title}
      notes={[]}
      values={drawn.map((series) => {
        const name = data.series[series]?.name ?? '';
        const filter = seriesFilter(chart, name);
        return {
          name,
          colour: seriesColour(series),
          value: point[`s${series}`] ?? null,
          onFilter: filter && (() => onFilter([filter], 'chart')),
          picked: false,
        };
      })}
      others={otherPlaces(data, points, index, drawn)}
      usual={ordered && index > 0 ? 0 : null}
      actions={actions}
      onClose={onClose}
    />
  );
}

/** The other places of a chart: the one before first, then those after it, then the rest. */
function otherPlaces(data: ChartData, points: readonly Point[], index: number, drawn: readonly number[]): OtherPlace[] {
  const inOrder = [...points.slice(0, index).toReversed().slice(0, 1), ...points.slice(index + 1), ...points.slice(0, Math.max(0, index - 1))]; // prettier-ignore
  return inOrder.map((point) => ({
    title: placeText(data, point.x),
    values: drawn.map((series) => point[`s${series}`] ?? null),
  }));
}

/** The address of the days of a filter in time; null if it has none. */
function daysOf(filters: readonly ResultFilter[] | null): string | null {
  const [from, to] = filters ?? [];
  const first = /^\d{4}-\d\d-\d\d/.exec(from?.value ?? '')?.[0];
  if (first === undefined) return null;
  if (!to) return first;
  const last = new Date(Date.parse(to.value.slice(0, 10)) - 86_400_000).toISOString().slice(0, 10);
  return last === first ? first : `${first}..${last}`;
}
