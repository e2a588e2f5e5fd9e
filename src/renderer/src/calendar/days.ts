import { msPerDay } from '../../../contract/calendar';
import type { Partition } from '../../../contract/partitions';
import type { Formats } from '../format/formats';
import { hasFewRows } from './few-rows';

/** Days are counted from 1970, so that ranges and weeks are arithmetic. */
export function dayNumber(date: string): number {
  return Math.round(Date.parse(date) / msPerDay);
}

export function dateOf(day: number): string {
  return new Date(day * msPerDay).toISOString().slice(0, 10);
}

export function yearOf(day: number): number {
  return new Date(day * msPerDay).getUTCFullYear();
}

/** @param month from 1; 13 is the January after */
export function firstOfMonth(year: number, month: number): number {
  const time = new Date(0);
  // Not `Date.UTC`, for which the years 0 to 99 are those of the twentieth century.
  time.setUTCFullYear(year, month - 1, 1);
  return Math.round(time.getTime() / msPerDay);
}

/** 0 for Monday to 6 for Sunday; 1970 began on a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

export const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** `Monday, 2025-01-06` */
export function longDate(date: string, formats: Formats): string {
  return `${weekdayNames[weekdayOf(dayNumber(date))] ?? ''}, ${formats.dates(date)}`;
}

/** Consecutive days, both included, `first` not after `last`. */
export interface DayRange {
  readonly first: number;
  readonly last: number;
}

export function rangeOf(a: number, b: number): DayRange {
  return { first: Math.min(a, b), last: Math.max(a, b) };
}

/** A row of the calendar: a year, or years without a day, from the first to the last of them. */
export type CalendarRow =
  | { readonly kind: 'year'; readonly year: number }
  | { readonly kind: 'gap'; readonly first: number; readonly last: number };

/** Empty years between others that are drawn; more of them are one row, so that a slip in a date costs no more. */
const mostEmptyYears = 2;
/** Missing days that are looked at one by one; a longer gap counts in full and is looked at once. */
const mostMissingDays = 366;

/** Days with a mark, in order, and how many there are: of a long gap, only the first is listed. */
export interface MarkedDays {
  readonly days: readonly number[];
  readonly count: number;
}

/** The partitions of a warehouse by day, and the days from the first to the last that has any. */
export class Days {
  readonly #byDay: ReadonlyMap<number, Partition>;
  readonly first: number;
  readonly last: number;

  constructor(readonly partitions: readonly Partition[]) {
    this.#byDay = new Map(partitions.map((partition) => [dayNumber(partition.date), partition]));
    this.first = dayNumber(partitions.at(0)?.date ?? '1970-01-01');
    this.last = dayNumber(partitions.at(-1)?.date ?? '1970-01-01');
  }

  at(day: number): Partition | undefined {
    return this.#byDay.get(day);
  }

  includes(day: number): boolean {
    return day >= this.first && day <= this.last;
  }

  /** Whether any of the days from `first` to `last` lies within. */
  overlaps(first: number, last: number): boolean {
    return first <= this.last && last >= this.first;
  }

  clamp(day: number): number {
    return Math.max(this.first, Math.min(this.last, day));
  }

  /** Everything that marks a day, most worth knowing first. */
  marksAt(day: number): readonly DayMark[] {
    return this.#marks(day, this.#byDay.get(day));
  }

  /** The days that have a mark. */
  marked(mark: DayMark): MarkedDays {
    const days: number[] = [];
    let count = 0;
    let before = this.first - 1;
    for (const [day, partition] of this.#byDay) {
      const gap = day - before - 1;
      if (mark === 'missing' && gap > 0) {
        const listed = gap > mostMissingDays ? 1 : gap;
        for (let offset = 1; offset <= listed; offset += 1) days.push(before + offset);
        count += gap;
      }
      if (this.#marks(day, partition).includes(mark)) {
        days.push(day);
        count += 1;
      }
      before = day;
    }
    return { days, count };
  }

  #marks(day: number, partition: Partition | undefined): readonly DayMark[] {
    const marks = marksOf(partition);
    if (marks[0] === 'missing' || !hasFewRows(day, (other) => this.#byDay.get(other))) return marks;
    return ['few', ...marks];
  }

  /** The rows of a calendar, newest first. */
  rows(): CalendarRow[] {
    const years = [...new Set([...this.#byDay.keys()].map(yearOf))].toReversed();
    return years.flatMap((year, index): CalendarRow[] => {
      const before = years[index + 1] ?? year - 1;
      const empty = Array.from(
        { length: Math.min(year - before - 1, mostEmptyYears + 1) },
        (_, back) => year - 1 - back,
      );
      const between: CalendarRow[] =
        empty.length > mostEmptyYears
          ? [{ kind: 'gap', first: before + 1, last: year - 1 }]
          : empty.map((gap) => ({ kind: 'year', year: gap }));
      return [{ kind: 'year', year }, ...between];
    });
  }

  in({ first, last }: DayRange): Partition[] {
    return this.partitions.filter(({ date }) => {
      const day = dayNumber(date);
      return day >= first && day <= last;
    });
  }
}

/**
 * `few` is a day with far fewer rows than usual, which only its neighbours tell; `failing` has errors of checks, `warned`
 * only warnings.
 */
export type DayMark = 'missing' | 'damaged' | 'few' | 'stale' | 'failing' | 'warned';

/**
 * The marks of a day by itself, most worth knowing first. Failing checks come last: where the data has any mess, every
 * day has some. A day that was removed since the refresh is missing rather than stale.
 */
export function marksOf(partition: Partition | undefined): readonly DayMark[] {
  if (partition?.locked) return ['damaged'];
  if (!partition || partition.files === 0) return ['missing'];
  const marks: DayMark[] = [];
  if (partition.damagedFiles.length + partition.leftOutFiles.length > 0) marks.push('damaged');
  if (partition.stale) marks.push('stale');
  if (partition.failedChecks.some(({ severity }) => severity === 'error')) marks.push('failing');
  else if (partition.failedChecks.length > 0) marks.push('warned');
  return marks;
}
