import { memo } from 'react';
import { classNames } from '../../components/class-names';
import { dateOf, dayNumber, longDate, markOf, weekdayOf, type DayRange, type Days } from './days';
import type { Level, levelsFor, Measure } from './measures';

/** Room for the year's number and the names of weekdays. */
export const labelWidth = 36;
export const monthHeight = 18;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const levelFills: Record<Level, string> = {
  0: 'fill-sunken stroke-line-strong',
  1: 'fill-accent/20',
  2: 'fill-accent/40',
  3: 'fill-accent/60',
  4: 'fill-accent/80',
  5: 'fill-accent',
};

/** Where a day is drawn within its year. */
export function placeOf(day: number): { readonly week: number; readonly weekday: number } {
  const firstOfYear = dayNumber(`${dateOf(day).slice(0, 4)}-01-01`);
  return { week: Math.floor((day - firstOfYear + weekdayOf(firstOfYear)) / 7), weekday: weekdayOf(day) };
}

/** The opposite: the day at a place, whether or not it belongs to the year. */
export function dayAt(year: number, week: number, weekday: number): number {
  const firstOfYear = dayNumber(`${year}-01-01`);
  return firstOfYear - weekdayOf(firstOfYear) + week * 7 + weekday;
}

export interface CalendarYearProps {
  readonly year: number;
  readonly days: Days;
  readonly measure: Measure;
  readonly levelOf: ReturnType<typeof levelsFor>;
  /** Pixels from one day to the next. */
  readonly pitch: number;
  readonly cellId: (day: number) => string;
  /** As far as they lie in this year. */
  readonly selectedFirst: number | null;
  readonly selectedLast: number | null;
  readonly active: number | null;
}

/** The days of one year, a column a week. Drawn again only when something of this year changes. */
export const CalendarYear = memo(function CalendarYear(props: CalendarYearProps) {
  const { year, pitch, selectedFirst, selectedLast, active } = props;
  const weekdays = [0, 1, 2, 3, 4, 5, 6];
  return (
    <svg role="none" width={labelWidth + 53 * pitch + 4} height={monthHeight + 7 * pitch + 4} className="block">
      <g aria-hidden className="fill-ink-soft text-[11px]">
        <text x={0} y={monthHeight - 6} className="fill-ink text-small font-semibold">
          {year}
        </text>
        {[0, 2, 4].map((weekday) => (
          <text
            key={weekday}
            x={labelWidth - 6}
            y={monthHeight + weekday * pitch + pitch / 2 + 4}
            textAnchor="end"
            className="text-[10px]"
          >
            {['Mon', '', 'Wed', '', 'Fri'][weekday]}
          </text>
        ))}
        {months.map((month, index) => (
          <text key={month} x={labelWidth + firstWeekOf(year, index) * pitch} y={monthHeight - 6}>
            {month}
          </text>
        ))}
      </g>
      {weekdays.map((weekday) => (
        <g key={weekday} role="row">
          {daysOn(year, weekday).map((day) => props.days.includes(day) && <DayCell key={day} {...props} day={day} />)}
        </g>
      ))}
      <g aria-hidden className="pointer-events-none fill-transparent">
        {selectedFirst !== null && selectedLast !== null && (
          <Outline range={{ first: selectedFirst, last: selectedLast }} pitch={pitch} className="stroke-ink stroke-1" />
        )}
        {active !== null && (
          <Outline range={{ first: active, last: active }} pitch={pitch} className="stroke-accent-ink stroke-2" />
        )}
      </g>
    </svg>
  );
});

function DayCell({ day, days, measure, levelOf, pitch, cellId, active }: CalendarYearProps & { readonly day: number }) {
  const partition = days.at(day);
  const mark = markOf(partition);
  const { week, weekday } = placeOf(day);
  const size = pitch - 2;
  const [x, y] = [labelWidth + week * pitch, monthHeight + weekday * pitch];
  return (
    <>
      <rect
        id={cellId(day)}
        role="gridcell"
        aria-label={describeDay(day, days, measure)}
        aria-selected={active === day}
        x={x + 0.5}
        y={y + 0.5}
        width={size - 1}
        height={size - 1}
        rx={2}
        className={
          mark === 'missing'
            ? 'fill-transparent stroke-ink-faint [stroke-dasharray:2_2]'
            : levelFills[partition ? levelOf(partition) : 0]
        }
      />
      <DayMarkSign mark={mark} x={x} y={y} size={size} />
    </>
  );
}

/** Signs that need no colour: a cross for missing, a triangle for failing, a ring for stale. */
export function DayMarkSign({
  mark,
  x,
  y,
  size,
}: {
  mark: ReturnType<typeof markOf>;
  x: number;
  y: number;
  size: number;
}) {
  const centre = [x + size / 2, y + size / 2] as const;
  if (mark === 'missing') {
    const arm = size * 0.2;
    return (
      <path
        aria-hidden
        d={`M${centre[0] - arm} ${centre[1] - arm}l${2 * arm} ${2 * arm}m0 ${-2 * arm}l${-2 * arm} ${2 * arm}`}
        className="pointer-events-none fill-transparent stroke-ink-faint"
      />
    );
  }
  if (mark === 'failing') {
    return (
      <path
        aria-hidden
        d={`M${centre[0]} ${y + 0.5}L${x + size - 0.5} ${y + size - 0.5}L${x + 0.5} ${y + size - 0.5}Z`}
        className="pointer-events-none fill-bad stroke-surface stroke-1"
      />
    );
  }
  if (mark === 'stale') {
    return (
      <circle
        aria-hidden
        cx={centre[0]}
        cy={centre[1]}
        r={size * 0.24}
        className="pointer-events-none fill-surface stroke-ink stroke-1"
      />
    );
  }
  return null;
}

/** One line around each of the days: ranges have jagged edges, and days are few. */
function Outline({ range, pitch, className }: { range: DayRange; pitch: number; className: string }) {
  const path = Array.from({ length: range.last - range.first + 1 }, (_, index) => {
    const { week, weekday } = placeOf(range.first + index);
    const size = pitch - 1;
    return `M${labelWidth + week * pitch - 0.5} ${monthHeight + weekday * pitch - 0.5}h${size}v${size}h${-size}z`;
  });
  return <path d={path.join('')} className={classNames('fill-transparent', className)} />;
}

export function describeDay(day: number, days: Days, measure: Measure): string {
  const partition = days.at(day);
  const mark = markOf(partition);
  const name = longDate(dateOf(day));
  if (!partition || mark === 'missing') return `${name}: no files`;
  const value = measure.of(partition);
  const amount = value === null ? 'not known before a refresh' : measure.format(value);
  const failing = partition.failedChecks.map((check) => check.name).join(', ');
  const notes = [
    partition.damagedFiles.length > 0 && 'damaged file',
    failing && `failing: ${failing}`,
    partition.stale && 'stale',
  ].filter(Boolean);
  return [`${name}: ${amount}`, ...notes].join(', ');
}

function daysOn(year: number, weekday: number): number[] {
  const [first, last] = [dayNumber(`${year}-01-01`), dayNumber(`${year}-12-31`)];
  const start = first + ((weekday - weekdayOf(first) + 7) % 7);
  return Array.from({ length: Math.floor((last - start) / 7) + 1 }, (_, index) => start + index * 7);
}

function firstWeekOf(year: number, month: number): number {
  return placeOf(dayNumber(`${year}-${String(month + 1).padStart(2, '0')}-01`)).week;
}
