import { CalendarDays, TableProperties } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { MetricFilter } from '../../../../contract/metric-filter';
import type { Partition } from '../../../../contract/partitions';
import { BarChart } from '../../charts/bar-chart';
import type { ChartChoice } from '../../charts/chart-choice';
import { numbersOf, type TableData } from '../../charts/data/table-data';
import { regrain, type TimeRange } from '../../charts/data/transform';
import { PointPopover, type PointAction } from '../../charts/point-popover';
import type { OtherPlace } from '../../charts/point-values';
import { useWidth } from '../../charts/use-width';
import { useFilteredMetric, useModels, usePartitions } from '../../client/queries';
import { Select } from '../../components/forms/select';
import { useShowRowsBehind } from '../../metrics/use-show-rows-behind';
import { columnTitle, modelTitle } from '../../format/model-title';
import { noRows } from '../../metrics/nothing-to-draw';
import { columnNamesOf, filterConditions, markCondition, sourceOf } from '../../metrics/rows-behind';
import { isFiltered, useTable } from '../../metrics/use-metric-data';
import { goTo } from '../../navigation/route';
import { comparedNamesSql } from './compare-sql';
import { CompareSelect, compareAction, RangeRows, useComparedRanges } from './compared-ranges';
import { ChartRegion } from './chart-region';
import { MetricPanes } from './metric-panes';
import { canPick } from './on-mark';
import { decimalsOf } from './table-sql';
import type { PlainMetricProps } from './plain-metric-props';
import { useFormats } from '../../format/use-formats';

const mostBars = 200;

type BarChoice = Extract<ChartChoice, { kind: 'bar' }>;
interface PickedBar {
  /** Its name in the data: rows move when two ranges are compared. */
  readonly name: string | null;
  readonly row: number;
  readonly at: { readonly x: number; readonly y: number };
}

