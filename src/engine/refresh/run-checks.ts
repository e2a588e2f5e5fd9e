import { bronze } from '../../contract/relations';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { CheckResult } from '../../contract/refresh-summary';
import { withoutEnd } from '../sql/sql-comments';
import type { CheckFile } from '../models/check-file';
import { failedDaySchema, writeCheckResults, writeFailedDays, type FailedDays } from '../records/check-results';
import { onDays, type MeasuredDay } from '../records/day-facts';
import { readRows } from '../sql/read-rows';
import { mustMeasureAll, type RefreshInput, type RefreshTask } from './input';
import type { Sources } from './restricted-reads';

/**
 * Updates the result of every check, for the changed days only, or for all days if the check is new.
 * @param measured the results of the pass over bronze
 * @param stopIfCancelled called before each check
 */
export async function runChecks(
  { connection, checks }: RefreshTask,
  input: RefreshInput,
  refreshId: number,
  measured: readonly MeasuredDay[],
  sources: Sources,
  stopIfCancelled: () => void,
): Promise<CheckResult[]> {
  const { changedDays, newChecks } = input;
  const measuredAll = mustMeasureAll(checks, input);
  for (const check of checks) {
    stopIfCancelled();
    if (check.condition?.table === bronze) {
      const failed = failedDaysOf(check, measured);
      await writeFailedDays(connection, check, measuredAll ? null : changedDays, failed, refreshId);
    } else {
      const days = newChecks.has(check.name) ? null : changedDays;
      const failed = await runCheck(check, days, sources, connection);
      await writeFailedDays(connection, check, days, failed, refreshId);
    }
  }
  return writeCheckResults(connection, checks, refreshId);
}

/** Runs a check over `days` (null: all). Every check returns a column `date`. */
async function runCheck(
  check: CheckFile,
  days: readonly string[] | null,
  sources: Sources,
  connection: DuckDBConnection,
): Promise<FailedDays> {
  const only = check.scope === 'day' ? days : null;
  const rows = await sources.restricted({ ...check, shipped: true }, withoutEnd(check.sql), only, onDays(only));
  return readRows(
    connection,
    `SELECT CAST(date AS VARCHAR) AS date, count(*) AS rows FROM (\n${rows}\n) GROUP BY date ORDER BY date`,
    failedDaySchema,
  );
}

/** The result of {@link runCheck}, from rows that were read already. */
function failedDaysOf(check: CheckFile, measured: readonly MeasuredDay[]): FailedDays {
  return measured.flatMap(({ facts, failedRows }) => {
    const rows = failedRows.get(check.name) ?? 0;
    return rows > 0 ? { date: facts.date, rows } : [];
  });
}
