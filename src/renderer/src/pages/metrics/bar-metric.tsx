import { CalendarDays, TableProperties } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { MetricFilter } from '../../../../contract/metric-filter';
import type { Partition } from '../../../../contract/partitions';
import { BarChart } from '../../charts/bar-chart';
import type { ChartChoice } from '../../charts/chart-choice';
import { numbersOf, type TableData } from '../../charts/data/table-data';
import { changeShare, regrain, type TimeRange } from '../../charts/data/transform';
import { PointPopover, type PointAction } from '../../charts/point-popover';
import { useWidth } from '../../charts/use-width';
import { useFilteredMetric, useModels, usePartitions } from '../../client/queries';
import { Select } from '../../components/forms/select';
import { useShowRows } from '../../console/use-show-rows';
import { columnTitle, modelTitle } from '../../format/model-title';
import { noRows } from '../../metrics/nothing-to-draw';
import { filterConditions, markCondition, rowsBehindSql, sourceOf } from '../../metrics/rows-behind';
import { isFiltered, useTable } from '../../metrics/use-metric-data';
import { goTo } from '../../navigation/route';
import { comparedNamesSql } from './compare-sql';
import { CompareSelect, RangeRows, useComparedRanges } from './compared-ranges';
import { ChartRegion } from './chart-region';
import { MetricPanes } from './metric-panes';
import { canPick } from './on-mark';
import type { PlainMetricProps } from './plain-metric-props';
import { useFormats } from '../../format/use-formats';

const mostBars = 200;

type BarChoice = Extract<ChartChoice, { kind: 'bar' }>;
interface PickedBar {
  readonly row: number;
  readonly at: { readonly x: number; readonly y: number };
}

/** Bars by name; those of teams and the like can be compared between two ranges of days. */
export function BarMetric(props: PlainMetricProps<BarChoice>) {
  const formats = useFormats();
  const { metric, found, data, choice, filter, figure } = props;
  const { element, width } = useWidth();
  const [measure, setMeasure] = useState(0);
  const [picked, setPicked] = useState<PickedBar | null>(null);
  const value = choice.values[measure] ?? choice.values[0] ?? 0;
  const nameOf = (column: number) => data.columns[column]?.name ?? '';
  const comparison = useComparison(props, nameOf(choice.label), nameOf(value));
  const { ranges, weeks, table, why } = comparison;
  // A compared result has the name, A, B and their difference.
  const shown =
    comparison.on && table.data
      ? { data: table.data, label: 0, value: 1, other: 2 }
      : { data, label: choice.label, value, other: null };
  const rows = Array.from({ length: Math.min(shown.data.rows, mostBars) }, (_, row) => row);
  const prefix = nameOf(choice.label).replace(/_id$/, '');
  const barName = (row: number) => `${prefix} ${shown.data.text(row, shown.label) ?? 'NULL'}`;
  return (
    <MetricPanes
      metric={metric}
      figure={figure}
      table={comparison.on ? table.state : found.state}
      tableNote={comparison.on ? 'A and B: the two ranges' : null}
      empty={noRows(isFiltered(filter))}
      markedRow={picked?.row ?? null}
      chart={
        <div className="flex min-h-0 flex-1 flex-col gap-3 px-4 pt-2 pb-3">
          <div className="flex flex-wrap items-center gap-3 text-small text-ink-soft">
            <MeasureSelect names={choice.values.map(nameOf)} measure={measure} onChange={setMeasure} />
            <CompareSelect ranges={ranges} disabled={weeks.length < 3} />
            {why !== null && <span>{why}</span>}
            {shown.data.rows > mostBars && (
              <span>{`The first ${mostBars} of ${formats.amount(shown.data.rows, 'row')}`}</span>
            )}
          </div>
          <RangeRows ranges={ranges} points={weeks} />
          <ChartRegion metric={metric} element={element} width={width}>
            <BarChart
              label={modelTitle(metric)}
              measure={nameOf(value)}
              width={width}
              bars={rows.map((row) => ({
                name: barName(row),
                values: [shown.data.number(row, shown.value)],
                compared: shown.other === null ? null : shown.data.number(row, shown.other),
              }))}
              onPick={(index, at) => setPicked({ row: rows[index] ?? 0, at })}
            />
          </ChartRegion>
          {picked && (
            <BarPoint
              {...props}
              shown={shown}
              title={barName(picked.row)}
              measure={nameOf(value)}
              picked={picked}
              onClose={() => setPicked(null)}
            />
          )}
        </div>
      }
    />
  );
}

