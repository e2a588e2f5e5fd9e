import { z } from 'zod';

/** A day as `YYYY-MM-DD`, without a time zone: the key of a partition. */
export const calendarDateSchema = z.iso.date();

/** Whether a text is a day from 0001-01-01 to 9999-12-31, the ones that can be written as `YYYY-MM-DD`. */
export function isCalendarDate(text: string): boolean {
  return calendarDateSchema.safeParse(text).success && !text.startsWith('0000');
}

/** An instant as ISO 8601 in UTC, as `Date.toISOString` writes it. */
export const instantSchema = z.iso.datetime();
