import type { KeyboardEvent } from 'react';
import type { Formats } from '../format/formats';
import { useFormats } from '../format/use-formats';

const rowHeight = 22;
const labelWidth = 76;
const valueWidth = 56;

export interface Bar {
  readonly name: string;
  /** Null if there is none. */
  readonly value: number | null;
  /** Called when the bar is clicked; null if it can't be. */
  readonly onPick: (() => void) | null;
}

export interface BarChartProps {
  readonly label: string;
  readonly measure: string;
  readonly bars: readonly Bar[];
  readonly width: number;
}

/** Named horizontal bars in the order of the rows. */
export function BarChart({ label, measure, bars, width }: BarChartProps) {
  const formats = useFormats();
  const values = bars.flatMap(({ value }) => value ?? []);
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const room = Math.max(40, width - labelWidth - valueWidth);
  const span = most / 2 - least / 2;
  /** The position of a value; 0 may be anywhere between the ends. */
  const at = (value: number) => labelWidth + (span === 0 ? 0 : ((value / 2 - least / 2) / span) * room);
  return (
    <figure aria-label={label}>
      <figcaption className="sr-only">
        {`${formats.amount(bars.length, 'bar')} of ${measure}: ${bars
          .slice(0, 5)
          .map(({ name, value }) => `${name} ${formats.value(value)}`)
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
            key={`${name} ${value}`}
            transform={`translate(0 ${index * rowHeight})`}
            {...(onPick && pickable(name, value, index === 0, onPick, formats))}
          >
            {onPick && <rect width={width} height={rowHeight} className="fill-transparent group-hover:fill-hover" />}
            <title>{`${name}: ${formats.value(value)}`}</title>
            <text x={labelWidth - 8} y={15} textAnchor="end" className="fill-ink-soft text-[11px]">
              {name.length > 12 ? `${name.slice(0, 11)}…` : name}
            </text>
            {value !== null && (
              <rect
                x={at(Math.min(0, value))}
                y={3}
                width={Math.max(1, at(Math.max(0, value)) - at(Math.min(0, value)))}
                height={rowHeight - 7}
                rx={2}
                className="fill-accent"
              />
            )}
            <text x={at(Math.max(0, value ?? 0)) + 6} y={15} className="fill-ink text-[11px]">
              {value === null ? 'NULL' : formats.compact(value)}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  );
}

/** A bar as a button. One bar is a tab stop and the arrow keys reach the others: there may be hundreds. */
function pickable(name: string, value: number | null, first: boolean, onPick: () => void, formats: Formats) {
  return {
    role: 'button',
    tabIndex: first ? 0 : -1,
    'aria-label': `Filter by ${name}: ${formats.value(value)}`,
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
