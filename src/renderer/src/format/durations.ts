import { msPerDay } from '../../../contract/calendar';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Durations in milliseconds as text, in one number format of the settings. */
export interface DurationFormats {
  /** In readable precision: `83 ms`, `1.4 s`, `2 min 05 s`, `1 h 02 min`. */
  readonly duration: (milliseconds: number) => string;
  /** Elapsed time of constant width: `0.4 s`, `12.0 s`, `2:05`. */
  readonly elapsed: (milliseconds: number) => string;
}

/** @param separated Gives a number in English notation the separators of the format. */
export function durationsIn(separated: (number: string) => string): DurationFormats {
  const inSeconds = (milliseconds: number) => `${separated((milliseconds / second).toFixed(1))} s`;
  return {
    duration: (milliseconds) => {
      const ms = Math.max(0, milliseconds);
      if (ms < second) return `${Math.floor(ms)} ms`;
      // 9.95 s and 59.5 s would round up into the next unit.
      if (ms < 9.95 * second) return inSeconds(ms);
      if (ms < 59.5 * second) return `${Math.round(ms / second)} s`;
      const seconds = Math.round(ms / second);
      if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`;
      const minutes = Math.round(ms / minute);
      return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
    },
    elapsed: (milliseconds) => {
      if (milliseconds < minute) return inSeconds(Math.max(0, milliseconds));
      const seconds = Math.floor(milliseconds / second);
      return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
    },
  };
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

/** How long ago an instant was, for small spaces: `now`, `3 min`, `2 h`, `5 d`. */
export function formatAge(instant: string, now: number): string {
  const age = now - Date.parse(instant);
  if (age < minute) return 'now';
  if (age < hour) return `${Math.floor(age / minute)} min`;
  if (age < msPerDay) return `${Math.floor(age / hour)} h`;
  return `${Math.floor(age / msPerDay)} d`;
}

/** An age in words, `just now`, `3 minutes ago`, `yesterday`; null from 14 days, when a date says more. */
export function formatRecentAge(milliseconds: number): string | null {
  if (milliseconds < minute) return 'just now';
  if (milliseconds < hour) return units(milliseconds / minute, 'minute');
  if (milliseconds < msPerDay) return units(milliseconds / hour, 'hour');
  if (milliseconds < 2 * msPerDay) return 'yesterday';
  if (milliseconds < 14 * msPerDay) return units(milliseconds / msPerDay, 'day');
  return null;
}

function units(amount: number, unit: string): string {
  const whole = Math.floor(amount);
  return `${whole} ${unit}${whole === 1 ? '' : 's'} ago`;
}

const two = (value: number): string => String(value).padStart(2, '0');
