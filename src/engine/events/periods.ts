import { isCalendarDate, mondayOf, msPerDay } from '../../contract/calendar';
import type { PeriodUnit } from '../../contract/warehouse';

/** A longer span is a mistake in the data, and recomputing everything is faster than listing its periods. */
const maxPeriods = 5_000;

const lastDay = '9999-12-31';

/** Days from `first` to `last`, both included, as `YYYY-MM-DD`. */
export interface DaySpan {
  readonly first: string;
  readonly last: string;
}

/** First day of the period that contains `date`. */
function periodStart(date: string, unit: PeriodUnit): string {
  if (unit === 'day') return date;
  if (unit === 'month') return `${date.slice(0, 7)}-01`;
  return mondayOf(date);
}

/** All days of the period that starts on `start`, up to the end of the calendar. */
export function spanOfPeriod(start: string, unit: PeriodUnit): DaySpan {
  if (unit === 'day') return { first: start, last: start };
  if (unit === 'week') return { first: start, last: addDays(start, 6) };
  const next = new Date(start);
  next.setUTCMonth(next.getUTCMonth() + 1);
  return { first: start, last: isoDate(next.getTime() - msPerDay) };
}

/** Periods that overlap a span, by their first days; null if they are too many or the span can't be parsed. */
export function periodsTouched({ first, last }: DaySpan, unit: PeriodUnit): string[] | null {
  if (!isCalendarDate(first) || !isCalendarDate(last)) return null;
  const periods: string[] = [];
  for (let start = periodStart(first, unit); start <= last;) {
    if (periods.push(start) > maxPeriods) return null;
    const end = spanOfPeriod(start, unit).last;
    if (end === lastDay) break;
    start = addDays(end, 1);
  }
  return periods;
}

/** Joins consecutive days into spans, to keep SQL short. `days` are in order. */
export function spansOf(days: readonly string[]): DaySpan[] {
  const spans: DaySpan[] = [];
  for (const day of days) {
    const current = spans.at(-1);
    if (current && addDays(current.last, 1) === day) spans[spans.length - 1] = { ...current, last: day };
    else spans.push({ first: day, last: day });
  }
  return spans;
}

export function overlaps(a: DaySpan, b: DaySpan): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** Not beyond the last day of the calendar. */
function addDays(date: string, days: number): string {
  return isoDate(Date.parse(date) + days * msPerDay);
}

function isoDate(time: number): string {
  return time > Date.parse(lastDay) ? lastDay : new Date(time).toISOString().slice(0, 10);
}
