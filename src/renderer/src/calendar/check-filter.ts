import type { Partition } from '../../../contract/partitions';
import { checkSeverities } from '../../../contract/refresh-summary';

type FailedCheck = Partition['failedChecks'][number];

/** A check that fails on some days, and the number of these days. */
export interface FailingCheck extends Pick<FailedCheck, 'name' | 'severity'> {
  readonly days: number;
}

/** The checks that fail on any day: errors first, then by name. */
export function failingChecksOf(partitions: readonly Partition[]): FailingCheck[] {
  const found = new Map<string, FailingCheck>();
  for (const { failedChecks } of partitions) {
    for (const { name, severity } of failedChecks) {
      found.set(name, { name, severity, days: (found.get(name)?.days ?? 0) + 1 });
    }
  }
  const rank = ({ severity }: FailingCheck) => checkSeverities.indexOf(severity);
  return [...found.values()].toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

/** The partitions as if there were no other checks than `names`; with none, as they are. */
export function onlyChecks(partitions: readonly Partition[], names: readonly string[]): readonly Partition[] {
  if (names.length === 0) return partitions;
  return partitions.map((partition) => ({
    ...partition,
    failedChecks: partition.failedChecks.filter(({ name }) => names.includes(name)),
  }));
}

/**
 * Rows that the checks of a day return, per 100 of its rows. It is no percentage of bad rows: a refresh keeps the number
 * of rows of each check, and a row that fails several checks is in each of these numbers. Null while unknown: without
 * files, or if the files have changed since the checks ran.
 */
export function failuresPer100({ files, rows, stale, failedChecks }: Partition): number | null {
  if (files === 0 || rows === 0 || stale) return null;
  const failures = failedChecks.reduce((total, check) => total + (check.scope === 'day' ? check.rows : 0), 0);
  return (failures / rows) * 100;
}
