import { Area, CartesianGrid, ComposedChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { formatAmount, formatCompact, formatCount } from '../../format/numbers';
import { cadenceOf, summarise, type ChartPoint, type TimeSeries } from './series';
import { formatTick, timeTicks } from './time-ticks';

const seriesColours = ['var(--accent)', 'var(--gold)', 'var(--good)', 'var(--bronze)', 'var(--silver)'];
const axisText = { fill: 'var(--ink-faint)', fontSize: 11 };

export interface TimeSeriesChartProps {
  readonly label: string;
  readonly series: TimeSeries;
  /** How many dates there is room for below it. */
  readonly mostTicks?: number;
}

/** Lines over time, as tall as what holds it. Without eyes: its label, and a sentence that sums it up. */
export function TimeSeriesChart({ label, series: { names, points }, mostTicks = 14 }: TimeSeriesChartProps) {
  const first = points.at(0)?.time ?? 0;
  const last = points.at(-1)?.time ?? 0;
  return (
    <figure aria-label={label} className="flex h-full min-h-0 flex-col">
      <figcaption className="sr-only">{describe(names, points)}</figcaption>
      <div className="min-h-0 flex-1">
        <ResponsiveContainer width="100%" height="100%" debounce={60}>
          <ComposedChart data={points} margin={{ top: 8, right: 16, bottom: 0, left: 0 }} title={label}>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="time"
              type="number"
              scale="time"
              domain={['dataMin', 'dataMax']}
              ticks={timeTicks(first, last, mostTicks)}
              tickFormatter={formatTick}
              tick={axisText}
              tickLine={false}
              axisLine={{ stroke: 'var(--line-strong)' }}
              tickMargin={6}
              minTickGap={16}
            />
            <YAxis
              tick={axisText}
              tickFormatter={formatCompact}
              tickLine={false}
              axisLine={false}
              width={48}
              domain={[0, 'auto']}
            />
            <Tooltip
              cursor={{ stroke: 'var(--line-strong)' }}
              isAnimationActive={false}
              content={<PointTooltip names={names} />}
            />
            {names.map((name, index) => (
              <Area
                key={name}
                name={name}
                dataKey={(point: ChartPoint) => point.values[index]}
                type="linear"
                stroke={seriesColours[index % seriesColours.length] ?? 'var(--accent)'}
                strokeWidth={1.75}
                fill={seriesColours[index % seriesColours.length] ?? 'var(--accent)'}
                fillOpacity={names.length === 1 ? 0.12 : 0}
                dot={false}
                activeDot={{ r: 3.5, stroke: 'var(--surface)', strokeWidth: 2 }}
                isAnimationActive={false}
              />
            ))}
          </ComposedChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}

interface PointTooltipProps {
  readonly names: readonly string[];
  /** The rest is filled in by the chart. */
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: ChartPoint }[];
}

function PointTooltip({ names, active, payload }: PointTooltipProps) {
  const point = payload?.[0]?.payload;
  if (active !== true || !point) return null;
  return (
    <div className="rounded-medium bg-surface px-2.5 py-1.5 text-small shadow-floating">
      <p className="text-ink-soft tabular-nums">{formatDayUtc(point.time)}</p>
      {names.map((name, index) => (
        <p key={name} className="flex items-center gap-1.5">
          <span className="size-2 rounded-full" style={{ background: seriesColours[index % seriesColours.length] }} />
          <span className="text-ink-soft">{name}</span>
          <span className="ml-auto pl-3 font-semibold tabular-nums">{formatValue(point.values[index])}</span>
        </p>
      ))}
    </div>
  );
}

function formatValue(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : value.toLocaleString('en', { maximumFractionDigits: 3 });
}

function formatDayUtc(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function describe(names: readonly string[], points: readonly ChartPoint[]): string {
  const first = points.at(0);
  const last = points.at(-1);
  if (!first || !last) return 'No points.';
  const span = `${formatAmount(points.length, cadenceOf(points))} from ${formatDayUtc(first.time)} to ${formatDayUtc(last.time)}.`;
  const lines = names.map((name, index) => {
    const summary = summarise(points, index);
    if (!summary) return `${name}: no values.`;
    return `${name}: lowest ${formatCount(summary.lowest)}, highest ${formatCount(summary.highest)}, latest ${formatCount(summary.latest)}.`;
  });
  return [span, ...lines].join(' ');
}
