import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { factResultSchema, type FactResult } from '../../contract/facts/facts';
import { parseRecord, readRecords } from './read-records';

/** Refreshes whose results are kept. */
const refreshesKept = 200;

/** More than one refresh writes. */
const mostRead = 1_000;

/** Stores the facts as a refresh has measured them, and deletes old ones. */
export async function writeFactResults(
  connection: DuckDBConnection,
  refreshId: number,
  results: readonly FactResult[],
): Promise<void> {
  await connection.run(`DELETE FROM fact_results WHERE refresh_id <= ${refreshId - refreshesKept}`);
  if (results.length === 0) return;
  const text = (name: string) => `result->>'${name}'`;
  const number = (name: string) => `CAST(result->>'${name}' AS DOUBLE)`;
  const day = (name: string) => `CAST(result->>'${name}' AS DATE)`;
  await connection.run(
    `INSERT INTO fact_results
     SELECT ${refreshId}, ${['fact', 'kind', 'verdict', 'reason', 'runId'].map(text).join(', ')}, ${day('date')},
       ${text('scope')},
       ${['planted', 'measured', 'margin', 'observed', 'expected', 'confidence'].map(number).join(', ')},
       ${day('firstDay')}, ${day('lastDay')}, ${text('sentence')}, ${text('sql')}
     FROM (SELECT unnest(CAST($results AS JSON[])) AS result)`,
    { results: JSON.stringify(results) },
  );
}

/**
 * The facts as the given refresh has measured them, in the order in which they were planted; the detected ones last.
 * @param refreshId null for the last refresh that has measured any
 */
export async function readFactResults(connection: DuckDBConnection, refreshId: number | null): Promise<FactResult[]> {
  const rows = await readRecords(
    connection,
    `SELECT CAST(to_json({
       fact: fact, kind: kind, verdict: verdict, reason: reason, runId: run_id, date: CAST(date AS VARCHAR), scope: scope,
       planted: planted, measured: measured, margin: margin, observed: observed, expected: expected,
       confidence: confidence, firstDay: CAST(first_day AS VARCHAR), lastDay: CAST(last_day AS VARCHAR),
       sentence: sentence, sql: sql
     }) AS VARCHAR) AS result
     FROM fact_results
     WHERE refresh_id = ${refreshId === null ? "(SELECT max(refresh_id) FROM refresh_log WHERE status = 'succeeded')" : '$refreshId'}
     ORDER BY verdict = 'detected', date, fact LIMIT ${mostRead}`,
    z.object({ result: z.string() }),
    refreshId === null ? undefined : { refreshId },
  );
  return rows.map(({ result }) => parseRecord(factResultSchema, result));
}
