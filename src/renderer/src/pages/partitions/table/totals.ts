import type { Partition } from '../../../../../contract/partitions';
import type { DayRange } from '../../../calendar/days';

export interface PartitionTotals {
  /** Days that have files. */
  readonly days: number;
  readonly files: number;
  readonly rows: number;
  readonly bytes: number;
  readonly damagedFiles: readonly string[];
  readonly stale: number;
  readonly failing: number;
}

/** Totals of partitions. */
export function totalsOf(partitions: readonly Partition[]): PartitionTotals {
  const sum = (amount: (partition: Partition) => number) =>
    partitions.reduce((total, partition) => total + amount(partition), 0);
  return {
    days: sum(({ files }) => (files > 0 ? 1 : 0)),
    files: sum(({ files }) => files),
    rows: sum(({ rows }) => rows),
    bytes: sum(({ bytes }) => bytes),
    damagedFiles: partitions.flatMap(({ damagedFiles }) => damagedFiles),
    stale: sum(({ stale }) => (stale ? 1 : 0)),
    failing: sum(({ failedChecks }) => (failedChecks.length > 0 ? 1 : 0)),
  };
}

/** Days of a range without files. */
export function missingIn({ first, last }: DayRange, { days }: PartitionTotals): number {
  return last - first + 1 - days;
}
