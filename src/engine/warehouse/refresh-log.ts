import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { refreshLogEntrySchema, type RefreshLogEntry } from '../../contract/warehouse';
import type { EventFile } from './event-files';
import { countSchema, readRow, readRows } from './read-rows';

/** What the warehouse remembers about its refreshes; kept across refreshes. */
export const logTables = `
  -- One row per refresh that ended, whichever way.
  CREATE TABLE IF NOT EXISTS refresh_log (
    refresh_id  BIGINT PRIMARY KEY,      -- 1, 2, 3, ... in the order of starting
    started_at  TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ NOT NULL,
    status      VARCHAR NOT NULL,        -- succeeded, failed or cancelled
    model_rows  MAP(VARCHAR, BIGINT),    -- rows of each model; null unless succeeded
    files       BIGINT NOT NULL,         -- Parquet files that were there to be read
    bytes       BIGINT NOT NULL,         -- size of those files
    exports     VARCHAR[] NOT NULL,      -- files written, by path from the workspace
    error       JSON                     -- code, message, action and cause of a failure
  );

  -- The Parquet files that the last successful refresh has read: tells what is new since.
  CREATE TABLE IF NOT EXISTS refresh_manifest (
    path        VARCHAR PRIMARY KEY,     -- from the workspace
    bytes       BIGINT NOT NULL,
    modified_ms BIGINT NOT NULL          -- milliseconds since 1970-01-01 UTC
  );`;

/** DuckDB's JSON of a row is the boundary here: everything is text but small integers. */
const rowSchema = refreshLogEntrySchema.extend({
  refreshId: z.coerce.number(),
  files: z.coerce.number(),
  bytes: z.coerce.number(),
});

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
    error: error
  }) AS entry
  FROM refresh_log
  ORDER BY refresh_id DESC
  LIMIT $limit`;

/** The newest entries of `refresh_log` first. */
export async function readRefreshLog(connection: DuckDBConnection, limit: number): Promise<RefreshLogEntry[]> {
  const rows = await readRows(connection, historySql, z.object({ entry: z.string() }), { limit });
  return rows.map(({ entry }) => rowSchema.parse(withoutNulls(JSON.parse(entry))));
}

/** SQL has NULL where the contract has an absent `error`. */
function withoutNulls(row: unknown): unknown {
  return Object.fromEntries(Object.entries(Object(row)).filter(([key, value]) => key !== 'error' || value !== null));
}

export async function nextRefreshId(connection: DuckDBConnection): Promise<number> {
  const sql = 'SELECT coalesce(max(refresh_id), 0) + 1 AS next FROM refresh_log';
  return (await readRow(connection, sql, z.object({ next: countSchema }))).next;
}

/** DuckDB casts the JSON of an entry to the types of the columns. */
const appendSql = `
  INSERT INTO refresh_log
  SELECT
    CAST(entry->>'refreshId' AS BIGINT),
    CAST(entry->>'startedAt' AS TIMESTAMPTZ),
    CAST(entry->>'finishedAt' AS TIMESTAMPTZ),
    entry->>'status',
    CAST(entry->'modelRows' AS MAP(VARCHAR, BIGINT)),
    CAST(entry->>'files' AS BIGINT),
    CAST(entry->>'bytes' AS BIGINT),
    CAST(entry->'exports' AS VARCHAR[]),
    entry->'error'
  FROM (SELECT CAST($entry AS JSON) AS entry)`;

export async function appendRefreshLog(connection: DuckDBConnection, entry: RefreshLogEntry): Promise<void> {
  await connection.run(appendSql, { entry: JSON.stringify(entry) });
}

const manifestSchema = z.object({ path: z.string(), bytes: countSchema, modified_ms: countSchema });

/** Makes the manifest say that exactly `files` have been read. */
export async function writeManifest(connection: DuckDBConnection, files: readonly EventFile[]): Promise<void> {
  await connection.run('DELETE FROM refresh_manifest');
  const appender = await connection.createAppender('refresh_manifest');
  for (const file of files) {
    appender.appendVarchar(file.path);
    appender.appendBigInt(BigInt(file.bytes));
    appender.appendBigInt(BigInt(file.modifiedMs));
    appender.endRow();
  }
  appender.closeSync();
}

/** Whether `files` are exactly those that the last successful refresh has read. */
export async function matchesManifest(connection: DuckDBConnection, files: readonly EventFile[]): Promise<boolean> {
  const known = await readRows(connection, 'SELECT path, bytes, modified_ms FROM refresh_manifest', manifestSchema);
  const read = new Map(known.map((file) => [file.path, file]));
  return (
    read.size === files.length &&
    files.every(({ path, bytes, modifiedMs }) => {
      const file = read.get(path);
      return file?.bytes === bytes && file.modified_ms === modifiedMs;
    })
  );
}
