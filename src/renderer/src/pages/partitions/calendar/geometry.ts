import { dateOf, firstOfMonth, weekdayOf, yearOf, type Days } from '../../../calendar/days';

/** Room for the names of weekdays; the year's number stands where January would. */
export const labelWidth = 28;
export const monthHeight = 18;
/** Below the days of a year. */
const yearGap = 14;
/** As many columns as a year can have: a leap year that begins on a Sunday. */
const weeksOfYear = 54;
const smallest = 10;
const largest = 40;
/** Days may be this much higher than wide, to use the height of the card. */
const highest = 2;

/** Where the days of a calendar are drawn, in pixels. Columns fill the width exactly, so their width is a fraction. */
export interface CalendarGeometry {
  /** From one week to the next. */
  readonly weekPitch: number;
  /** From one day to the next; a whole number. */
  readonly dayPitch: number;
  /** The week of a year in the first column, and the number of columns. */
  readonly firstWeek: number;
  readonly weeks: number;
  /** From one year to the next. */
  readonly yearHeight: number;
}

interface Room {
  readonly width: number;
  readonly height: number;
}

/**
 * The geometry that fills the given room: the width always, the height as far as the days stay near squares. Days of a
 * single year have only the columns of their weeks.
 */
export function geometryOf({ width, height }: Room, days: Pick<Days, 'first' | 'last' | 'rows'>): CalendarGeometry {
  const years = days.rows().length;
  const single = yearOf(days.first) === yearOf(days.last);
  const firstWeek = single ? placeOf(days.first).week : 0;
  const weeks = single ? placeOf(days.last).week - firstWeek + 1 : weeksOfYear;
  const weekPitch = Math.max(smallest, Math.min(largest, (width - labelWidth - 1) / weeks));
  const fitting = Math.floor((height / years - monthHeight - yearGap) / 7);
  const square = Math.floor(weekPitch);
  const dayPitch = Math.max(square, Math.min(fitting, largest, Math.floor(weekPitch * highest)));
  return { weekPitch, dayPitch, firstWeek, weeks, yearHeight: monthHeight + 7 * dayPitch + yearGap };
}

/** The box of a day without its gap to the next; sharp, since its edges are at whole pixels. */
export interface DayBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The left edge of a week's column. */
export function weekX(week: number, { weekPitch, firstWeek }: CalendarGeometry): number {
  return labelWidth + Math.round((week - firstWeek) * weekPitch);
}

export const weekdayY = (weekday: number, { dayPitch }: CalendarGeometry): number => monthHeight + weekday * dayPitch;

export function boxOf(day: number, geometry: CalendarGeometry): DayBox {
  const { week, weekday } = placeOf(day);
  const x = weekX(week, geometry);
  return {
    x,
    y: weekdayY(weekday, geometry),
    width: weekX(week + 1, geometry) - x - 2,
    height: geometry.dayPitch - 2,
  };
}

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

/** The opposite of {@link boxOf}: the day at a point of a year's picture; null if there is none of that year. */
export function dayAtPoint(year: number, x: number, y: number, geometry: CalendarGeometry): number | null {
  const weekday = Math.floor((y - monthHeight) / geometry.dayPitch);
  const column = Math.floor((x - labelWidth) / geometry.weekPitch);
  if (weekday < 0 || weekday > 6 || column < 0 || column >= geometry.weeks) return null;
  const day = dayAt(year, geometry.firstWeek + column, weekday);
  return Number(dateOf(day).slice(0, 4)) === year ? day : null;
}