/** Bars by name; those of teams and the like can be compared between two ranges of days. */
export function BarMetric(props: PlainMetricProps<BarChoice>) {
  const formats = useFormats();
  const { metric, found, data, choice, filter } = props;
  const { element, width } = useWidth();
  const [measure, setMeasure] = useState(0);
  const [picked, setPicked] = useState<PickedBar | null>(null);
  const value = choice.values[measure] ?? choice.values[0] ?? 0;
  const nameOf = (column: number) => data.columns[column]?.name ?? '';
  const comparison = useComparison(props, {
    label: nameOf(choice.label),
    value: nameOf(value),
    decimals: decimalsOf(data, value),
  });
  const { ranges, weeks, table, why } = comparison;
  // A compared result has the name, A, B and their difference.
  const shown: ShownBars =
    comparison.on && table.data
      ? { data: table.data, label: 0, value: 1, other: 2 }
      : { data, label: choice.label, value, other: null };
  const rows = Array.from({ length: Math.min(shown.data.rows, mostBars) }, (_, row) => row);
  const prefix = nameOf(choice.label).replace(/_id$/, '');
  const barName = (row: number) => `${prefix} ${shown.data.text(row, shown.label) ?? 'NULL'}`;
  const pickedRow = picked && rowOf(picked, shown, rows);
  return (
    <MetricPanes
      {...props}
      table={comparison.on ? table : found}
      tableNote={comparison.on ? 'A and B: the two ranges' : null}
      empty={noRows(isFiltered(filter))}
      markedRow={pickedRow}
      chart={
        <div className="flex min-h-0 flex-1 flex-col gap-3 px-4 pt-2 pb-3">
          <div className="flex flex-wrap items-center gap-3 text-small text-ink-soft">
            <MeasureSelect names={choice.values.map(nameOf)} measure={measure} onChange={setMeasure} />
            <CompareSelect ranges={ranges} points={weeks.length} things="weeks" />
            {comparison.on && <span>Bars show range A, upright lines range B</span>}
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
              onPick={(row, at) => setPicked({ name: shown.data.text(row, shown.label), row, at })}
            />
          </ChartRegion>
          {picked && pickedRow !== null && (
            <BarPoint
              {...props}
              shown={shown}
              row={pickedRow}
              at={picked.at}
              barName={barName}
              measure={nameOf(value)}
              problem={why}
              compare={compareAction(ranges, weeks.length, 'weeks')}
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

/** The columns of the bars on show. */
interface ShownBars {
  readonly data: TableData;
  readonly label: number;
  readonly value: number;
  /** The value in the other range; null without a comparison. */
  readonly other: number | null;
}

/** The row of a bar: the one that was clicked, or in another table the one of that name; null if it has none. */
function rowOf({ name, row }: PickedBar, { data, label }: ShownBars, rows: readonly number[]): number | null {
  if (data.text(row, label) === name && row < rows.length) return row;
  return rows.find((each) => data.text(each, label) === name) ?? null;
}

interface BarPointProps extends PlainMetricProps<BarChoice> {
  readonly shown: ShownBars;
  readonly row: number;
  readonly at: PickedBar['at'];
  readonly barName: (row: number) => string;
  readonly measure: string;
  /** Why two ranges can't be compared; null if they can. */
  readonly problem: string | null;
  readonly compare: PointAction;
  readonly onClose: () => void;
}

/** A bar: its value, its share, those of other bars, and the rows behind it. */
function BarPoint(props: BarPointProps) {
  const { metric, data, choice, filter, pick, shown, row, at, barName, measure, problem, compare, onClose } = props;
  const formats = useFormats();
  const models = useModels().data ?? [];
  const showRows = useShowRowsBehind();
  const column = data.columns[choice.label]?.name ?? '';
  const text = shown.data.text(row, shown.label);
  const source = sourceOf(metric, models);
  const known = models.some((model) => model.name === source && columnNamesOf(model).includes(column));
  const conditions = [...filterConditions(filter), ...(known ? [markCondition(column, text)] : [])];
  const filters = canPick(column) && text !== null;
  const values = numbersOf(shown.data, shown.value);
  const value = values[row] ?? null;
  const total = values.reduce<number>((sum, each) => sum + Math.max(0, each ?? 0), 0);
  const share = value === null || total === 0 ? [] : [`${formats.percent(value / total)} of the bars together`];
  const actions: PointAction[] = [
    {
      title: 'Show rows',
      icon: TableProperties,
      run: () => showRows({ source, days: null, conditions }, `Rows of ${barName(row)}`),
    },
    { title: 'Open the days', icon: CalendarDays, run: () => goTo('partitions') },
    compare,
  ];
  return (
    <PointPopover
      at={at}
      title={barName(row)}
      notes={[...share, ...(problem === null ? [] : [problem])]}
      values={[
        { name: measure, colour: null, value, onFilter: filters ? () => pick(column, text) : null, picked: false },
      ]}
      others={otherBars(shown, row, barName)}
      usual={shown.other === null ? null : 0}
      actions={actions}
      onClose={onClose}
    />
  );
}

/** What a bar can be compared with: itself in range B, and the other bars. */
function otherBars({ data, value, other }: ShownBars, row: number, barName: (row: number) => string): OtherPlace[] {
  const rows = Array.from({ length: Math.min(data.rows, mostBars) }, (_, each) => each);
  return [
    ...(other === null ? [] : [{ title: 'range B', values: [data.number(row, other)] }]),
    ...rows.flatMap((each) => (each === row ? [] : [{ title: barName(each), values: [data.number(each, value)] }])),
  ];
}

/** The metric over two ranges of days, beside each other; off where the metric can't be computed over fewer days. */
function useComparison(
  { metric, filter }: PlainMetricProps<BarChoice>,
  columns: Parameters<typeof comparedNamesSql>[2],
) {
  const partitions = usePartitions().data;
  const weeks = useMemo(() => weeksOf(partitions ?? []), [partitions]);
  const ranges = useComparedRanges(metric.name, weeks, 'week');
  const { times } = ranges;
  const within = (range: TimeRange | null): MetricFilter => ({ ...filter, ...(range && { days: daysOf(range) }) });
  const a = useFilteredMetric(metric.name, within(times?.a ?? null), times !== null).data;
  const b = useFilteredMetric(metric.name, within(times?.b ?? null), times !== null).data;
  const sql = times && a?.applies && b?.applies ? comparedNamesSql(a.sql, b.sql, columns) : null;
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
