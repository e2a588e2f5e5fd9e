import { CalendarDays, Filter, TableProperties } from 'lucide-react';
import type { Chart, ChartData, ResultFilter } from '../../../../contract/result-work';
import { seriesColour } from '../../charts/data/colours';
import { changeShare } from '../../charts/data/transform';
import { PointPopover, type PointAction } from '../../charts/point-popover';
import { goTo } from '../../navigation/route';
import type { ChosenPlace } from './chart-drawing-props';
import { toPoints } from './chart-points';
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
  const [point, before] = [points[index], points[index - 1]];
  if (!point) return null;
  // The bar beside another is no period before it.
  const ordered = data.axis !== 'category' && chart.kind !== 'scatter';
  const filters = placeFilters(chart, data, place.x);
  const title = placeText(data, place.x);
  const days = data.axis === 'time' ? daysOf(filters) : null;
  const actions: PointAction[] = [
    ...(filters === null
      ? []
      : [
          { title: 'Show rows', icon: TableProperties, run: () => onFilter(filters, 'rows') },
          { title: `Filter by ${title}`, icon: Filter, run: () => onFilter(filters, 'chart') },
        ]),
    ...(days === null ? [] : [{ title: 'Open the days', icon: CalendarDays, run: () => goTo('partitions', days) }]),
  ];
  return (
    <PointPopover
      at={place.at}
      title={title}
      notes={[]}
      values={data.series.flatMap(({ name }, series) => {
        const [value, then] = [point[`s${series}`] ?? null, ordered ? (before?.[`s${series}`] ?? null) : null];
        const filter = seriesFilter(chart, name);
        if (value === null && data.series.length > 1) return [];
        return {
          name,
          colour: seriesColour(series),
          value,
          change: value === null || then === null ? null : changeShare(value, then),
          onFilter: filter && (() => onFilter([filter], 'chart')),
          picked: false,
        };
      })}
      against={ordered && before ? `Against ${placeText(data, before.x)}` : null}
      actions={actions}
      onClose={onClose}
    />
  );
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
