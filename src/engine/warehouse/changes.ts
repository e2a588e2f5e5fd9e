import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { refreshChangeSchema, type RefreshChange } from '../../contract/refresh-summary';
import { readRows } from './read-rows';
import { quoteIdentifier } from './sql-text';

/** Rows before and after that a change keeps: enough to see what happened. */
const rowsKept = 20;
/** Periods of one model whose change is kept. */
const periodsKept = 500;
/** Refreshes whose changes are kept. */
const refreshesKept = 200;

/** A change before it is known which days caused it. */
export type RawChange = Omit<RefreshChange, 'causedBy' | 'model'>;

const rawSchema = z.object({ change: z.string() });

/**
 * Compares two relations with the same columns, by period.
 * @param column the period's column; null where the model has none
 * @returns null where the columns differ, so that nothing can be compared
 */
export async function compareRows(
  connection: DuckDBConnection,
  before: string,
  after: string,
  column: string | null,
): Promise<RawChange[] | null> {
  const columns = (relation: string) =>
    readRows(connection, `DESCRIBE ${relation}`, z.object({ column_name: z.string(), column_type: z.string() }));
  if (JSON.stringify(await columns(before)) !== JSON.stringify(await columns(after))) return null;
  const period = column === null ? 'NULL::DATE' : `CAST(${quoteIdentifier(column)} AS DATE)`;
  const rows = await readRows(
    connection,
    `WITH before_rows AS (${before}), after_rows AS (${after}),
     gone AS (SELECT * FROM before_rows EXCEPT ALL SELECT * FROM after_rows),
     come AS (SELECT * FROM after_rows EXCEPT ALL SELECT * FROM before_rows),
     differing AS (
       SELECT ${period} AS period, false AS is_new, to_json(gone) AS row FROM gone
       UNION ALL SELECT ${period}, true, to_json(come) FROM come
     ),
     periods AS (
       SELECT period,
         coalesce(list(row) FILTER (NOT is_new), [])[:${rowsKept}] AS before,
         coalesce(list(row) FILTER (is_new), [])[:${rowsKept}] AS after,
         ${column === null ? 'true' : `period IN (SELECT ${period} FROM before_rows)`} AS was_there,
         ${column === null ? 'true' : `period IN (SELECT ${period} FROM after_rows)`} AS is_there
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

/** Keeps the changes of a refresh, and forgets those of long ago. */
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

/** The changes that a refresh has made, by model and period. */
export async function readChanges(connection: DuckDBConnection, refreshId: number): Promise<RefreshChange[]> {
  const rows = await readRows(
    connection,
    `SELECT CAST(to_json({
       model: model, period: CAST(period AS VARCHAR), kind: kind, before: before, after: after,
       causedBy: CAST(caused_by AS VARCHAR[])
     }) AS VARCHAR) AS change
     FROM refresh_changes WHERE refresh_id = $refreshId ORDER BY model, period`,
    rawSchema,
    { refreshId },
  );
  return rows.map(({ change }) => refreshChangeSchema.parse(JSON.parse(change)));
}
