import { z } from 'zod';

/** A day as `YYYY-MM-DD`, without a time zone: the key of a partition. */
export const calendarDateSchema = z.iso.date();

/** Whether a text is a day from 0001-01-01 to 9999-12-31, the range that `YYYY-MM-DD` can express. */
export function isCalendarDate(text: string): boolean {
  return calendarDateSchema.safeParse(text).success && !text.startsWith('0000');
}

/** An instant as ISO 8601 in UTC, as `Date.toISOString` writes it. */
export const instantSchema = z.iso.datetime();

/** Milliseconds of a day. UTC has no other days; leap seconds are not counted. */
export const msPerDay = 86_400_000;

/** Number of days from `start` to `end`, both included; NaN where one of them is not a date. */
export function daysBetween(start: string, end: string): number {
  return Math.round((Date.parse(end) - Date.parse(start)) / msPerDay) + 1;
}

/** The date `days` days after another, or before it where `days` is negative. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * msPerDay).toISOString().slice(0, 10);
}

/** The Monday of the week that a date is in: weeks start on Monday, as in DuckDB's `date_trunc`. */
export function mondayOf(date: string): string {
  return addDays(date, -((new Date(date).getUTCDay() + 6) % 7));
}
