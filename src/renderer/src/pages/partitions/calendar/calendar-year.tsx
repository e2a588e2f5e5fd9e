import { memo } from 'react';
import { classNames } from '../../../components/class-names';
import { dateOf, firstOfMonth, longDate, weekdayOf, yearOf, type Days } from '../../../calendar/days';
import { DayMarkSigns } from './day-mark-signs';
import type { Level, levelsFor, Measure } from './measures';
import type { Formats } from '../../../format/formats';
import { useFormats } from '../../../format/use-formats';

/** Room for the names of weekdays; the year's number stands where January would. */
export const labelWidth = 28;
/** As many columns as a year can have: a leap year that begins on a Sunday. */
export const weeksOfYear = 54;
export const monthHeight = 18;
const monthsAfterJanuary = ['Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
export const levelFills: Record<Level, string> = {
  0: 'fill-sunken stroke-line-strong',
  1: 'fill-heat-1',
  2: 'fill-heat-2',
  3: 'fill-heat-3',
  4: 'fill-heat-4',
  5: 'fill-heat-5',
};
/** A day without files: an outline, whatever the others are shaded by. */
export const missingFill = 'fill-transparent stroke-ink-faint';

/** Where a day is drawn within its year. */
export function placeOf(day: number): { readonly week: number; readonly weekday: number } {
  const firstOfYear = firstOfMonth(yearOf(day), 1);
  return { week: Math.floor((day - firstOfYear + weekdayOf(firstOfYear)) / 7), weekday: weekdayOf(day) };
}

/** The opposite: the day at a place, whether or not it belongs to the year. */
export function dayAt(year: number, week: number, weekday: number): number {
  const firstOfYear = firstOfMonth(year, 1);
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
  /** The day that is looked at. */
  readonly opened: number | null;
}

/** The days of one year, a column a week. Drawn again only when something of this year changes. */
export const CalendarYear = memo(function CalendarYear(props: CalendarYearProps) {
  const { year, days, pitch, selectedFirst, selectedLast, active, opened } = props;
  const weekdays = [0, 1, 2, 3, 4, 5, 6];
  return (
    <svg
      role="none"
      width={labelWidth + weeksOfYear * pitch + 1}
      height={monthHeight + 7 * pitch + 4}
      className="block"
    >
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
        {monthsAfterJanuary.map(
          (month, index) =>
            days.overlaps(firstOfMonth(year, index + 2), firstOfMonth(year, index + 3) - 1) && (
              <text
                key={month}
                x={labelWidth + placeOf(firstOfMonth(year, index + 2)).week * pitch}
                y={monthHeight - 6}
              >
                {month}
              </text>
            ),
        )}
      </g>
      {weekdays.map((weekday) => (
        <g key={weekday} role="row">
          {daysOn(year, weekday).map((day) => days.includes(day) && <DayCell key={day} {...props} day={day} />)}
        </g>
      ))}
      <g aria-hidden className="pointer-events-none fill-transparent">
        {selectedFirst !== null && selectedLast !== null && (
          <path
            d={rangeOutline(selectedFirst, selectedLast, pitch)}
            className="fill-ink/10 stroke-ink stroke-[1.5px] [stroke-linejoin:round]"
          />
        )}
        {opened !== null && <Square day={opened} pitch={pitch} className="stroke-ink stroke-2" />}
        {active !== null && <Square day={active} pitch={pitch} className="stroke-accent-ink stroke-2" />}
      </g>
    </svg>
  );
});

function DayCell({ day, days, measure, levelOf, pitch, cellId, active }: CalendarYearProps & { readonly day: number }) {
  const formats = useFormats();
  const partition = days.at(day);
  const marks = days.marksAt(day);
  const { week, weekday } = placeOf(day);
  const size = pitch - 2;
  const [x, y] = [labelWidth + week * pitch, monthHeight + weekday * pitch];
  const missing = marks.includes('missing');
  const level = partition && !missing ? levelOf(partition) : 0;
  return (
    <>
      <rect
        id={cellId(day)}
        role="gridcell"
        aria-label={describeDay(day, days, measure, formats)}
        aria-selected={active === day}
        {...squareOf(x, y, size, level === 0)}
        className={missing ? missingFill : levelFills[level]}
      />
      <DayMarkSigns marks={marks} x={x} y={y} size={size} />
    </>
  );
}

/** Sharp at every size: a fill ends at a pixel's edge, a line of one pixel lies on one. */
export function squareOf(x: number, y: number, size: number, outlined: boolean) {
  const inset = outlined ? 0.5 : 0;
  return { x: x + inset, y: y + inset, width: size - 2 * inset, height: size - 2 * inset, rx: 2 };
}

function Square({ day, pitch, className }: { day: number; pitch: number; className: string }) {
  const { week, weekday } = placeOf(day);
  return (
    <rect
      x={labelWidth + week * pitch - 0.5}
      y={monthHeight + weekday * pitch - 0.5}
      width={pitch - 1}
      height={pitch - 1}
      rx={2}
      className={classNames('fill-transparent', className)}
    />
  );
}

/** One line around the days of a year from the first to the last: whole columns but for the two ends. */
function rangeOutline(first: number, last: number, pitch: number): string {
  const [begin, end] = [placeOf(first), placeOf(last)];
  const x = (week: number) => labelWidth + week * pitch - 1;
  const y = (weekday: number) => monthHeight + weekday * pitch - 1;
  const column = (week: number, from: number, to: number) =>
    `M${x(week)} ${y(from)}H${x(week + 1)}V${y(to)}H${x(week)}Z`;
  if (begin.week === end.week) return column(begin.week, begin.weekday, end.weekday + 1);
  const apart = end.week === begin.week + 1 && end.weekday < begin.weekday;
  if (apart) return column(begin.week, begin.weekday, 7) + column(end.week, 0, end.weekday + 1);
  return (
    `M${x(begin.week)} ${y(begin.weekday)}H${x(begin.week + 1)}V${y(0)}H${x(end.week + 1)}` +
    `V${y(end.weekday + 1)}H${x(end.week)}V${y(7)}H${x(begin.week)}Z`
  );
}

export function describeDay(day: number, days: Days, measure: Measure, formats: Formats): string {
  const partition = days.at(day);
  const name = longDate(dateOf(day), formats);
  if (!partition || partition.files === 0) return `${name}: no files`;
  const value = measure.of(partition);
  const amount = value === null ? 'available after a refresh' : measure.text(value, formats);
  const failing = partition.failedChecks.map((check) => check.name).join(', ');
  const notes = [
    partition.damagedFiles.length > 0 && 'damaged file',
    partition.damagedFiles.length === 0 && partition.leftOutFiles.length > 0 && 'file left out',
    days.marksAt(day).includes('few') && 'far fewer rows than usual',
    failing && `failing: ${failing}`,
    partition.stale && 'stale',
  ].filter(Boolean);
  return [`${name}: ${amount}`, ...notes].join(', ');
}

function daysOn(year: number, weekday: number): number[] {
  const [first, last] = [firstOfMonth(year, 1), firstOfMonth(year, 13) - 1];
  const start = first + ((weekday - weekdayOf(first) + 7) % 7);
  return Array.from({ length: Math.floor((last - start) / 7) + 1 }, (_, index) => start + index * 7);
}
