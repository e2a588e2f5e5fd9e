import { useEffect, useRef } from 'react';
import { Area, Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Scatter, Tooltip, XAxis, YAxis } from 'recharts'; // prettier-ignore
import type { ChartData } from '../../../../contract/result-work';
import { AxisNames, axisNameHeight } from '../../charts/axis-names';
import { BandLabels } from '../../charts/band-labels';
import { seriesColour } from '../../charts/data/colours';
import type { ChartPoint } from '../../charts/data/series';
import { gapMarks } from '../../charts/gap-marks';
import { Patterns } from '../../charts/patterns';
import { Places } from '../../charts/places';
import { usePicking, type KeyboardPoint } from '../../charts/use-picking';
import type { ChartDrawingProps } from './chart-drawing-props';
import { chartGaps } from './chart-gaps';
import { labelLayout, shortLabel, slantDegrees } from './chart-labels';
import type { Point } from './chart-points';
import { placeText, tickText, ticksBetween } from './place-text';
import { useFormats } from '../../format/use-formats';

const axisText = { fill: 'var(--ink-faint)', fontSize: 11 };
const slantedText = { ...axisText, angle: slantDegrees, textAnchor: 'end' } as const;
const usualLabelHeight = 26;

interface PlottedChartProps extends ChartDrawingProps {
  readonly points: readonly Point[];
  readonly width: number;
  /** The id of its fills. */
  readonly patterns: string;
}

/** Lines, areas, points or upright bars between two axes. */
export function PlottedChart(props: PlottedChartProps) {
  const { kind, data, stacked, label, titles, onPick, points, width, patterns } = props;
  const formats = useFormats();
  const byPlace = data.axis === 'category' || kind === 'bar';
  const ticks = byPlace ? null : ticksBetween(data.axis, points.at(0)?.x ?? 0, points.at(-1)?.x ?? 0);
  const texts = byPlace ? points.map(({ x }) => tickText(data, x, formats)) : [];
  const layout = labelLayout(texts, width);
  const labelHeight = layout?.height ?? usualLabelHeight;
  const element = useRef<HTMLDivElement>(null);
  const picking = usePicking({ element, onPick: ({ x, at }) => onPick({ x, at }) });
  return (
    <div ref={element} onKeyDown={picking.onKeyDown} className="h-full cursor-pointer">
      <ResponsiveContainer width="100%" height="100%" debounce={60}>
        <ComposedChart
          data={[...points]}
          margin={{ top: 10 + axisNameHeight, right: 20, bottom: axisNameHeight, left: 4 }}
          title={label}
          {...picking.chart}
        >
          <Patterns id={patterns} />
          <Places report={picking.reportPlaces} />
          {/* Bars stand by place, with no room for days that have none. */}
          {!byPlace && gapMarks(chartGaps(kind, data), patterns)}
          <CartesianGrid vertical={kind === 'scatter'} stroke="var(--line)" />
          <XAxis
            dataKey="x"
            type={byPlace ? 'category' : 'number'}
            {...(byPlace ? {} : { domain: ['dataMin', 'dataMax'] as const })}
            {...(ticks ? { ticks } : {})}
            {...(layout && { interval: 0 })}
            height={labelHeight}
            allowDuplicatedCategory={false}
            tickFormatter={(x: number) => shortLabel(tickText(data, x, formats))}
            tick={layout?.slanted ? slantedText : axisText}
            tickLine={false}
            axisLine={{ stroke: 'var(--line-strong)' }}
            tickMargin={6}
            minTickGap={16}
          />
          <YAxis
            tick={axisText}
            tickFormatter={formats.compact}
            tickLine={false}
            axisLine={false}
            width={52}
            domain={kind === 'scatter' ? ['auto', 'auto'] : [0, 'auto']}
          />
          <Tooltip
            cursor={kind === 'bar' ? { fill: 'var(--hover)' } : { stroke: 'var(--line-strong)' }}
            isAnimationActive={false}
            content={<PointTooltip data={data} report={picking.report} />}
          />
          {data.series.map(({ name }, index) => shape(props, name, index))}
          {stacked && kind === 'area' && (
            <BandLabels titles={data.series.map(({ name }) => name)} points={bandsOf(props)} />
          )}
          <AxisNames x={titles.x} y={titles.y} above={0} below={labelHeight + 8} />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

/** The points as those of a stack over time; the axis gives a category its place, too. */
function bandsOf({ data, points }: PlottedChartProps): ChartPoint[] {
  return points.map((point) => ({ time: point.x, values: data.series.map((_, index) => point[`s${index}`] ?? null) }));
}

function shape({ kind, stacked, data }: PlottedChartProps, name: string, index: number) {
  const colour = seriesColour(index);
  const stack = stacked ? { stackId: 'all' } : {};
  const common = { name, dataKey: `s${index}`, isAnimationActive: false } as const;
  switch (kind) {
    case 'bar':
      return <Bar {...common} {...stack} key={name} fill={colour} {...(stacked && { stroke: 'var(--surface)' })} />;
    case 'area':
      return (
        <Area
          {...common}
          {...stack}
          key={name}
          type="linear"
          stroke={colour}
          fill={colour}
          fillOpacity={stacked ? 0.72 : data.series.length === 1 ? 0.15 : 0.1}
          strokeWidth={stacked ? 1 : 1.75}
          dot={false}
          connectNulls
        />
      );
    case 'scatter':
      return <Scatter {...common} key={name} fill={colour} fillOpacity={0.55} line={false} />;
    case 'line':
      return <Line {...common} key={name} type="linear" stroke={colour} strokeWidth={1.75} dot={false} connectNulls />;
  }
}

interface PointTooltipProps {
  readonly data: ChartData;
  /** Gets the point at the cursor. */
  readonly report: (point: KeyboardPoint | null) => void;
  /** Set by the chart. */
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: Point }[];
  readonly coordinate?: { readonly x?: number; readonly y?: number };
}

function PointTooltip({ data, report, active, payload, coordinate }: PointTooltipProps) {
  const formats = useFormats();
  const point = active === true ? payload?.[0]?.payload : undefined;
  useEffect(() => {
    report(point ? { x: point.x, left: coordinate?.x ?? 0, top: coordinate?.y ?? 0 } : null);
  });
  if (!point) return null;
  return (
    <div className="rounded-medium bg-surface px-2.5 py-1.5 text-small shadow-floating">
      <p className="max-w-80 truncate text-ink-soft">{placeText(data, point.x)}</p>
      {data.series.map(({ name }, index) => {
        const value = point[`s${index}`];
        return value === undefined || value === null ? null : (
          <p key={name} className="flex items-center gap-1.5">
            <span className="size-2 rounded-full" style={{ background: seriesColour(index) }} />
            <span className="text-ink-soft">{name}</span>
            <span className="ml-auto pl-3 font-semibold">{formats.value(value)}</span>
          </p>
        );
      })}
      <p className="text-ink-faint">Click or press Enter for more</p>
    </div>
  );
}
