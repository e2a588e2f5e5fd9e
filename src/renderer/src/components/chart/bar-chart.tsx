import type { KeyboardEvent } from 'react';
import { formatAmount, formatCompact, formatValue } from '../../format/numbers';

const rowHeight = 22;
const labelWidth = 76;
const valueWidth = 56;

export interface Bar {
  readonly name: string;
  readonly value: number;
  /** Told that it was chosen; null where that means nothing. */
  readonly onPick: (() => void) | null;
}

export interface BarChartProps {
  readonly label: string;
  readonly measure: string;
  readonly bars: readonly Bar[];
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
      <svg
        {...(bars.some(({ onPick }) => onPick) ? { role: 'group' } : { role: 'img' })}
        aria-label={label}
        width={width}
        height={bars.length * rowHeight + 4}
      >
        {bars.map(({ name, value, onPick }, index) => (
          <g
            key={name}
            transform={`translate(0 ${index * rowHeight})`}
            {...(onPick && pickable(name, value, index === 0, onPick))}
          >
            {onPick && <rect width={width} height={rowHeight} className="fill-transparent group-hover:fill-hover" />}
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
            <text x={labelWidth + (value / most) * room + 6} y={15} className="fill-ink text-[11px]">
              {formatCompact(value)}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  );
}

/** A bar as a button. One of them is reached by Tab, the others from there by the arrows: there may be hundreds. */
function pickable(name: string, value: number, first: boolean, onPick: () => void) {
  return {
    role: 'button',
    tabIndex: first ? 0 : -1,
    'aria-label': `Filter by ${name}: ${formatValue(value)}`,
    className: 'group cursor-pointer outline-offset-[-2px]',
    onClick: onPick,
    onKeyDown: (event: KeyboardEvent<SVGGElement>) => {
      const { previousElementSibling: above, nextElementSibling: below } = event.currentTarget;
      if (event.key === 'ArrowDown' && below instanceof SVGElement) below.focus();
      else if (event.key === 'ArrowUp' && above instanceof SVGElement) above.focus();
      else if (event.key === 'Enter' || event.key === ' ') onPick();
      else return;
      event.preventDefault();
    },
  };
}
