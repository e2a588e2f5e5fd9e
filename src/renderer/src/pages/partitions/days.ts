import type { Partition } from '../../../../contract/partitions';
import { formatDates } from '../../format/time';

const dayMs = 86_400_000;

/** Days are counted from 1970, so that ranges and weeks are arithmetic. */
export function dayNumber(date: string): number {
  return Math.round(Date.parse(date) / dayMs);
}

export function dateOf(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** 0 for Monday to 6 for Sunday; 1970 began on a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

export const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** `Monday, 2025-01-06` */
export function longDate(date: string): string {
  return `${weekdayNames[weekdayOf(dayNumber(date))] ?? ''}, ${formatDates(date)}`;
}

/** Consecutive days, both included, `first` not after `last`. */
export interface DayRange {
  readonly first: number;
  readonly last: number;
}

export function rangeOf(a: number, b: number): DayRange {
  return { first: Math.min(a, b), last: Math.max(a, b) };
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

  /** The days that have a mark, in order. */
  marked(mark: DayMark): number[] {
    return Array.from({ length: this.last - this.first + 1 }, (_, offset) => this.first + offset).filter(
      (day) => markOf(this.at(day)) === mark,
    );
  }

  in({ first, last }: DayRange): Partition[] {
    return this.partitions.filter(({ date }) => {
      const day = dayNumber(date);
      return day >= first && day <= last;
    });
  }
}

export type DayMark = 'missing' | 'failing' | 'stale' | 'none';

/** What is most worth knowing of a day. A day that was removed since the refresh is missing rather than stale. */
export function markOf(partition: Partition | undefined): DayMark {
  if (!partition || partition.files === 0) return 'missing';
  if (partition.damagedFiles.length > 0 || partition.failedChecks.length > 0) return 'failing';
  return partition.stale ? 'stale' : 'none';
}
