import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { refreshChangeSchema, type RefreshChange } from '../../contract/refresh-summary';
import { readRows } from '../sql/read-rows';
import { parseRecord, readRecords } from './read-records';
import { quoteIdentifier } from '../sql/quote';

/** Rows before and after that are kept per change: enough to see the difference. */
const rowsKept = 20;
/** Periods per model whose changes are kept. */
const periodsKept = 500;
/** More changes than one refresh of a hundred models keeps. */
const mostRead = 50_000;
/** Refreshes whose changes are kept. */
const refreshesKept = 200;

/** A change without the days that caused it. */
export type RawChange = Omit<RefreshChange, 'causedBy' | 'model'>;

const rawSchema = z.object({ change: z.string() });

/** Whether two relations have the same columns, so that their rows can be compared. */
export async function sameColumns(connection: DuckDBConnection, before: string, after: string): Promise<boolean> {
  const columns = (relation: string) =>
    readRows(connection, `DESCRIBE ${relation}`, z.object({ column_name: z.string(), column_type: z.string() }));
  return JSON.stringify(await columns(before)) === JSON.stringify(await columns(after));
}

/**
 * Compares two relations with the same columns, by period.
 * @param column the period's column; null where the model has none
 */
export async function compareRows(
  connection: DuckDBConnection,
  before: string,
  after: string,
  column: string | null,
): Promise<RawChange[]> {
  const period = column === null ? 'NULL::DATE' : `CAST(${quoteIdentifier(column)} AS DATE)`;
  const was = column === null ? 'true' : `period IN (SELECT ${period} FROM (${before}))`;
  const is = column === null ? 'true' : `period IN (SELECT ${period} FROM (${after}))`;
  // Equal rows cancel out, so the remaining ones exist on one side only.
  const rows = await readRows(
    connection,
    `WITH differing AS (
       SELECT period, row, sum(side) < 0 AS is_new FROM (
         SELECT ${period} AS period, old AS row, 1 AS side FROM (${before}) AS old
         UNION ALL SELECT ${period}, new, -1 FROM (${after}) AS new
       ) GROUP BY period, row HAVING sum(side) <> 0
     ),
     periods AS (
       SELECT period,
         coalesce(list(row) FILTER (NOT is_new), [])[:${rowsKept}] AS before,
         coalesce(list(row) FILTER (is_new), [])[:${rowsKept}] AS after,
         ${was} AS was_there, ${is} AS is_there
       FROM differing GROUP BY period ORDER BY period LIMIT ${periodsKept}
     )
     SELECT CAST(to_json({
       period: CAST(period AS VARCHAR),
       kind: CASE WHEN NOT was_there THEN 'added' WHEN NOT is_there THEN 'removed' ELSE 'changed' END,
       before: before, after: after
     }) AS VARCHAR) AS change FROM periods`,
    rawSchema,
  );
  const parsed = refreshChangeSchema.omit({ causedBy: true, model: true });
  return rows.map(({ change }) => parsed.parse(JSON.parse(change)));
}

/** Stores the changes of a refresh, and deletes old ones. */
export async function writeChanges(
  connection: DuckDBConnection,
  refreshId: number,
  changes: readonly RefreshChange[],
): Promise<void> {
  if (changes.length === 0) return;
  await connection.run(`DELETE FROM refresh_changes WHERE refresh_id <= ${refreshId - refreshesKept}`);
  await connection.run(
    `INSERT INTO refresh_changes
     SELECT ${refreshId}, change->>'model', CAST(change->>'period' AS DATE), change->>'kind', change->'before',
       change->'after', CAST(change->'causedBy' AS DATE[])
     FROM (SELECT unnest(CAST($changes AS JSON[])) AS change)`,
    { changes: JSON.stringify(changes) },
  );
}

/** The changes made by a refresh, by model and period. */
export async function readChanges(connection: DuckDBConnection, refreshId: number): Promise<RefreshChange[]> {
  const rows = await readRecords(
    connection,
    `SELECT CAST(to_json({
       model: model, period: CAST(period AS VARCHAR), kind: kind, before: before, after: after,
       causedBy: CAST(caused_by AS VARCHAR[])
     }) AS VARCHAR) AS change
     FROM refresh_changes WHERE refresh_id = $refreshId ORDER BY model, period LIMIT ${mostRead}`,
    rawSchema,
    { refreshId },
  );
  return rows.map(({ change }) => parseRecord(refreshChangeSchema, change));
}
