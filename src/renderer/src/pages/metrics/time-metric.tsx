import { useMemo, useState, type RefObject } from 'react';
import type { MetricFilter } from '../../../../contract/metric-filter';
import type { Model } from '../../../../contract/warehouse';
import { kindOf } from '../../../../contract/column-type';
import type { TableData } from '../../charts/data/table-data';
import { mergeOf, timesOf } from '../../charts/data/transform';
import type { PickedPoint } from '../../charts/use-picking';
import { useWidth } from '../../charts/use-width';
import type { TimeChoice } from '../../metrics/metric-series';
import { noRows } from '../../metrics/nothing-to-draw';
import { isFiltered, useTable, type MetricData } from '../../metrics/use-metric-data';
import { MetricPanes } from './metric-panes';
import type { OnMark } from './on-mark';
import { comparisonSql, decimalsOf, tableSql, type TableRequest } from './table-sql';
import { TimeChart } from './time-chart';
import { useTimeView, type TimeView } from './time-view';

export interface TimeMetricProps {
  readonly metric: Model;
  readonly found: MetricData;
  readonly data: TableData;
  readonly choice: TimeChoice;
  readonly filter: MetricFilter;
  readonly figure: RefObject<HTMLDivElement | null>;
  /** Container of the export buttons. */
  readonly exports: HTMLElement | null;
  readonly pick: OnMark;
}

/** A metric over time and its rows, which follow the chart: its grain, its range, its comparison. */
export function TimeMetric(props: TimeMetricProps) {
  const { metric, found, data, choice, filter, figure, exports, pick } = props;
  const { element, width } = useWidth();
  const view = useTimeView(data, choice, metric.name, width);
  const [point, setPoint] = useState<PickedPoint | null>(null);
  const derived = useDerivedSql(found.sql, data, choice, view);
  const table = useTable(derived?.sql ?? null);
  const rows = derived ? table.data : data;
  const shape = point?.series ?? null;
  const part = shape === null || view.category === null ? null : (view.series.names[shape] ?? null);
  const markedRow = useMemo(() => {
    if (!point || !rows || view.compare.mode !== 'off') return null;
    const [time, category] = derived ? [0, 1] : [choice.time, choice.kind === 'stacked' ? choice.category : 1];
    const ofPoint = Array.from({ length: rows.rows }, (_, row) => row).filter(
      (row) => rows.number(row, time) === point.x,
    );
    return ofPoint.find((row) => part !== null && rows.text(row, category) === part) ?? ofPoint[0] ?? null;
  }, [point, rows, derived, choice, part, view.compare.mode]);
  return (
    <MetricPanes
      metric={metric}
      figure={figure}
      exports={exports}
      chart={
        <div ref={element} className="flex min-h-0 flex-1 flex-col">
          <TimeChart
            metric={metric}
            data={data}
            choice={choice}
            view={view}
            filter={filter}
            pick={pick}
            point={point}
            onPoint={setPoint}
          />
        </div>
      }
      table={derived ? table : found}
      tableNote={derived?.note ?? null}
      empty={noRows(isFiltered(filter))}
      markedRow={markedRow}
    />
  );
}

/** The SQL of the rows as the chart shows them; null where it shows the metric's own rows. */
function useDerivedSql(sql: string | null, data: TableData, choice: TimeChoice, view: TimeView) {
  const { grain, own, range, compare, other, span, series, category, ownPartial, leftOut, asFunnel, measure } = view;
  return useMemo(() => {
    const merged = grain !== null && grain !== own;
    const comparing = compare.mode !== 'off' && other !== null;
    if (sql === null || (!merged && range === null && !comparing)) return null;
    const nameOf = (column: number) => data.columns[column]?.name ?? '';
    const valueColumns =
      choice.kind === 'stacked'
        ? [choice.value]
        : comparing
          ? asFunnel && choice.kind === 'funnel'
            ? choice.steps
            : (choice.measures[measure] ?? [])
          : data.columns.flatMap(({ type }, column) => (kindOf(type) === 'number' ? [column] : []));
    const request: TableRequest = {
      sql,
      time: nameOf(choice.time),
      category,
      values: valueColumns.map((column) => ({
        name: nameOf(column),
        merge: mergeOf(nameOf(column)),
        ...decimalsOf(data, column),
      })),
      grain: merged ? grain : null,
      unit: grain,
      range,
      ownPartial,
      partial: leftOut,
    };
    if (!comparing) return { sql: tableSql(request), note: range === null ? `by ${grain}` : 'in the visible range' };
    const [a, b] = [timesOf(series.points, span), timesOf(series.points, other)];
    return { sql: comparisonSql(request, a, b), note: 'A: the visible range, B: the compared one' };
  }, [
    sql,
    data,
    choice,
    grain,
    own,
    range,
    compare,
    other,
    span,
    series,
    category,
    ownPartial,
    leftOut,
    asFunnel,
    measure,
  ]);
}
