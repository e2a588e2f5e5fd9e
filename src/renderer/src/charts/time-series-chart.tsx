import { useState } from 'react';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { Formats } from '../format/formats';
import { useFormats } from '../format/use-formats';
import { seriesColour } from './colours';
import { PointTooltip, type DrawnPoint } from './point-tooltip';
import { cadenceOf, gapsOf, summarise, type ChartPoint, type TimeSeries } from './data/series';
import { formatTick, timeTicks } from './data/time-ticks';
import { gapMarks } from './gap-marks';
import { gapNotes } from './gap-notes';
import type { Annotation, PartialPeriod } from './data/transform';
import { extremesOf, valueTicks } from './data/value-ticks';
import { columnTitle } from '../format/model-title';

const axisText = { fill: 'var(--ink-faint)', fontSize: 11 };
const usualMargin = { top: 8, right: 16, bottom: 0, left: 0 };

const timeAxis = {
  dataKey: 'time',
  type: 'number',
  domain: ['dataMin', 'dataMax'],
  tick: axisText,
  tickLine: false,
  axisLine: { stroke: 'var(--line-strong)' },
  tickMargin: 6,
  minTickGap: 16,
} as const;
const valueAxis = {
  tick: axisText,
  tickLine: false,
  axisLine: false,
  width: 48,
} as const;

export interface TimeSeriesChartProps {
  readonly label: string;
  readonly series: TimeSeries;
  /** Number of date labels that fit below it. */
  readonly mostTicks?: number;
  readonly stacked?: boolean;
  /** Values of the previous period, by index of the series' points. */
  readonly before?: readonly ChartPoint[] | null;
  readonly partial?: readonly PartialPeriod[];
  readonly annotations?: readonly Annotation[];
  /** Called with the range that the user has selected by dragging. */
  readonly onZoom?: (first: number, last: number) => void;
}

