import type { Partition } from '../../contract/warehouse';
import type { EventFile } from './event-files';
import type { RowCounts } from './parquet-rows';

/** Groups event files by day, in the order of the days. */
export function partitionsOf(files: readonly EventFile[], rowCounts: RowCounts): Partition[] {
  const byDate = new Map<string, EventFile[]>();
  for (const file of files) byDate.set(file.date, [...(byDate.get(file.date) ?? []), file]);
  return [...byDate].map(([date, filesOfDay]) => ({
    date,
    files: filesOfDay.length,
    rows: sum(filesOfDay.map((file) => rowCounts.get(file.path) ?? 0)),
    bytes: sum(filesOfDay.map((file) => file.bytes)),
    modifiedAt: new Date(Math.max(...filesOfDay.map((file) => file.modifiedMs))).toISOString(),
    damagedFiles: filesOfDay.filter((file) => rowCounts.get(file.path) === null).map((file) => file.path),
  }));
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
