import type { Partition } from '../../../../contract/partitions';
import { dateOf, dayNumber } from '../../calendar/days';

/** A figure by weeks: means per day of seven days each, the oldest first. */
export interface Trend {
  readonly weeks: readonly number[];
  /** The day that the last week ends with; null where there is no week. */
  readonly last: string | null;
  /** The last week against the one before, as a share of that; null where there is nothing to compare with. */
  readonly change: number | null;
}

const daysOfWeek = 7;
/** Half a year: enough to see where it goes, few enough to be drawn small. */
const maxWeeks = 26;
const noTrend: Trend = { weeks: [], last: null, change: null };

/**
 * How a figure of the days went, from what is known of them without reading a row. Weeks are counted back from the last
 * day that ends one of which the figure is known for all days, so that none is partial; they end where a day is not
 * known. A day without files counts as nothing.
 * @param figure null where it is not known of a day
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

/** Over the seven days up to `end`; null where the figure of one of them is not known. */
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
 * Users of a day as the last refresh counted them; null where it has not seen the day as it is now.
 * @param isCounted whether a refresh has counted users at all
 */
export function usersOf({ users, stale }: Partition, isCounted: boolean): number | null {
  return isCounted && !stale ? (users ?? 0) : null;
}
