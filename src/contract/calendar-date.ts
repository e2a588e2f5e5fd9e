import { z } from 'zod';

/** A day as `YYYY-MM-DD`, without a time zone: the key of a partition. */
export const calendarDateSchema = z.iso.date();

/** An instant as ISO 8601 in UTC, as `Date.toISOString` writes it. */
export const instantSchema = z.iso.datetime();
