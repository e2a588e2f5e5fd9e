import { useId } from 'react';
import { Area, CartesianGrid, ComposedChart, DefaultZIndexes, Line, ReferenceArea, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'; // prettier-ignore
import { AnnotationLines, annotationHeight } from './annotation-lines';
import { AxisNames, axisNameHeight } from './axis-names';
import { BandLabels } from './band-labels';
import { seriesColour } from './data/colours';
import { marksOf, placeMarks, type Annotation } from './data/annotations';
import { gapsOf, type ChartPoint, type TimeSeries } from './data/series';
import { formatTick, timeTicks } from './data/time-ticks';
import type { PartialPeriod } from './data/transform';
import { extremesOf, valueTicks } from './data/value-ticks';
import { describeSeries } from './describe-series';
import { gapMarks } from './gap-marks';
import { patternFill, patternId, Patterns } from './patterns';
import { PointTooltip, type DrawnPoint } from './point-tooltip';
import { Places } from './places';
import { usePicking, type PickedPoint } from './use-picking';
import { useWidth } from './use-width';
import { columnTitle } from '../format/model-title';
import { useFormats } from '../format/use-formats';

const axisText = { fill: 'var(--ink-faint)', fontSize: 11 };
const usualMargin = { top: 8, right: 16, bottom: 0, left: 0 };
const valueAxisWidth = 48;
const timeAxisHeight = 26;

const timeAxis = {
  dataKey: 'time',
  type: 'number',
  domain: ['dataMin', 'dataMax'],
  tick: axisText,
  tickLine: false,
  axisLine: { stroke: 'var(--line-strong)' },
  tickMargin: 6,
  minTickGap: 16,
  height: timeAxisHeight,
} as const;
const valueAxis = {
  tick: axisText,
  tickLine: false,
  axisLine: false,
  width: valueAxisWidth,
} as const;

export interface TimeSeriesChartProps {
  readonly label: string;
  readonly series: TimeSeries;
  /** Number of date labels that fit below it. */
  readonly mostTicks?: number;
  readonly stacked?: boolean;
  /** Values of the compared period, by index of the series' points. */
  readonly before?: readonly (ChartPoint | null)[] | null;
  readonly partial?: readonly PartialPeriod[];
  readonly annotations?: readonly Annotation[];
  /** Titles of the axes; absent where there is no room for them. */
  readonly axes?: { readonly x: string; readonly y: string };
  /** The start of the period that is marked. */
  readonly marked?: number | null;
  /** Called with the range that the user has selected by dragging. */
  readonly onZoom?: (first: number, last: number) => void;
  /** Called with the point that the user has clicked, or chosen with Enter. */
  readonly onPick?: (point: PickedPoint) => void;
}

/** Lines over time that fill their container. Screen readers get its label and a summary sentence. */
export function TimeSeriesChart(props: TimeSeriesChartProps) {
  const formats = useFormats();
  const {
    label,
    series,
    mostTicks = 14,
    stacked = false,
    before,
    partial = [],
    annotations = [],
    marked = null,
    axes,
  } = props;
  const { names, points } = series;
  const [first, last] = [points.at(0)?.time ?? 0, points.at(-1)?.time ?? 0];
  const drawn = points.map((point, index): DrawnPoint => ({ ...point, before: before?.[index] ?? null }));
  const { element, width } = useWidth();
  const picking = usePicking({ element, onPick: props.onPick, onZoom: props.onZoom });
  const id = patternId(useId());
  const room = Math.max(0, width - valueAxisWidth - usualMargin.right);
  const marks = placeMarks(marksOf(annotations), (time) => ((time - first) / Math.max(1, last - first)) * room, room);
  const above = annotationHeight(marks);
  const named = axes ? axisNameHeight : 0;
  const margin = { ...usualMargin, top: usualMargin.top + above + named, bottom: named };
  return (
    <figure aria-label={label} className="flex h-full min-h-0 flex-col">
      <figcaption className="sr-only">{describeSeries(series, partial, annotations, formats)}</figcaption>
      <div
        ref={element}
        onKeyDown={picking.onKeyDown}
        className={`min-h-0 flex-1 ${props.onPick ? 'cursor-pointer' : ''}`}
      >
        <ResponsiveContainer width="100%" height="100%" debounce={60}>
          <ComposedChart data={drawn} margin={margin} title={label} {...picking.chart}>
            <Patterns id={id} />
            <Places report={picking.reportPlaces} />
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              {...timeAxis}
              ticks={timeTicks(first, last, mostTicks)}
              tickFormatter={(time: number) => formatTick(time, formats)}
            />
            <YAxis {...valueAxis} tickFormatter={formats.compact} {...valueScale(points, before ?? [], stacked)} />
            <Tooltip
              cursor={{ stroke: 'var(--line-strong)' }}
              isAnimationActive={false}
              content={
                <PointTooltip
                  names={names}
                  partial={partial}
                  annotations={annotations}
                  report={picking.report}
                  hidden={marked !== null}
                  leadsOn={props.onPick !== undefined}
                />
              }
            />
            {seriesShapes({ names, points, stacked, partial, onShape: picking.pickSeries })}
            {before && beforeLines(names)}
            {gapMarks(gapsOf(points), id)}
            {stacked && partial.map((period) => partialMark(period, points, id))}
            {stacked && <BandLabels titles={names.map(columnTitle)} points={points} />}
            <AnnotationLines marks={marks} />
            {axes && <AxisNames {...axes} above={above} below={timeAxisHeight + 8} />}
            {marked !== null && <ReferenceLine x={marked} stroke="var(--accent)" strokeWidth={1.5} />}
            {picking.span && (
              <ReferenceArea x1={picking.span.first} x2={picking.span.last} fill="var(--accent)" fillOpacity={0.14} />
            )}
          </ComposedChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}

interface ShapesOptions {
  readonly names: readonly string[];
  readonly points: readonly ChartPoint[];
  readonly stacked: boolean;
  readonly partial: readonly PartialPeriod[];
  /** Called when the shape of a series is pressed, before the chart hears of it. */
  readonly onShape: (index: number) => void;
}

/** Lines, dotted where a period is partial; or a stack. */
function seriesShapes({ names, points, stacked, partial, onShape }: ShapesOptions) {
  const partialStarts = new Set(stacked ? [] : partial.map(({ start }) => start));
  const isPartial = (index: number) => partialStarts.has(points[index]?.time ?? Number.NaN);
  // The segments from a partial point to its neighbours.
  const dotted = new Set(
    points.flatMap(({ time }, index) => ([index - 1, index, index + 1].some(isPartial) ? [time] : [])),
  );
  return names.flatMap((name, index) => [
    <Area
      key={name}
      name={name}
      dataKey={({ time, values }: ChartPoint) => (partialStarts.has(time) ? null : values[index])}
      {...(stacked ? { stackId: 'all', onMouseDown: () => onShape(index) } : {})}
      type="linear"
      stroke={seriesColour(index)}
      strokeWidth={stacked ? 1 : 1.75}
      fill={seriesColour(index)}
      fillOpacity={stacked ? 0.72 : names.length === 1 ? 0.12 : 0}
      dot={points.length === 1 ? { r: 3 } : false}
      activeDot={{ r: 3.5, stroke: 'var(--surface)', strokeWidth: 2 }}
      isAnimationActive={false}
    />,
    ...(dotted.size === 0
      ? []
      : [
          <Line
            key={`${name} partial`}
            dataKey={({ time, values }: ChartPoint) => (dotted.has(time) ? values[index] : null)}
            stroke={seriesColour(index)}
            strokeWidth={1.75}
            strokeDasharray="1 4"
            strokeLinecap="round"
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />,
        ]),
  ]);
}

/** The compared period: thinner and dashed. */
function beforeLines(names: readonly string[]) {
  return names.map((name, index) => (
    <Line
      key={`${name} before`}
      dataKey={(point: DrawnPoint) => point.before?.values[index]}
      stroke={names.length === 1 ? 'var(--ink-soft)' : seriesColour(index)}
      strokeWidth={1.25}
      strokeDasharray="4 3"
      dot={false}
      activeDot={false}
      isAnimationActive={false}
    />
  ));
}

function valueScale(points: readonly ChartPoint[], before: readonly (ChartPoint | null)[], stacked: boolean) {
  const { least, most } = extremesOf([...points, ...before.flatMap((point) => point ?? [])], stacked);
  const ticks = valueTicks(most, least);
  if (!ticks) return { domain: [least < 0 ? 'auto' : 0, 'auto'] as const };
  return { ticks, domain: [0, ticks.at(-1) ?? 0] as const, interval: 0 as const };
}

/** From the partial point to its neighbour: this part of a stack is unreliable. */
function partialMark({ start }: PartialPeriod, points: readonly ChartPoint[], patterns: string) {
  const at = points.findIndex(({ time }) => time === start);
  const [before, after] = [points[at - 1] ?? points[at], points[at + 1] ?? points[at]];
  if (at < 0 || !before || !after || before === after) return null;
  return (
    <ReferenceArea
      key={start}
      x1={before.time}
      x2={after.time}
      fill={patternFill(patterns, 'dots')}
      fillOpacity={1}
      stroke="none"
      zIndex={DefaultZIndexes.line}
      className="pointer-events-none"
    />
  );
}
