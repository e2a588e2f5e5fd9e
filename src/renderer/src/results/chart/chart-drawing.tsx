import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Scatter,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { useMemo } from 'react';
import type { ChartData, ChartKind } from '../../../../contract/result-work';
import { seriesColour } from '../../charts/colours';
import { gapMarks } from '../../charts/gap-marks';
import { useWidth } from '../../charts/use-width';
import { useFormats } from '../../format/use-formats';
import { chartGaps } from './chart-gaps';
import { labelLayout, shortLabel, slantDegrees } from './chart-labels';
import { toPoints, type Point } from './chart-points';
import { placeText, tickText, ticksBetween } from './place-text';

const axisText = { fill: 'var(--ink-faint)', fontSize: 11 };
const slantedText = { ...axisText, angle: slantDegrees, textAnchor: 'end' } as const;

/** Draws a chart that DuckDB has aggregated. Screen readers get its label and a sentence. */
export function ChartDrawing({ kind, data, label }: { kind: ChartKind; data: ChartData; label: string }) {
  const formats = useFormats();
  const points = useMemo(() => toPoints(data), [data]);
  const first = points.at(0)?.x ?? 0;
  const last = points.at(-1)?.x ?? 0;
  const { element, width } = useWidth();
  const byPlace = data.axis === 'category' || kind === 'bar';
  const ticks = byPlace ? null : ticksBetween(data.axis, first, last);
  const layout = byPlace
    ? labelLayout(
        points.map(({ x }) => tickText(data, x, formats)),
        width,
      )
    : null;
  return (
    <figure aria-label={label} className="flex h-full min-h-0 flex-col">
      <figcaption className="sr-only">
        {`${kind} chart, ${formats.amount(points.length, 'point')}, ${data.series.map(({ name }) => name).join(', ')}.`}
      </figcaption>
      {data.series.length > 1 && <Legend names={data.series.map(({ name }) => name)} />}
      <div ref={element} className="min-h-0 flex-1">
        <ResponsiveContainer width="100%" height="100%" debounce={60}>
          <ComposedChart data={points} margin={{ top: 8, right: 20, bottom: 4, left: 4 }} title={label}>
            {/* Bars stand by place, with no room for days that have none. */}
            {!byPlace && gapMarks(chartGaps(kind, data))}
            <CartesianGrid vertical={kind === 'scatter'} stroke="var(--line)" />
            <XAxis
              dataKey="x"
              type={byPlace ? 'category' : 'number'}
              {...(byPlace ? {} : { domain: ['dataMin', 'dataMax'] as const })}
              {...(ticks ? { ticks } : {})}
              {...(layout && { interval: 0, height: layout.height })}
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
              content={<PointTooltip data={data} />}
            />
            {data.series.map(({ name }, index) => shape(kind, name, index, data.series.length))}
          </ComposedChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}

function Legend({ names }: { names: readonly string[] }) {
  return (
    <ul aria-label="Series" className="flex shrink-0 flex-wrap gap-x-4 px-2 pb-1.5 text-small text-ink-soft">
      {names.map((name, index) => (
        <li key={name} data-series={name} className="flex items-center gap-1.5">
          <span aria-hidden className="size-2 rounded-full" style={{ background: seriesColour(index) }} />
          {name}
        </li>
      ))}
    </ul>
  );
}

function shape(kind: ChartKind, name: string, index: number, count: number) {
  const colour = seriesColour(index);
  const common = { name, dataKey: `s${index}`, isAnimationActive: false } as const;
  switch (kind) {
    case 'bar':
      return <Bar {...common} key={name} fill={colour} />;
    case 'area':
      return (
        <Area
          {...common}
          key={name}
          type="linear"
          stroke={colour}
          fill={colour}
          fillOpacity={count === 1 ? 0.15 : 0.1}
          strokeWidth={1.75}
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
  /** Set by the chart. */
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: Point }[];
}

function PointTooltip({ data, active, payload }: PointTooltipProps) {
  const formats = useFormats();
  const point = payload?.[0]?.payload;
  if (active !== true || !point) return null;
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
    </div>
  );
}