/** Lines over time that fill their container. Screen readers get its label and a summary sentence. */
export function TimeSeriesChart(props: TimeSeriesChartProps) {
  const formats = useFormats();
  const { label, series, mostTicks = 14, stacked = false, before, partial = [], annotations = [] } = props;
  const { names, points } = series;
  const first = points.at(0)?.time ?? 0;
  const last = points.at(-1)?.time ?? 0;
  const drawn = points.map((point, index): DrawnPoint => ({ ...point, before: before?.[index] ?? null }));
  const gaps = gapsOf(points);
  const drag = useDragZoom(props.onZoom);
  return (
    <figure aria-label={label} className="flex h-full min-h-0 flex-col">
      <figcaption className="sr-only">{describe(names, points, partial, annotations, formats)}</figcaption>
      <div className="min-h-0 flex-1">
        <ResponsiveContainer width="100%" height="100%" debounce={60}>
          <ComposedChart data={drawn} margin={usualMargin} title={label} {...drag.handlers}>
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
              content={<PointTooltip names={names} partial={partial} annotations={annotations} />}
            />
            {names.map((name, index) => (
              <Area
                key={name}
                name={name}
                dataKey={(point: ChartPoint) => point.values[index]}
                {...(stacked ? { stackId: 'all' } : {})}
                type="linear"
                stroke={seriesColour(index)}
                strokeWidth={stacked ? 1 : 1.75}
                fill={seriesColour(index)}
                fillOpacity={stacked ? 0.65 : names.length === 1 ? 0.12 : 0}
                dot={points.length === 1 ? { r: 3 } : false}
                activeDot={{ r: 3.5, stroke: 'var(--surface)', strokeWidth: 2 }}
                isAnimationActive={false}
              />
            ))}
            {before &&
              names.map((name, index) => (
                <Line
                  key={name}
                  dataKey={(point: DrawnPoint) => point.before?.values[index]}
                  stroke={names.length === 1 ? 'var(--ink-soft)' : seriesColour(index)}
                  strokeWidth={1.25}
                  strokeDasharray="4 3"
                  dot={false}
                  activeDot={false}
                  isAnimationActive={false}
                />
              ))}
            {gapMarks(gaps)}
            {partial.map((period) => partialMark(period, points))}
            {annotations.map(({ time }) => (
              <ReferenceLine
                key={time}
                x={time}
                stroke="var(--warn)"
                strokeDasharray="2 2"
                label={{ value: '◆', position: 'insideTop', fill: 'var(--warn)', fontSize: 11 }}
              />
            ))}
            {drag.span && (
              <ReferenceArea x1={drag.span.first} x2={drag.span.last} fill="var(--accent)" fillOpacity={0.14} />
            )}
          </ComposedChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}

function valueScale(points: readonly ChartPoint[], before: readonly ChartPoint[], stacked: boolean) {
  const { least, most } = extremesOf([...points, ...before], stacked);
  const ticks = valueTicks(most, least);
  if (!ticks) return { domain: [least < 0 ? 'auto' : 0, 'auto'] as const };
  return { ticks, domain: [0, ticks.at(-1) ?? 0] as const, interval: 0 as const };
}

/** From the partial point to its neighbour: this part of the line is unreliable. */
function partialMark({ start }: PartialPeriod, points: readonly ChartPoint[]) {
  const at = points.findIndex(({ time }) => time === start);
  const neighbour = points[at === 0 ? 1 : at - 1];
  if (at < 0 || !neighbour) return null;
  const word = { value: 'partial', position: 'insideTop', fill: 'var(--ink-soft)', fontSize: 10 } as const;
  return (
    <ReferenceArea
      key={start}
      x1={Math.min(start, neighbour.time)}
      x2={Math.max(start, neighbour.time)}
      fill="var(--ink)"
      fillOpacity={0.08}
      stroke="var(--line-strong)"
      strokeDasharray="3 3"
      {...(points.length <= 40 ? { label: word } : {})}
    />
  );
}

interface DragEventState {
  readonly activeLabel?: string | number | undefined;
}

function useDragZoom(onZoom: TimeSeriesChartProps['onZoom']) {
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const span =
    drag && drag.from !== drag.to ? { first: Math.min(drag.from, drag.to), last: Math.max(drag.from, drag.to) } : null;
  if (!onZoom) return { span: null, handlers: {} };
  const timeOf = ({ activeLabel }: DragEventState) => (activeLabel === undefined ? null : Number(activeLabel));
  return {
    span,
    handlers: {
      onMouseDown: (state: DragEventState) => {
        const time = timeOf(state);
        if (time !== null) setDrag({ from: time, to: time });
      },
      onMouseMove: (state: DragEventState) => {
        const time = timeOf(state);
        if (drag && time !== null && time !== drag.to) setDrag({ ...drag, to: time });
      },
      onMouseUp: () => {
        if (span) onZoom(span.first, span.last);
        setDrag(null);
      },
      onMouseLeave: () => setDrag(null),
    },
  };
}

function describe(
  names: readonly string[],
  points: readonly ChartPoint[],
  partial: readonly PartialPeriod[],
  annotations: readonly Annotation[],
  formats: Formats,
): string {
  const first = points.at(0);
  const last = points.at(-1);
  if (!first || !last) return 'No points.';
  const span = `${formats.amount(points.length, cadenceOf(points))} from ${formats.dayUtc(first.time)} to ${formats.dayUtc(last.time)}.`;
  const lines = names.map((name, index) => {
    const summary = summarise(points, index);
    if (!summary) return `${name}: no values.`;
    return `${columnTitle(name)}: lowest ${formats.value(summary.lowest)}, highest ${formats.value(summary.highest)}, latest ${formats.value(summary.latest)}.`;
  });
  const parts = partial.map(({ start, days, of }) => `${formats.dayUtc(start)} is partial: ${days} of ${of} days.`);
  const missing = gapNotes(points, formats);
  const notes = annotations.slice(0, 5).map(({ text }) => `${text}.`);
  return [span, ...lines, ...parts, ...missing.map((note) => `${note}.`), ...notes].join(' ');
}
