import { seriesColour } from './data/colours';
import type { Formats } from '../format/formats';
import { useFormats } from '../format/use-formats';
import { columnTitle } from '../format/model-title';
import { onMarkKey } from './mark-keys';

const barHeight = 16;
/** Between the bars of two names. */
const padding = 8;
/** The name of the measure. */
const axisHeight = 18;
const valueWidth = 60;
const letterWidth = 6.1;

export interface Bar {
  readonly name: string;
  /** One per series; null if there is none. */
  readonly values: readonly (number | null)[];
  /** The value that it is compared with, drawn as a tick; null or absent for none. */
  readonly compared?: number | null;
}

export interface BarChartProps {
  readonly label: string;
  readonly measure: string;
  readonly bars: readonly Bar[];
  /** The names of the series, if there are several. */
  readonly series?: readonly string[];
  readonly width: number;
  /** A sentence for screen readers; absent for the first bars. */
  readonly caption?: string;
  /** Called with the index of the bar that was chosen. */
  readonly onPick: (index: number, at: { readonly x: number; readonly y: number }) => void;
}

const noNames: readonly string[] = [];

/** Named horizontal bars in the order of the rows: names of any length have room. */
export function BarChart({ label, measure, bars, series = noNames, width, caption, onPick }: BarChartProps) {
  const formats = useFormats();
  const { labelWidth, letters, at } = layoutOf(bars, width);
  const lines = Math.max(1, series.length);
  const rowHeight = padding + lines * barHeight;
  const wordsOf = ({ values }: Bar) =>
    values
      .map((value, index) => `${series.length > 1 ? `${series[index] ?? ''} ` : ''}${formats.value(value)}`)
      .join(', ');
  return (
    <figure aria-label={label}>
      <figcaption className="sr-only">
        {caption ??
          `${formats.amount(bars.length, 'bar')} of ${measure}: ${bars
            .slice(0, 5)
            .map((bar) => `${bar.name} ${wordsOf(bar)}`)
            .join(', ')}.`}
      </figcaption>
      <svg role="group" aria-label={label} width={width} height={axisHeight + bars.length * rowHeight + 4}>
        <text x={labelWidth} y={11} className="fill-ink-faint text-[11px]">
          {columnTitle(measure)}
        </text>
        {bars.map((bar, index) => (
          <g
            key={keyOf(bars, index)}
            transform={`translate(0 ${axisHeight + index * rowHeight})`}
            role="button"
            tabIndex={index === 0 ? 0 : -1}
            aria-label={`${bar.name}: ${wordsOf(bar)}`}
            className="group cursor-pointer outline-offset-[-2px]"
            onClick={({ clientX, clientY }) => onPick(index, { x: clientX, y: clientY })}
            onKeyDown={(event) => onMarkKey(event, (place) => onPick(index, place))}
          >
            <rect width={width} height={rowHeight} className="fill-transparent group-hover:fill-hover" />
            <title>{titleOf(bar, wordsOf(bar), formats)}</title>
            <text x={labelWidth - 8} y={rowHeight / 2 + 4} textAnchor="end" className="fill-ink-soft text-[11px]">
              {shortened(bar.name, letters)}
            </text>
            {bar.values.map((value, line) => (
              <ValueBar
                key={series[line] ?? line}
                value={value}
                compared={bar.compared ?? null}
                at={at}
                colour={seriesColour(line)}
                top={padding / 2 + line * barHeight}
              />
            ))}
          </g>
        ))}
      </svg>
    </figure>
  );
}

/** Names may repeat: a result is not grouped. */
function keyOf(bars: readonly Bar[], index: number): string {
  const name = bars[index]?.name ?? '';
  return `${name} ${bars.slice(0, index).filter((other) => other.name === name).length}`;
}

function layoutOf(bars: readonly Bar[], width: number) {
  const values = bars.flatMap(({ values: own, compared }) =>
    [...own, compared ?? null].flatMap((value) => value ?? []),
  );
  const least = values.reduce((found, value) => Math.min(found, value), 0);
  const most = values.reduce((found, value) => Math.max(found, value), 0);
  const longest = bars.reduce((found, { name }) => Math.max(found, Array.from(name).length), 0);
  const labelWidth = Math.min(width * 0.45, Math.max(56, longest * letterWidth + 12));
  const room = Math.max(40, width - labelWidth - valueWidth);
  const span = most / 2 - least / 2;
  /** The position of a value; 0 may be anywhere between the ends. */
  const at = (value: number) => labelWidth + (span === 0 ? 0 : ((value / 2 - least / 2) / span) * room);
  return { labelWidth, letters: Math.floor((labelWidth - 10) / letterWidth), at };
}

function titleOf({ name, compared = null }: Bar, words: string, formats: Formats): string {
  return `${name}: ${words}${compared === null ? '' : `, compared with ${formats.value(compared)}`}`;
}

interface ValueBarProps {
  readonly value: number | null;
  readonly compared: number | null;
  readonly at: (value: number) => number;
  readonly colour: string;
  readonly top: number;
}

function ValueBar({ value, compared, at, colour, top }: ValueBarProps) {
  const formats = useFormats();
  return (
    <>
      {value !== null && (
        <rect
          x={at(Math.min(0, value))}
          y={top + 1}
          width={Math.max(1, at(Math.max(0, value)) - at(Math.min(0, value)))}
          height={barHeight - 2}
          rx={2}
          fill={colour}
        />
      )}
      {compared !== null && (
        <rect
          x={at(compared) - 1.5}
          y={top - 2}
          width={3}
          height={barHeight + 4}
          fill="var(--ink)"
          stroke="var(--surface)"
        />
      )}
      <text x={at(Math.max(0, value ?? 0, compared ?? 0)) + 6} y={top + barHeight - 4} className="fill-ink text-[11px]">
        {value === null ? 'NULL' : formats.compact(value)}
      </text>
    </>
  );
}

function shortened(name: string, most: number): string {
  const letters = Array.from(name.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '␣'));
  return letters.length > most ? `${letters.slice(0, Math.max(1, most - 1)).join('')}…` : letters.join('');
}
