import { VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { waterfallStepSchema, type WaterfallStep } from '../../contract/refresh-summary';
import { refreshLogEntrySchema, type ClusterOrigin, type RefreshLogEntry } from '../../contract/warehouse';
import { countSchema } from '../sql/read-rows';
import { parseRecord, readRecords } from './read-records';

/** The boundary is DuckDB's JSON of a row, in which everything but small integers is text. */
const rowSchema = refreshLogEntrySchema.extend({
  refreshId: z.coerce.number(),
  files: z.coerce.number(),
  bytes: z.coerce.number(),
});

const storedSchema = z.unknown().transform(withoutNulls).pipe(rowSchema);

const instantFormat = '%Y-%m-%dT%H:%M:%S.%gZ';

const historySql = `
  SELECT to_json({
    refreshId: refresh_id,
    startedAt: strftime(started_at AT TIME ZONE 'UTC', '${instantFormat}'),
    finishedAt: strftime(finished_at AT TIME ZONE 'UTC', '${instantFormat}'),
    status: status,
    modelRows: model_rows,
    files: files,
    bytes: bytes,
    exports: exports,
    error: error,
    mode: mode,
    daysChanged: days_changed,
    layerRows: layer_rows,
    filesRead: files_read,
    bytesRead: bytes_read,
    checksPassed: checks_passed,
    checksFailed: checks_failed,
    leftOutFiles: left_out_files,
    notices: notices,
    steps: steps,
    cluster: cluster
  }) AS entry
  FROM (FROM refresh_log ORDER BY refresh_id DESC LIMIT $limit)
  ORDER BY refresh_id DESC`;

/** Entries of `refresh_log`, newest first. */
export async function readRefreshLog(connection: DuckDBConnection, limit: number): Promise<RefreshLogEntry[]> {
  const rows = await readRecords(connection, historySql, z.object({ entry: z.string() }), { limit });
  return rows.map(({ entry }) => parseRecord(storedSchema, entry));
}

/** The refresh on a cluster that gold came from; null if it was computed here, or there is none. */
export function originOf(history: readonly RefreshLogEntry[]): ClusterOrigin | null {
  return history.find(({ status }) => status === 'succeeded')?.cluster ?? null;
}

/** Refreshes among which the last one that succeeded is looked for. */
const mostEntries = 500;

/** The same, from the database. */
export async function readOrigin(connection: DuckDBConnection): Promise<ClusterOrigin | null> {
  return originOf(await readRefreshLog(connection, mostEntries));
}

/** NULLs of SQL are absent values in the contract, except for `modelRows`. */
function withoutNulls(row: unknown): unknown {
  return Object.fromEntries(
    Object.entries(Object(row)).filter(([key, value]) => key === 'modelRows' || value !== null),
  );
}

/** End times of refreshes, by id. */
export async function readFinishTimes(connection: DuckDBConnection): Promise<Map<number, string>> {
  const rows = await readRecords(
    connection,
    `SELECT refresh_id AS id, strftime(finished_at AT TIME ZONE 'UTC', '${instantFormat}') AS finished FROM refresh_log
     WHERE refresh_id IN (SELECT refresh_id FROM refresh_models)`,
    z.object({ id: countSchema, finished: z.string() }),
  );
  return new Map(rows.map(({ id, finished }) => [id, finished]));
}

export async function nextRefreshId(connection: DuckDBConnection): Promise<number> {
  const sql = 'SELECT coalesce(max(refresh_id), 0) + 1 AS next FROM refresh_log';
  const [row] = await readRecords(connection, sql, z.object({ next: countSchema }));
  return row?.next ?? 1;
}

/** DuckDB casts the JSON of an entry to the types of the columns. */
const appendSql = `
  INSERT INTO refresh_log (
    refresh_id, started_at, finished_at, status, model_rows, files, bytes, exports, error,
    mode, days_changed, layer_rows, files_read, bytes_read, checks_passed, checks_failed, left_out_files, notices, waterfall,
    steps, cluster
  )
  SELECT
    CAST(entry->>'refreshId' AS BIGINT),
    CAST(entry->>'startedAt' AS TIMESTAMPTZ),
    CAST(entry->>'finishedAt' AS TIMESTAMPTZ),
    entry->>'status',
    CAST(entry->'modelRows' AS MAP(VARCHAR, BIGINT)),
    CAST(entry->>'files' AS BIGINT),
    CAST(entry->>'bytes' AS BIGINT),
    CAST(entry->'exports' AS VARCHAR[]),
    entry->'error',
    entry->>'mode',
    CAST(entry->>'daysChanged' AS BIGINT),
    CAST(entry->'layerRows' AS MAP(VARCHAR, BIGINT)),
    CAST(entry->>'filesRead' AS BIGINT),
    CAST(entry->>'bytesRead' AS BIGINT),
    CAST(entry->>'checksPassed' AS BIGINT),
    CAST(entry->>'checksFailed' AS BIGINT),
    CAST(entry->'leftOutFiles' AS VARCHAR[]),
    CAST(entry->'notices' AS VARCHAR[]),
    CAST($waterfall AS JSON),
    entry->'steps',
    entry->'cluster'
  FROM (SELECT CAST($entry AS JSON) AS entry)`;

/** @param waterfall rows from layer to layer; null if the refresh hasn't counted them */
export async function appendRefreshLog(
  connection: DuckDBConnection,
  entry: RefreshLogEntry,
  waterfall: readonly WaterfallStep[] | null,
): Promise<void> {
  const values = { entry: JSON.stringify(entry), waterfall: waterfall && JSON.stringify(waterfall) };
  await connection.run(appendSql, values, { waterfall: VARCHAR });
}

/** The waterfall after a refresh: its own, or the previous one if nothing had changed. */
export async function readWaterfall(connection: DuckDBConnection, refreshId: number): Promise<WaterfallStep[]> {
  const rows = await readRecords(
    connection,
    `SELECT CAST(waterfall AS VARCHAR) AS waterfall FROM refresh_log
     WHERE refresh_id <= $refreshId AND waterfall IS NOT NULL ORDER BY refresh_id DESC LIMIT 1`,
    z.object({ waterfall: z.string() }),
    { refreshId },
  );
  return rows.flatMap(({ waterfall }) => parseRecord(z.array(waterfallStepSchema), waterfall));
}
