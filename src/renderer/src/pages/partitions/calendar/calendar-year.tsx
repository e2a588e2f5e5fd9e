import { memo } from 'react';
import { classNames } from '../../../components/class-names';
import { dateOf, firstOfMonth, longDate, weekdayOf, type Days } from '../../../calendar/days';
import { DayMarkSigns } from './day-mark-signs';
import {
  boxOf,
  labelWidth,
  monthHeight,
  placeOf,
  weekdayY,
  weekX,
  type CalendarGeometry,
  type DayBox,
} from './geometry';
import type { Level, levelsFor, Measure } from './measures';
import type { Formats } from '../../../format/formats';
import { useFormats } from '../../../format/use-formats';

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
export const missingFill = 'fill-transparent stroke-ink-soft';

export interface CalendarYearProps {
  readonly year: number;
  readonly days: Days;
  readonly measure: Measure;
  readonly levelOf: ReturnType<typeof levelsFor>;
  readonly geometry: CalendarGeometry;
  /** Whether days on which no check fails are faded. */
  readonly filtered: boolean;
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
  const { year, days, geometry, selectedFirst, selectedLast, active, opened } = props;
  const weekdays = [0, 1, 2, 3, 4, 5, 6];
  return (
    <svg
      role="none"
      width={weekX(geometry.firstWeek + geometry.weeks, geometry) + 1}
      height={weekdayY(7, geometry) + 4}
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
            y={weekdayY(weekday, geometry) + geometry.dayPitch / 2 + 3}
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
                x={weekX(Math.max(geometry.firstWeek, placeOf(firstOfMonth(year, index + 2)).week), geometry)}
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
            d={rangeOutline(selectedFirst, selectedLast, geometry)}
            className="fill-ink/10 stroke-ink stroke-[1.5px] [stroke-linejoin:round]"
          />
        )}
        {opened !== null && <Square day={opened} geometry={geometry} className="stroke-ink stroke-2" />}
        {active !== null && <Square day={active} geometry={geometry} className="stroke-accent-ink stroke-2" />}
      </g>
    </svg>
  );
});

interface DayCellProps extends CalendarYearProps {
  readonly day: number;
}

function DayCell({ day, days, measure, levelOf, geometry, filtered, cellId, active }: DayCellProps) {
  const formats = useFormats();
  const partition = days.at(day);
  const marks = days.marksAt(day);
  const box = boxOf(day, geometry);
  const missing = marks.includes('missing');
  const level = partition && !missing ? levelOf(partition) : 0;
  const faded = filtered && partition?.failedChecks.length === 0;
  return (
    <>
      <rect
        id={cellId(day)}
        role="gridcell"
        aria-label={describeDay(day, days, measure, formats)}
        aria-selected={active === day}
        {...outlineOf(box, level === 0)}
        className={classNames(missing ? missingFill : levelFills[level], faded && 'opacity-25')}
      />
      <DayMarkSigns marks={marks} box={box} />
    </>
  );
}

/** Sharp at every size: a fill ends at a pixel's edge, a line of one pixel is drawn along one. */
export function outlineOf({ x, y, width, height }: DayBox, outlined: boolean) {
  const inset = outlined ? 0.5 : 0;
  return { x: x + inset, y: y + inset, width: width - 2 * inset, height: height - 2 * inset, rx: 2 };
}

function Square({ day, geometry, className }: { day: number; geometry: CalendarGeometry; className: string }) {
  const { x, y, width, height } = boxOf(day, geometry);
  return (
    <rect
      x={x - 0.5}
      y={y - 0.5}
      width={width + 1}
      height={height + 1}
      rx={2}
      className={classNames('fill-transparent', className)}
    />
  );
}

/** One line around the days of a year from the first to the last: whole columns but for the two ends. */
function rangeOutline(first: number, last: number, geometry: CalendarGeometry): string {
  const [begin, end] = [placeOf(first), placeOf(last)];
  const x = (week: number) => weekX(week, geometry) - 1;
  const y = (weekday: number) => weekdayY(weekday, geometry) - 1;
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
  if (partition?.locked) return `${name}: can’t be read`;
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
