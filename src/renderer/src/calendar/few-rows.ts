import type { Partition } from '../../../contract/partitions';

/** The same weekdays that a day is compared with, on each side. */
const weeksCompared = 4;
/** A day has few rows below this share of the usual number on both sides: weekends and holidays have more. */
const share = 0.15;
/** Of fewer rows, chance alone makes that little. */
const fewestUsual = 20;

/**
 * Whether a day has far fewer rows than the same weekday in the weeks before and after it, as on the day of an outage.
 * Where weeks before and after differ, as around a launch, the smaller of the two counts.
 *
 * @param at the partition of a day, counted from 1970
 */
export function hasFewRows(day: number, at: (day: number) => Partition | undefined): boolean {
  const partition = at(day);
  if (!isComparable(partition)) return false;
  const medians = [-7, 7].flatMap((step) => {
    const rows: number[] = [];
    for (let week = 1; week <= weeksCompared; week += 1) {
      const other = at(day + week * step);
      if (isComparable(other)) rows.push(other.rows);
    }
    return rows.toSorted((a, b) => a - b)[Math.floor(rows.length / 2)] ?? [];
  });
  if (medians.length === 0) return false;
  const usual = Math.min(...medians);
  return usual >= fewestUsual && partition.rows < usual * share;
}

/** A day without files is missing, and of a damaged file nobody knows the rows. */
function isComparable(partition: Partition | undefined): partition is Partition {
  return partition !== undefined && partition.files > 0 && partition.damagedFiles.length === 0;
}
