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
 * Brings every check up to date, looking only at the days that have changed, or at all of them for a check that is new.
 * @param measured what the pass over bronze has found already
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

/** Runs a check over `days` (null: all). Every check yields a column `date`. */
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

/** What {@link runCheck} would yield, from rows that have been looked at already. */
function failedDaysOf(check: CheckFile, measured: readonly MeasuredDay[]): FailedDays {
  return measured.flatMap(({ facts, failedRows }) => {
    const rows = failedRows.get(check.name) ?? 0;
    return rows > 0 ? { date: facts.date, rows } : [];
  });
}
