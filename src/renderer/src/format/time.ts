import { civilDayOf } from './civil-day';
import { joinDate, joinDayOfYear, joinMonth, withSeparators } from './formats';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const two = (value: number): string => String(value).padStart(2, '0');

/** A duration in readable precision: `83 ms`, `1.4 s`, `2 min 05 s`, `1 h 02 min`. */
export function formatDuration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < second) return `${Math.floor(ms)} ms`;
  // 9.95 s and 59.5 s would round up into the next unit.
  if (ms < 9.95 * second) return `${withSeparators((ms / second).toFixed(1))} s`;
  if (ms < 59.5 * second) return `${Math.round(ms / second)} s`;
  const seconds = Math.round(ms / second);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`;
  const minutes = Math.round(ms / minute);
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

/** A duration in one unit, for axis labels: `10 ms`, `1 s`, `10 min`, `1 h`. */
export function formatRound(milliseconds: number): string {
  const scale = [
    [60 * minute, 'h'],
    [minute, 'min'],
    [second, 's'],
  ] as const;
  const [length, unit] = scale.find(([least]) => milliseconds >= least) ?? [1, 'ms'];
  return `${milliseconds / length} ${unit}`;
}

/** Elapsed time of constant width: `0.4 s`, `12.0 s`, `2:05`. */
export function formatElapsed(milliseconds: number): string {
  if (milliseconds < minute) return `${withSeparators((Math.max(0, milliseconds) / second).toFixed(1))} s`;
  const seconds = Math.floor(milliseconds / second);
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
}

/** Local date and time of an instant: `2025-11-23 19:34`. */
export function formatInstant(instant: string): string {
  const date = new Date(instant);
  return `${formatLocalDay(date)} ${formatLocalTime(date)}`;
}

/** Local time of day: `19:34`. */
export function formatTimeOfDay(instant: string): string {
  return formatLocalTime(new Date(instant));
}

/** Local date: `2025-11-23`. */
export function formatDayOf(instant: string): string {
  return formatLocalDay(new Date(instant));
}

/** The same without its year, for small spaces. */
export function formatShortDayOf(instant: string): string {
  const date = new Date(instant);
  return joinDayOfYear(two(date.getMonth() + 1), two(date.getDate()));
}

/** A day of the data, or a text with ISO dates, in the user's format. */
export function formatDates(text: string): string {
  return text.replace(/\b(\d{4})-(\d\d)-(\d\d)\b/g, (_, year: string, month: string, ofMonth: string) =>
    joinDate(year, month, ofMonth),
  );
}

/** The day of a time in milliseconds: `2025-11-23`; also beyond the range of `Date`. */
export function formatDayUtc(time: number): string {
  const { year, month, day: ofMonth } = civilDayOf(time);
  return `${joinDate(fourDigits(year), two(month), two(ofMonth))}${year > 0 ? '' : ' (BC)'}`;
}

/** Its month: `2025-11`. */
export function formatMonthUtc(time: number): string {
  const { year, month } = civilDayOf(time);
  return `${joinMonth(fourDigits(year), two(month))}${year > 0 ? '' : ' (BC)'}`;
}

const fourDigits = (year: number): string => String(year > 0 ? year : 1 - year).padStart(4, '0');

function formatLocalDay(date: Date): string {
  return joinDate(String(date.getFullYear()), two(date.getMonth() + 1), two(date.getDate()));
}

function formatLocalTime(date: Date): string {
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** How long ago an instant was: `just now`, `3 minutes ago`, `yesterday`; a date for older ones. */
export function formatAgo(instant: string, now: number): string {
  const ago = now - Date.parse(instant);
  if (ago < minute) return 'just now';
  if (ago < hour) return units(ago / minute, 'minute');
  if (ago < day) return units(ago / hour, 'hour');
  if (ago < 2 * day) return 'yesterday';
  if (ago < 14 * day) return units(ago / day, 'day');
  return `on ${formatDayOf(instant)}`;
}

/** The same for small spaces: `now`, `3 min`, `2 h`, `5 d`. */
export function formatAge(instant: string, now: number): string {
  const ago = now - Date.parse(instant);
  if (ago < minute) return 'now';
  if (ago < hour) return `${Math.floor(ago / minute)} min`;
  if (ago < day) return `${Math.floor(ago / hour)} h`;
  return `${Math.floor(ago / day)} d`;
}

function units(amount: number, unit: string): string {
  const whole = Math.floor(amount);
  return `${whole} ${unit}${whole === 1 ? '' : 's'} ago`;
}
