import type { Partition } from '../../../../contract/warehouse';

export interface PartitionTotals {
  /** Days that have files. */
  readonly days: number;
  readonly files: number;
  readonly rows: number;
  readonly bytes: number;
  readonly damagedFiles: readonly string[];
}

/** What all partitions come to. */
export function totalsOf(partitions: readonly Partition[]): PartitionTotals {
  const sum = (amount: (partition: Partition) => number) =>
    partitions.reduce((total, partition) => total + amount(partition), 0);
  return {
    days: sum(({ files }) => (files > 0 ? 1 : 0)),
    files: sum(({ files }) => files),
    rows: sum(({ rows }) => rows),
    bytes: sum(({ bytes }) => bytes),
    damagedFiles: partitions.flatMap(({ damagedFiles }) => damagedFiles),
  };
}
