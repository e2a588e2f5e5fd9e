import { sum } from '../../contract/sum';
import type { Partition } from '../../contract/partitions';
import type { Check } from '../../contract/refresh-summary';
import type { EventFile } from '../events/event-files';
import type { RowCounts } from '../events/parquet-rows';
import type { DayFacts } from '../records/day-facts';

/** The totals of a day's files. */
export type DayFiles = Pick<Partition, 'date' | 'files' | 'rows' | 'bytes' | 'modifiedAt' | 'damagedFiles'>;

/** The last refresh's records of the days. */
export interface KnownDays {
  readonly staleDays: readonly string[];
  /** Days whose folders can't be read. */
  readonly lockedDays: readonly string[];
  /** Existing files that the refresh left out. */
  readonly leftOut: readonly EventFile[];
  readonly users: ReadonlyMap<string, number>;
  readonly checks: readonly Check[];
}

/** Groups event files by day, in the order of the days. */
export function filesByDay(files: readonly EventFile[], rowCounts: RowCounts): DayFiles[] {
  const byDate = new Map<string, EventFile[]>();
  for (const file of files) {
    const others = byDate.get(file.date);
    if (others) others.push(file);
    else byDate.set(file.date, [file]);
  }
  return [...byDate].map(([date, filesOfDay]) => ({
    date,
    files: filesOfDay.length,
    rows: sum(filesOfDay.map((file) => rowCounts.get(file.path) ?? 0)),
    bytes: sum(filesOfDay.map((file) => file.bytes)),
    modifiedAt: new Date(latest(filesOfDay)).toISOString(),
    damagedFiles: filesOfDay.filter((file) => rowCounts.get(file.path) === null).map((file) => file.path),
  }));
}

/** The days on a cluster, as its refresh recorded them. */
export function recordedDays(facts: readonly DayFacts[]): DayFiles[] {
  return facts.map(({ date, files, bronzeRows: rows, bytes }) => ({ ...withoutFiles(date), files, rows, bytes }));
}

/**
 * The days that have files now or had some at the last refresh, and those whose folders can't be read, each with the
 * refresh's records of it.
 */
export function partitionsOf(days: readonly DayFiles[], known: KnownDays): Partition[] {
  const stale = new Set(known.staleDays);
  const failed = failedChecksByDay(known.checks);
  const present = new Set(days.map(({ date }) => date));
  const gone = known.staleDays.filter((date) => !present.has(date));
  const locked = new Set(known.lockedDays);
  return [...days, ...[...gone, ...locked].map(withoutFiles)]
    .toSorted((a, b) => (a.date < b.date ? -1 : 1))
    .map((day) => ({
      ...day,
      locked: locked.has(day.date),
      leftOutFiles: known.leftOut.filter(({ date }) => date === day.date).map(({ path }) => path),
      stale: stale.has(day.date),
      users: known.users.get(day.date) ?? null,
      failedChecks: failed.get(day.date) ?? [],
    }));
}

/** Not `Math.max(...)`: a day may have more files than a call can have arguments. */
function latest(files: readonly EventFile[]): number {
  return files.reduce((time, file) => Math.max(time, file.modifiedMs), Number.NEGATIVE_INFINITY);
}

function withoutFiles(date: string): DayFiles {
  return { date, files: 0, rows: 0, bytes: 0, modifiedAt: null, damagedFiles: [] };
}

function failedChecksByDay(checks: readonly Check[]): Map<string, Partition['failedChecks']> {
  const byDay = new Map<string, Partition['failedChecks']>();
  for (const { name, severity, scope, result } of checks) {
    for (const { date, rows } of result?.failedDays ?? []) {
      byDay.set(date, [...(byDay.get(date) ?? []), { name, severity, scope, rows }]);
    }
  }
  return byDay;
}
