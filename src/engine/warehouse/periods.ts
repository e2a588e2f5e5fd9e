import type { PeriodUnit } from '../../contract/warehouse';

const msPerDay = 86_400_000;

/** Beyond this many periods a span is a slip in the data, and recomputing everything is quicker than listing them. */
const maxPeriods = 5_000;

/** Days from `first` to `last`, both included, as `YYYY-MM-DD`. */
export interface DaySpan {
  readonly first: string;
  readonly last: string;
}

/** First day of the period that `date` lies in; weeks start on Monday, as in DuckDB's `date_trunc`. */
function periodStart(date: string, unit: PeriodUnit): string {
  if (unit === 'day') return date;
  if (unit === 'month') return `${date.slice(0, 7)}-01`;
  const time = Date.parse(date);
  const daysSinceMonday = (new Date(time).getUTCDay() + 6) % 7;
  return isoDate(time - daysSinceMonday * msPerDay);
}

/** All days of the period that starts on `start`. */
export function spanOfPeriod(start: string, unit: PeriodUnit): DaySpan {
  return { first: start, last: dayBefore(nextPeriod(start, unit)) };
}

/** Periods that a span touches, by their first days; null where they are too many or the span can't be understood. */
export function periodsTouched({ first, last }: DaySpan, unit: PeriodUnit): string[] | null {
  if (!isDay(first) || !isDay(last)) return null;
  const periods: string[] = [];
  for (let start = periodStart(first, unit); start <= last; start = nextPeriod(start, unit)) {
    if (periods.push(start) > maxPeriods) return null;
  }
  return periods;
}

/** Consecutive days joined into spans, for short SQL. `days` are in order. */
export function spansOf(days: readonly string[]): DaySpan[] {
  const spans: DaySpan[] = [];
  for (const day of days) {
    const current = spans.at(-1);
    if (current && nextPeriod(current.last, 'day') === day) spans[spans.length - 1] = { ...current, last: day };
    else spans.push({ first: day, last: day });
  }
  return spans;
}

export function overlaps(a: DaySpan, b: DaySpan): boolean {
  return a.first <= b.last && b.first <= a.last;
}

function nextPeriod(start: string, unit: PeriodUnit): string {
  if (unit === 'day') return isoDate(Date.parse(start) + msPerDay);
  if (unit === 'week') return isoDate(Date.parse(start) + 7 * msPerDay);
  const [year = 0, month = 0] = start.split('-').map(Number);
  return isoDate(Date.UTC(year, month, 1));
}

function dayBefore(date: string): string {
  return isoDate(Date.parse(date) - msPerDay);
}

function isoDate(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** DuckDB writes years outside 1 to 9999, and infinity, in ways that are no day here. */
function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}
