import type { Partition } from '../../../../contract/partitions';
import { dateOf, dayNumber } from '../../calendar/days';

/** A figure by weeks: means per day over seven days each, the oldest first. */
export interface Trend {
  readonly weeks: readonly number[];
  /** The last day of the last week; null without a week. */
  readonly last: string | null;
  /** Relative change of the last week; null without a basis for comparison. */
  readonly change: number | null;
}

const daysOfWeek = 7;
/** Half a year: enough to show the trend, few enough for a small drawing. */
const maxWeeks = 26;
const noTrend: Trend = { weeks: [], last: null, change: null };

/**
 * The trend of a daily figure, without reading a row. Weeks are counted back from the latest day at which all seven
 * values are known, so that none is partial; they stop at an unknown day. A day without files counts as zero.
 * @param figure null if unknown for a day
 */
export function trendOf(partitions: readonly Partition[], figure: (day: Partition) => number | null): Trend {
  const days = partitions.filter(({ files }) => files > 0);
  const first = days[0];
  if (!first) return noTrend;
  const byDate = new Map(days.map((day) => [day.date, day]));
  const firstDay = dayNumber(first.date);
  const weekBefore = (end: number) => (end - daysOfWeek + 1 < firstDay ? null : meanOf(end, byDate, figure));
  const last = days.findLast(({ date }) => weekBefore(dayNumber(date)) !== null)?.date;
  if (last === undefined) return noTrend;
  const weeks: number[] = [];
  for (let end = dayNumber(last); weeks.length < maxWeeks; end -= daysOfWeek) {
    const mean = weekBefore(end);
    if (mean === null) break;
    weeks.unshift(mean);
  }
  const [before, now] = weeks.slice(-2);
  return { weeks, last, change: before && now !== undefined ? now / before - 1 : null };
}

/** Over the seven days up to `end`; null if one of the values is unknown. */
function meanOf(
  end: number,
  byDate: ReadonlyMap<string, Partition>,
  figure: (day: Partition) => number | null,
): number | null {
  let sum = 0;
  for (let day = end - daysOfWeek + 1; day <= end; day += 1) {
    const partition = byDate.get(dateOf(day));
    const value = partition ? figure(partition) : 0;
    if (value === null) return null;
    sum += value;
  }
  return sum / daysOfWeek;
}

/**
 * Users of a day as counted by the last refresh; null if the day has changed since.
 * @param isCounted whether any refresh has counted users
 */
export function usersOf({ users, stale }: Partition, isCounted: boolean): number | null {
  return isCounted && !stale ? (users ?? 0) : null;
}
