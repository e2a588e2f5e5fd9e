import type { Partition } from '../../../../../contract/partitions';
import type { DayRange } from '../../../calendar/days';
import { sum } from '../../../../../contract/sum';

export interface PartitionTotals {
  /** Days that have files, and those whose folders can't be read. */
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
  const total = (amount: (partition: Partition) => number) => sum(partitions.map(amount));
  return {
    days: total(({ files, locked }) => (files > 0 || locked ? 1 : 0)),
    files: total(({ files }) => files),
    rows: total(({ rows }) => rows),
    bytes: total(({ bytes }) => bytes),
    damagedFiles: partitions.flatMap(({ damagedFiles }) => damagedFiles),
    stale: total(({ stale }) => (stale ? 1 : 0)),
    failing: total(({ failedChecks }) => (failedChecks.length > 0 ? 1 : 0)),
  };
}

/** Days of a range without files. */
export function missingIn({ first, last }: DayRange, { days }: PartitionTotals): number {
  return last - first + 1 - days;
}
