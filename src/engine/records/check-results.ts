import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { checkSeverities, type Check, type CheckResult } from '../../contract/refresh-summary';
import type { CheckFile } from '../models/check-file';
import { onDays } from './day-facts';
import { countSchema } from '../sql/read-rows';
import { readRecords } from './read-records';
import { quoteText } from '../sql/quote';
import { sum } from '../../contract/sum';

export const failedDaySchema = z.object({ date: z.string(), rows: countSchema });

/** Days with offending rows, and their number. */
export type FailedDays = z.output<typeof failedDaySchema>[];

/** Replaces the failed days of a check for `days` (null: all). */
export async function writeFailedDays(
  connection: DuckDBConnection,
  { name, scope }: CheckFile,
  days: readonly string[] | null,
  failed: FailedDays,
  refreshId: number,
): Promise<void> {
  await connection.run(
    `DELETE FROM check_days WHERE check_name = ${quoteText(name)} AND ${onDays(scope === 'day' ? days : null)}`,
  );
  if (failed.length === 0) return;
  const values = failed.map(({ date, rows }) => `(${quoteText(name)}, DATE ${quoteText(date)}, ${rows}, ${refreshId})`);
  await connection.run(`INSERT INTO check_days VALUES ${values.join(', ')}`);
}

/** Stores the result of every check after a refresh, over all days. */
export async function writeCheckResults(
  connection: DuckDBConnection,
  checks: readonly CheckFile[],
  refreshId: number,
): Promise<CheckResult[]> {
  const names = checks.map(({ name }) => quoteText(name)).join(', ');
  await connection.run(`DELETE FROM check_days WHERE check_name NOT IN (${names || "''"})`);
  const values = checks.map(
    ({ name, severity, fingerprint }) => `(${quoteText(name)}, ${quoteText(severity)}, ${quoteText(fingerprint)})`,
  );
  if (values.length === 0) return [];
  await connection.run(
    `INSERT INTO check_results
     SELECT ${refreshId}, name, severity, count(date) = 0, coalesce(sum(failed_rows), 0), count(date), fingerprint
     FROM (VALUES ${values.join(', ')}) AS checks(name, severity, fingerprint)
     LEFT JOIN check_days ON check_name = name
     GROUP BY ALL`,
  );
  return readCheckResults(connection, refreshId);
}

const resultSchema = z.object({
  name: z.string(),
  severity: z.enum(checkSeverities),
  passed: z.boolean(),
  failedRows: countSchema,
  failedDays: countSchema,
});

/** The results of the checks after a refresh; a refresh without changes keeps the previous ones. */
export async function readCheckResults(connection: DuckDBConnection, refreshId: number): Promise<CheckResult[]> {
  return readRecords(
    connection,
    `SELECT check_name AS name, severity, passed, failed_rows AS "failedRows", failed_days AS "failedDays"
     FROM check_results
     WHERE refresh_id = (SELECT max(refresh_id) FROM check_results WHERE refresh_id <= $refreshId)
     ORDER BY passed, severity, check_name`,
    resultSchema,
    { refreshId },
  );
}

const lastCheckSchema = z.object({ name: z.string(), fingerprint: z.string(), passed: z.boolean() });

/** The last result of each check, by name, with the fingerprint of its SQL. */
export async function readLastChecks(
  connection: DuckDBConnection,
): Promise<ReadonlyMap<string, z.output<typeof lastCheckSchema>>> {
  const rows = await readRecords(
    connection,
    `SELECT check_name AS name, fingerprint, passed FROM check_results QUALIFY refresh_id = max(refresh_id) OVER ()`,
    lastCheckSchema,
  );
  return new Map(rows.map((row) => [row.name, row]));
}

/** Every check with its current result; `connection` is null if there is no database. */
export async function describeChecks(
  checks: readonly CheckFile[],
  connection: DuckDBConnection | null,
): Promise<Check[]> {
  if (!connection) return checks.map((check) => ({ ...declared(check), result: null }));
  const known = await readLastChecks(connection);
  const rows = await readRecords(
    connection,
    `SELECT check_name AS name, CAST(date AS VARCHAR) AS date, failed_rows AS rows FROM check_days ORDER BY date`,
    failedDaySchema.extend({ name: z.string() }),
  );
  return checks.map((check) => {
    const failedDays = rows
      .filter(({ name }) => name === check.name)
      .map(({ date, rows: count }) => ({ date, rows: count }));
    const failedRows = sum(failedDays.map((day) => day.rows));
    const result = known.has(check.name) ? { passed: failedDays.length === 0, failedRows, failedDays } : null;
    return { ...declared(check), result };
  });
}

const declared = ({ name, severity, scope, summary, dependsOn, kept, sql, trinoSql }: CheckFile) => ({
  name,
  severity,
  scope,
  summary,
  dependsOn: [...dependsOn],
  kept,
  sql,
  trinoSql,
});
