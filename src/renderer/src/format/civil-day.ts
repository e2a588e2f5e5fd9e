import { msPerDay } from '../../../contract/calendar';

/** A day of the proleptic Gregorian calendar. Astronomical years: 0 is the year before 1. */
export interface CivilDay {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
}

/**
 * The calendar day of a day number (0 is 1970-01-01), by the arithmetic of Howard Hinnant's `civil_from_days`: `Date`
 * ends at the year 275760, DuckDB's dates do not.
 */
export function civilFromDays(days: number): CivilDay {
  const shifted = days + 719_468;
  const eraIndex = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - eraIndex * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return { year: yearOfEra + eraIndex * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** The calendar day of a time in milliseconds since 1970, UTC. */
export function civilDayOf(time: number): CivilDay {
  return civilFromDays(Math.floor(time / msPerDay));
}

/** The first instant of a month, in milliseconds since 1970, UTC. `Date.UTC` takes the years 0 to 99 for 1900 to 1999. */
export function startOfMonth(months: number): number {
  const year = Math.floor(months / 12);
  const month = months - year * 12 + 1;
  // `days_from_civil`, the inverse of the above, for the first day of a month.
  const shiftedYear = month <= 2 ? year - 1 : year;
  const eraIndex = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - eraIndex * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5);
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return (eraIndex * 146_097 + dayOfEra - 719_468) * msPerDay;
}

/** Months since the beginning of the year 0, of a time in milliseconds since 1970, UTC. */
export function monthOf(time: number): number {
  const { year, month } = civilDayOf(time);
  return year * 12 + month - 1;
}

/** A year in words: years before 1 count backwards. */
export function yearText(year: number): string {
  return year > 0 ? String(year) : `${1 - year} BC`;
}
