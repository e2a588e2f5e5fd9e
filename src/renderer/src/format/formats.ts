import { readSeparated, separate } from '../../../contract/number-format';
import type { Settings } from '../../../contract/settings';

export type Formats = Pick<Settings, 'numberFormat' | 'dateFormat'>;

/** Formats of the whole window. The shell sets them and redraws everything. */
let current: Formats = { numberFormat: 'comma', dateFormat: 'iso' };

export function setFormats({ numberFormat, dateFormat }: Formats): void {
  current = { numberFormat, dateFormat };
}

/** A number in English notation, with the user's separators. */
export function withSeparators(number: string): string {
  return separate(number, current.numberFormat);
}

/** Parses a typed number; NaN if it isn't one. */
export function parseNumber(text: string): number {
  return readSeparated(text, current.numberFormat);
}

/** A calendar day in the user's format. */
export function joinDate(year: string, month: string, day: string): string {
  if (current.dateFormat === 'day-first') return `${day}.${month}.${year}`;
  if (current.dateFormat === 'month-first') return `${month}/${day}/${year}`;
  return `${year}-${month}-${day}`;
}

/** A month in the user's format: `2025-11`, `11.2025`, `11/2025`. */
export function joinMonth(year: string, month: string): string {
  if (current.dateFormat === 'day-first') return `${month}.${year}`;
  if (current.dateFormat === 'month-first') return `${month}/${year}`;
  return `${year}-${month}`;
}

/** A day without its year: `11-24`, `24.11.`, `11/24`. */
export function joinDayOfYear(month: string, day: string): string {
  if (current.dateFormat === 'day-first') return `${day}.${month}.`;
  if (current.dateFormat === 'month-first') return `${month}/${day}`;
  return `${month}-${day}`;
}

/** A day with the name of its month: `24 Nov`, `Nov 24`. */
export function joinDayAndMonthName(day: string, monthName: string): string {
  return current.dateFormat === 'month-first' ? `${monthName} ${day}` : `${day} ${monthName}`;
}
