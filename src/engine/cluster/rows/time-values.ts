import {
  DuckDBDateValue, DuckDBIntervalValue, DuckDBTimeNSValue, DuckDBTimestampNanosecondsValue, DuckDBTimestampTZValue,
  DuckDBTimestampValue, DuckDBTimeTZValue, DuckDBTimeValue, type DuckDBValue,
} from '@duckdb/node-api'; // prettier-ignore

/** A value that the stored type can't hold. */
export class OutOfRange extends Error {}

const datePattern = /^(?<year>[+-]?\d{4,})-(?<month>\d\d)-(?<day>\d\d)$/;
const timePattern = /^(?<hours>\d\d):(?<minutes>\d\d):(?<seconds>\d\d)(?:\.(?<fraction>\d+))?$/;
const offsetPattern = /^(?:GMT)?(?:(?<sign>[+-])(?<hours>\d\d):(?<minutes>\d\d)(?::(?<seconds>\d\d))?)?$/;
const daysPerEra = 146_097;
const daySeconds = 86_400;

/** `2024-02-29`, `-0976-01-01`, `+22024-01-01`. */
export function dateValue(text: string): DuckDBDateValue {
  const days = daysOf(text);
  return within(days, DuckDBDateValue.Min.days, DuckDBDateValue.Max.days, text, () => new DuckDBDateValue(days));
}

/** `23:59:59.123456`. @param digits of the fraction in the stored type, 6 or 9 */
export function timeValue(text: string, digits: number): DuckDBValue {
  const count = timeOf(text, digits);
  return digits === 9 ? new DuckDBTimeNSValue(count) : new DuckDBTimeValue(count);
}

/** `01:02:03.456+05:30`. */
export function timeWithZone(text: string): DuckDBTimeTZValue {
  const at = text.search(/[+-]/);
  return DuckDBTimeTZValue.fromMicrosAndOffset(timeOf(text.slice(0, at), 6), fixedOffset(text.slice(at)) ?? 0);
}

/** `2024-01-02 03:04:05.123456`. @param digits of the fraction in the stored type, 6 or 9 */
export function timestampValue(text: string, digits: number): DuckDBValue {
  const [date = '', time = ''] = text.split(' ');
  const count = localCount(date, time, digits);
  if (digits === 9) {
    const { Min, Max } = DuckDBTimestampNanosecondsValue;
    return within(count, Min.nanos, Max.nanos, text, () => new DuckDBTimestampNanosecondsValue(count));
  }
  const { Min, Max } = DuckDBTimestampValue;
  return within(count, Min.micros, Max.micros, text, () => new DuckDBTimestampValue(count));
}

/** `2024-07-02 03:04:05.123 Europe/Berlin`; the zone is UTC, an offset or a name. */
export function timestampWithZone(text: string): DuckDBTimestampTZValue {
  const [date = '', time = '', zone = ''] = text.split(' ');
  const local = localCount(date, time, 6);
  const offset = zone === 'UTC' ? 0 : (fixedOffset(zone) ?? namedOffset(zone, Number(local / 1_000n), text));
  const micros = local - BigInt(offset) * 1_000_000n;
  const { Min, Max } = DuckDBTimestampValue;
  return within(micros, Min.micros, Max.micros, text, () => new DuckDBTimestampTZValue(micros));
}

/** `-0-3`: years and months. */
export function yearsAndMonths(text: string): DuckDBIntervalValue {
  const [, sign, years = '0', months = '0'] = /^(-?)(\d+)-(\d+)$/.exec(text) ?? unreadable(text);
  const count = Number(years) * 12 + Number(months);
  return new DuckDBIntervalValue(sign === '-' ? -count : count, 0, 0n);
}

/** `-2 03:04:05.678`: days and a time. */
export function daysAndTime(text: string): DuckDBIntervalValue {
  const [, sign, days = '0', time = ''] = /^(-?)(\d+) (.+)$/.exec(text) ?? unreadable(text);
  const micros = timeOf(time, 6);
  if (sign === '-') return new DuckDBIntervalValue(0, -Number(days), -micros);
  return new DuckDBIntervalValue(0, Number(days), micros);
}

function localCount(date: string, time: string, digits: number): bigint {
  return BigInt(daysOf(date)) * BigInt(daySeconds) * 10n ** BigInt(digits) + timeOf(time, digits);
}

/** Days since 1970 in the proleptic Gregorian calendar; JavaScript's own dates end with the year 275760. */
function daysOf(text: string): number {
  const { year = '', month = '', day = '' } = datePattern.exec(text)?.groups ?? unreadable(text);
  // Years from March, so that a leap day is the last day of its year; 400 of them are an era.
  const marchYear = Number(year) - (Number(month) <= 2 ? 1 : 0);
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((Number(month) + 9) % 12) + 2) / 5) + Number(day) - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * daysPerEra + dayOfEra - 719_468;
}

/** Fractions of a second since midnight. */
function timeOf(text: string, digits: number): bigint {
  const { hours, minutes, seconds, fraction = '' } = timePattern.exec(text)?.groups ?? unreadable(text);
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return BigInt(`${whole}${fraction.padEnd(digits, '0')}`);
}

/** Seconds of `+05:30` or `GMT+05:30`; null for a name. */
function fixedOffset(zone: string): number | null {
  const found = offsetPattern.exec(zone)?.groups;
  if (!found || zone === '') return null;
  const { sign, hours = '0', minutes = '0', seconds = '0' } = found;
  const offset = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return sign === '-' ? -offset : offset;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * Seconds by which a zone's clocks were ahead when they showed a time. An hour that clocks show twice, in autumn, is
 * taken as the first one: the text doesn't say which it is.
 */
function namedOffset(zone: string, localMs: number, text: string): number {
  try {
    let format = formats.get(zone);
    if (!format) {
      format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
      formats.set(zone, format);
    }
    const shown = format;
    const at = (ms: number) =>
      fixedOffset(shown.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? '') ?? 0;
    // The offsets half a day before and after; of two that fit, the larger one is the earlier moment.
    const before = at(localMs - 43_200_000);
    return at(localMs - before * 1_000) === before ? before : at(localMs + 43_200_000);
  } catch {
    throw new OutOfRange(text);
  }
}

function within<N extends number | bigint, T>(count: N, min: N, max: N, text: string, make: () => T): T {
  if (count < min || count > max) throw new OutOfRange(text);
  return make();
}

function unreadable(text: string): never {
  throw new OutOfRange(text);
}
