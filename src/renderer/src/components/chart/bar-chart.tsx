import { formatAmount, formatCompact, formatValue } from '../../format/numbers';

const rowHeight = 22;
const labelWidth = 76;
const valueWidth = 56;

export interface BarChartProps {
  readonly label: string;
  readonly measure: string;
  readonly bars: readonly { readonly name: string; readonly value: number }[];
  readonly width: number;
}

/** Bars by name, one under the other, in the order of the rows. */
export function BarChart({ label, measure, bars, width }: BarChartProps) {
  const most = Math.max(...bars.map(({ value }) => value), 1e-9);
  const room = Math.max(40, width - labelWidth - valueWidth);
  return (
    <figure aria-label={label}>
      <figcaption className="sr-only">
        {`${formatAmount(bars.length, 'bar')} of ${measure}: ${bars
          .slice(0, 5)
          .map(({ name, value }) => `${name} ${formatValue(value)}`)
          .join(', ')}.`}
      </figcaption>
      <svg role="img" aria-label={label} width={width} height={bars.length * rowHeight + 4}>
        {bars.map(({ name, value }, index) => (
          <g key={name} transform={`translate(0 ${index * rowHeight})`}>
            <title>{`${name}: ${formatValue(value)}`}</title>
            <text x={labelWidth - 8} y={15} textAnchor="end" className="fill-ink-soft text-[11px]">
              {name.length > 12 ? `${name.slice(0, 11)}…` : name}
            </text>
            <rect
              x={labelWidth}
              y={3}
              width={Math.max(1, (value / most) * room)}
              height={rowHeight - 7}
              rx={2}
              className="fill-accent"
            />
            <text x={labelWidth + (value / most) * room + 6} y={15} className="fill-ink text-[11px] tabular-nums">
              {formatCompact(value)}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  );
}
