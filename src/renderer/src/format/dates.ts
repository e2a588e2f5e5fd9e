import type { Settings } from '../../../contract/settings';
import { civilDayOf } from './civil-day';
import { formatRecentAge } from './durations';

/** Days, months and instants as text, in one date format of the settings. */
export interface DateFormats {
  /** Local date and time of an instant: `2025-11-23 19:34`. */
  readonly instant: (instant: string) => string;
  /** Local date of an instant: `2025-11-23`. */
  readonly dayOf: (instant: string) => string;
  /** The same without its year, for small spaces: `11-23`, `23.11.`, `11/23`. */
  readonly shortDayOf: (instant: string) => string;
  /** A day of the data, or a text with ISO dates. */
  readonly dates: (text: string) => string;
  /** A day or a month (`2025-11`) in this format. */
  readonly dayOrMonth: (iso: string) => string;
  /** The opposite: a typed day or month, in this format or in ISO, as ISO; any other text as it is. */
  readonly parseDayOrMonth: (text: string) => string;
  /** The day of a time in milliseconds: `2025-11-23`; also beyond the range of `Date`. */
  readonly dayUtc: (time: number) => string;
  /** Its month: `2025-11`, `11.2025`, `11/2025`. */
  readonly monthUtc: (time: number) => string;
  /** A day with the name of its month: `23 Nov`, `Nov 23`. */
  readonly dayAndMonthName: (day: number, monthName: string) => string;
  /** How long ago an instant was: `just now`, `3 minutes ago`, `yesterday`; a date for older ones. */
  readonly ago: (instant: string, now: number) => string;
}

/** How a format puts the parts of a date together. */
interface DateOrder {
  readonly day: (year: string, month: string, day: string) => string;
  readonly month: (year: string, month: string) => string;
  readonly shortDay: (month: string, day: string) => string;
  readonly named: (day: number, monthName: string) => string;
  /** A day or a month as it is typed. */
  readonly typed: RegExp;
}

const orders: Record<Settings['dateFormat'], DateOrder> = {
  iso: {
    day: (year, month, day) => `${year}-${month}-${day}`,
    month: (year, month) => `${year}-${month}`,
    shortDay: (month, day) => `${month}-${day}`,
    named: (day, monthName) => `${day} ${monthName}`,
    typed: /^(?<year>\d{4})-(?<month>\d\d?)(?:-(?<day>\d\d?))?$/,
  },
  'day-first': {
    day: (year, month, day) => `${day}.${month}.${year}`,
    month: (year, month) => `${month}.${year}`,
    shortDay: (month, day) => `${day}.${month}.`,
    named: (day, monthName) => `${day} ${monthName}`,
    typed: /^(?:(?<day>\d\d?)\.)?(?<month>\d\d?)\.(?<year>\d{4})$/,
  },
  'month-first': {
    day: (year, month, day) => `${month}/${day}/${year}`,
    month: (year, month) => `${month}/${year}`,
    shortDay: (month, day) => `${month}/${day}`,
    named: (day, monthName) => `${monthName} ${day}`,
    typed: /^(?<month>\d\d?)\/(?:(?<day>\d\d?)\/)?(?<year>\d{4})$/,
  },
};

export function datesIn(format: Settings['dateFormat']): DateFormats {
  const order = orders[format];
  const localDay = (date: Date) => order.day(String(date.getFullYear()), two(date.getMonth() + 1), two(date.getDate()));
  const dayOf = (instant: string) => localDay(new Date(instant));
  return {
    instant: (instant) => `${dayOf(instant)} ${formatTimeOfDay(instant)}`,
    dayOf,
    shortDayOf: (instant) => {
      const date = new Date(instant);
      return order.shortDay(two(date.getMonth() + 1), two(date.getDate()));
    },
    dates: (text) =>
      text.replace(/\b(\d{4})-(\d\d)-(\d\d)\b/g, (_, year: string, month: string, day: string) =>
        order.day(year, month, day),
      ),
    dayOrMonth: (iso) => {
      const [, year, month, day] = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(iso) ?? [];
      if (year === undefined || month === undefined) return iso;
      return day === undefined ? order.month(year, month) : order.day(year, month, day);
    },
    parseDayOrMonth: (text) => {
      const { year, month, day } = order.typed.exec(text.trim())?.groups ?? {};
      if (year === undefined || month === undefined) return text.trim();
      return [year, ...[month, day ?? []].flat().map((part) => part.padStart(2, '0'))].join('-');
    },
    dayUtc: (time) => {
      const { year, month, day } = civilDayOf(time);
      return withEra(year, order.day(fourDigits(year), two(month), two(day)));
    },
    monthUtc: (time) => {
      const { year, month } = civilDayOf(time);
      return withEra(year, order.month(fourDigits(year), two(month)));
    },
    dayAndMonthName: order.named,
    ago: (instant, now) => formatRecentAge(now - Date.parse(instant)) ?? `on ${dayOf(instant)}`,
  };
}

/** Local time of day: `19:34`. */
export function formatTimeOfDay(instant: string): string {
  const date = new Date(instant);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** The year 0 is 1 BC. */
const fourDigits = (year: number): string => String(year > 0 ? year : 1 - year).padStart(4, '0');

const withEra = (year: number, text: string): string => (year > 0 ? text : `${text} (BC)`);
