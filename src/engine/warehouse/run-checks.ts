import type { CheckResult } from '../../contract/refresh-summary';
import { failedDaysOf, runCheck, writeCheckResults, writeFailedDays } from './check-results';
import type { MeasuredDay } from './day-facts';
import { mustMeasureAll, type RefreshInput, type RefreshTask } from './refresh-input';
import type { Sources } from './sources';

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
    if (check.condition?.table === 'bronze_events') {
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
