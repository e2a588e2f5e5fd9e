import { z } from 'zod';
import { onDays } from '../../records/day-facts';
import type { FailedDays } from '../../records/check-results';
import { quoteText } from '../../sql/quote';
import type { ClusterSession } from '../session';
import type { ClusterInput, ClusterProgram } from './input';
import type { ClusterSources } from './sources';

const failedSchema = z.object({ check_name: z.string(), date: z.string(), failed_rows: z.bigint() });

/**
 * Writes the days with offending rows of every check into `check_days`, in one commit: conditions on rows from
 * `refresh_days`, which counted them; checks of days for the changed days; the others as a whole.
 * @returns the statement that wrote them
 */
export async function runChecks(
  session: ClusterSession,
  { checks }: ClusterProgram,
  input: ClusterInput,
  sources: ClusterSources,
): Promise<string> {
  const table = session.result('check_days');
  const counted = `SELECT check_name, date, failed_rows FROM ${session.result('refresh_days')}
    CROSS JOIN UNNEST(failed) AS counted(check_name, failed_rows) WHERE failed_rows > 0`;
  const others = checks.filter(({ condition }) => condition === null);
  const kept = others.filter(({ check }) => check.scope === 'day' && !input.newChecks.has(check.name));
  const parts = others.map(({ check, sql }) => {
    const days = kept.some((other) => other.check === check) ? input.changedDays : null;
    const rows = sources.select(sql, check.dependsOn, days, onDays(days));
    return `SELECT ${quoteText(check.name)}, date, count(*) FROM (\n${rows}\n) GROUP BY date`;
  });
  if (kept.length > 0) {
    const names = kept.map(({ check }) => quoteText(check.name)).join(', ');
    parts.push(
      `SELECT check_name, date, failed_rows FROM ${table} WHERE check_name IN (${names}) AND NOT ${onDays(input.changedDays)}`,
    );
  }
  const { queryId } = await session.run(
    `CREATE OR REPLACE TABLE ${table} AS
     SELECT CAST(check_name AS VARCHAR) AS check_name, date, failed_rows FROM (\n${[counted, ...parts].join('\nUNION ALL\n')}\n)`,
  );
  return queryId;
}

/** The days with offending rows of a refresh, by check. */
export async function readFailedDays(session: ClusterSession, snapshot: string): Promise<Map<string, FailedDays>> {
  const rows = await session.rows(
    `SELECT check_name, CAST(date AS VARCHAR) AS date, failed_rows FROM ${session.result('check_days')}
     FOR VERSION AS OF ${snapshot} ORDER BY check_name, date`,
    failedSchema,
  );
  const byCheck = new Map<string, FailedDays>();
  for (const { check_name: name, date, failed_rows: failed } of rows) {
    byCheck.set(name, [...(byCheck.get(name) ?? []), { date, rows: Number(failed) }]);
  }
  return byCheck;
}