function MeasureSelect({
  names,
  measure,
  onChange,
}: {
  names: readonly string[];
  measure: number;
  onChange: (measure: number) => void;
}) {
  if (names.length < 2) return null;
  const options = names.map((name, index) => ({ value: String(index), title: columnTitle(name) }));
  return (
    <Select label="Show" value={String(measure)} options={options} onChange={(index) => onChange(Number(index))} />
  );
}

interface BarPointProps extends PlainMetricProps<BarChoice> {
  readonly shown: {
    readonly data: TableData;
    readonly label: number;
    readonly value: number;
    readonly other: number | null;
  };
  readonly title: string;
  readonly measure: string;
  readonly picked: PickedBar;
  readonly onClose: () => void;
}

/** A bar: its value, its share, and the rows behind it. */
function BarPoint({ metric, data, choice, filter, pick, shown, title, measure, picked, onClose }: BarPointProps) {
  const formats = useFormats();
  const models = useModels().data ?? [];
  const showRows = useShowRows();
  const column = data.columns[choice.label]?.name ?? '';
  const text = shown.data.text(picked.row, shown.label);
  const source = sourceOf(metric, models);
  const known = models.find(({ name }) => name === source)?.built?.columns.some(({ name }) => name === column) ?? false;
  const conditions = [...filterConditions(filter), ...(known ? [markCondition(column, text)] : [])];
  const filters = canPick(column) && text !== null;
  const [value, other] = [shown.data.number(picked.row, shown.value), shown.other === null ? null : shown.data.number(picked.row, shown.other)]; // prettier-ignore
  const total = numbersOf(shown.data, shown.value).reduce<number>((sum, each) => sum + Math.max(0, each ?? 0), 0);
  const actions: PointAction[] = [
    {
      title: 'Show rows',
      icon: TableProperties,
      run: () => showRows(rowsBehindSql(source, null, conditions), `Rows of ${title}`),
    },
    { title: 'Open the days', icon: CalendarDays, run: () => goTo('partitions') },
  ];
  return (
    <PointPopover
      at={picked.at}
      title={title}
      notes={value === null || total === 0 ? [] : [`${formats.percent(value / total)} of the bars together`]}
      values={[
        {
          name: measure,
          colour: null,
          value,
          change: value === null || other === null ? null : changeShare(value, other),
          onFilter: filters ? () => pick(column, text) : null,
          picked: false,
        },
      ]}
      against={shown.other === null ? null : 'Against range B'}
      actions={actions}
      onClose={onClose}
    />
  );
}

/** The metric over two ranges of days, beside each other; off where the metric can't be computed over fewer days. */
function useComparison({ metric, filter }: PlainMetricProps<BarChoice>, label: string, value: string) {
  const partitions = usePartitions().data;
  const weeks = useMemo(() => weeksOf(partitions ?? []), [partitions]);
  const ranges = useComparedRanges(metric.name, weeks, 'week');
  const { times } = ranges;
  const within = (range: TimeRange | null): MetricFilter => ({ ...filter, ...(range && { days: daysOf(range) }) });
  const a = useFilteredMetric(metric.name, within(times?.a ?? null), times !== null).data;
  const b = useFilteredMetric(metric.name, within(times?.b ?? null), times !== null).data;
  const sql = times && a?.applies && b?.applies ? comparedNamesSql(a.sql, b.sql, label, value) : null;
  const table = useTable(sql);
  const why = times && a?.applies === false ? `${a.reason} It can’t be compared.` : null;
  return { ranges, weeks, table, on: sql !== null, why };
}

/** Weeks with events, and how many. */
function weeksOf(partitions: readonly Partition[]) {
  const points = partitions.flatMap(({ date, files, rows }) => (files > 0 ? [{ time: Date.parse(date), values: [rows] }] : [])); // prettier-ignore
  return regrain({ names: ['rows'], points: points.toSorted((x, y) => x.time - y.time) }, 'week', () => 'sum').points;
}

/** The days of whole weeks. */
function daysOf({ from, to }: TimeRange) {
  const day = (time: number) => new Date(time).toISOString().slice(0, 10);
  return { first: day(from), last: Number.isFinite(to) ? day(to) : '9999-12-31' };
}
