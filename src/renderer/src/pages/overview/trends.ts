import type { Partition } from '../../../../contract/partitions';
import { dateOf, dayNumber } from '../partitions/days';

/** A figure by weeks: means a day of seven days each, the oldest first; the last week ends with the last day. */
export interface Trend {
  readonly weeks: readonly number[];
  /** The last week against the one before, as a share of that; null where there is nothing to compare with. */
  readonly change: number | null;
}

const daysOfWeek = 7;
/** Half a year: enough to see where it goes, few enough to be drawn small. */
const maxWeeks = 26;

/**
 * How a figure of the days went, from what is known of them without reading a row. Weeks are counted back from the last
 * day, so that none is partial. A day without files counts as nothing; one whose figure is unknown is left out.
 */
export function trendOf(partitions: readonly Partition[], figure: (day: Partition) => number | null): Trend {
  const days = partitions.filter(({ files }) => files > 0);
  const first = days[0];
  const last = days.at(-1);
  if (!first || !last) return { weeks: [], change: null };
  const byDate = new Map(days.map((day) => [day.date, day]));
  const end = dayNumber(last.date);
  const whole = Math.floor((end - dayNumber(first.date) + 1) / daysOfWeek);
  const weeks = Array.from({ length: Math.min(whole, maxWeeks) }, (_, back) =>
    meanOf(end - (back + 1) * daysOfWeek + 1, byDate, figure),
  )
    .filter((mean) => mean !== null)
    .toReversed();
  const [before, now] = weeks.slice(-2);
  return { weeks, change: before && now !== undefined ? now / before - 1 : null };
}

function meanOf(
  first: number,
  byDate: ReadonlyMap<string, Partition>,
  figure: (day: Partition) => number | null,
): number | null {
  const values = Array.from({ length: daysOfWeek }, (_, offset) => {
    const day = byDate.get(dateOf(first + offset));
    return day ? figure(day) : 0;
  }).filter((value) => value !== null);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
