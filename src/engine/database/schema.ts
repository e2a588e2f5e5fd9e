import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { readRows } from '../sql/read-rows';
import { quoteText } from '../sql/quote';

/** Increased whenever the tables below change; stored as the comment of `refresh_log`. */
const layoutMark = 'Every refresh, whichever way it ended; one row each (layout 3).';

/**
 * The warehouse's records of its refreshes, kept across refreshes. No keys: DuckDB checks them too eagerly when rows
 * are deleted and rewritten in one transaction, and only we write here.
 */
const tables = `
  CREATE TABLE IF NOT EXISTS refresh_log (
    refresh_id  BIGINT PRIMARY KEY,
    started_at  TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ NOT NULL,
    status      VARCHAR NOT NULL,
    model_rows  MAP(VARCHAR, BIGINT),
    files       BIGINT NOT NULL,
    bytes       BIGINT NOT NULL,
    exports     VARCHAR[] NOT NULL,
    error       JSON
  );
  ALTER TABLE refresh_log ADD COLUMN IF NOT EXISTS mode VARCHAR;
  ALTER TABLE refresh_log ADD COLUMN IF NOT EXISTS days_changed BIGINT;
  ALTER TABLE refresh_log ADD COLUMN IF NOT EXISTS layer_rows MAP(VARCHAR, BIGINT);
  ALTER TABLE refresh_log ADD COLUMN IF NOT EXISTS files_read BIGINT;
  ALTER TABLE refresh_log ADD COLUMN IF NOT EXISTS bytes_read BIGINT;
  ALTER TABLE refresh_log ADD COLUMN IF NOT EXISTS checks_passed BIGINT;
  ALTER TABLE refresh_log ADD COLUMN IF NOT EXISTS checks_failed BIGINT;
  ALTER TABLE refresh_log ADD COLUMN IF NOT EXISTS left_out_files VARCHAR[];
  ALTER TABLE refresh_log ADD COLUMN IF NOT EXISTS notices VARCHAR[];
  ALTER TABLE refresh_log ADD COLUMN IF NOT EXISTS waterfall JSON;
  ALTER TABLE refresh_log ADD COLUMN IF NOT EXISTS steps JSON;

  CREATE OR REPLACE TABLE refresh_manifest (
    path VARCHAR, date DATE, bytes BIGINT, version VARCHAR, left_out BOOLEAN
  );
  CREATE OR REPLACE TABLE refresh_days (
    date DATE, files BIGINT, bytes BIGINT, bronze_rows BIGINT, silver_rows BIGINT,
    first_day VARCHAR, last_day VARCHAR, untimed_rows BIGINT, dropped MAP(VARCHAR, BIGINT)
  );
  CREATE OR REPLACE TABLE refresh_models (
    name VARCHAR, fingerprint VARCHAR, definition VARCHAR, rows BIGINT, refresh_id BIGINT, problem JSON
  );
  CREATE OR REPLACE TABLE refresh_changes (
    refresh_id BIGINT, model VARCHAR, period DATE, kind VARCHAR, before JSON, after JSON, caused_by DATE[]
  );
  CREATE OR REPLACE TABLE check_days (check_name VARCHAR, date DATE, failed_rows BIGINT, refresh_id BIGINT);
  CREATE OR REPLACE TABLE check_results (
    refresh_id BIGINT, check_name VARCHAR, severity VARCHAR, passed BOOLEAN, failed_rows BIGINT, failed_days BIGINT,
    fingerprint VARCHAR
  );`;

/** The meaning of each table and column, for people who open the file with another client. */
const meanings: Record<string, Record<string, string>> = {
  refresh_log: {
    refresh_id: '1, 2, 3, ... in the order of starting',
    started_at: 'when it started',
    finished_at: 'when it ended',
    status: 'succeeded, failed or cancelled',
    model_rows: 'rows of each model; null unless succeeded',
    files: 'Parquet files that existed',
    bytes: 'size of those files',
    exports: 'files in exports/, by path from the workspace',
    error: 'code, message, action and cause of a failure',
    mode: 'full, incremental or unchanged, as it turned out',
    days_changed: 'days whose files were added, removed or rewritten since the refresh before',
    layer_rows: 'rows of bronze_events, of silver_events, and of all gold models together',
    files_read: 'Parquet files of the days that were read',
    bytes_read: 'size of those files',
    checks_passed: 'checks without an offending row',
    checks_failed: 'checks with at least one',
    left_out_files: 'Parquet files that were left out',
    notices: 'other notices to the user',
    waterfall: 'rows by layer, and rows dropped by each rule',
    steps: 'steps in order: name, status, milliseconds, rows',
  },
  refresh_manifest: {
    path: 'from the workspace',
    date: 'the day of its folder',
    bytes: 'size of the file',
    version: 'size, modification and change time: changes with every rewrite',
    left_out: 'true for a file that the last refresh left out',
  },
  refresh_days: {
    date: 'the partition',
    files: 'Parquet files that were read',
    bytes: 'size of those files',
    bronze_rows: 'rows in bronze_events',
    silver_rows: 'rows in silver_events',
    first_day: 'day of the earliest event_time in the partition',
    last_day: 'day of the latest event_time in the partition',
    untimed_rows: 'rows without an event_time',
    dropped: 'rows that silver dropped, by the check that defines the rule',
  },
  refresh_models: {
    name: 'view or table',
    fingerprint: 'changes with its SQL and that of its dependencies',
    definition: 'the SELECT that it was built from',
    rows: 'rows after the refresh that built it last',
    refresh_id: 'the refresh that built it last',
    problem: "why the last refresh couldn't build it",
  },
  refresh_changes: {
    refresh_id: 'the refresh that changed it',
    model: 'a gold model',
    period: 'first day of the day, week or month; null where the model has no periods',
    kind: 'added, removed or changed',
    before: 'removed rows, the first few',
    after: 'new rows, the first few',
    caused_by: 'the changed days that caused the recomputation',
  },
  check_days: {
    check_name: 'a check with offending rows on that day',
    date: 'the partition',
    failed_rows: 'offending rows',
    refresh_id: 'the refresh that checked last',
  },
  check_results: {
    refresh_id: 'the refresh with this result',
    check_name: 'name of the check',
    severity: 'error or warning',
    passed: 'true if there was no offending row',
    failed_rows: 'offending rows over all days',
    failed_days: 'days with at least one',
    fingerprint: 'changes with its SQL',
  },
};

/** Creates or migrates the tables with the warehouse's own records; does nothing if they are current. */
export async function ensureLayout(connection: DuckDBConnection): Promise<void> {
  const marks = await readRows(
    connection,
    `SELECT comment FROM duckdb_tables() WHERE database_name = current_database() AND table_name = 'refresh_log'`,
    z.object({ comment: z.string().nullable() }),
  );
  if (marks[0]?.comment === layoutMark) return;
  const comments = Object.entries(meanings).flatMap(([table, columns]) =>
    Object.entries(columns).map(([column, text]) => `COMMENT ON COLUMN ${table}.${column} IS ${quoteText(text)};`),
  );
  await connection.run('BEGIN');
  try {
    await connection.run(
      `${tables}\n${comments.join('\n')}\nCOMMENT ON TABLE refresh_log IS ${quoteText(layoutMark)};`,
    );
    await connection.run('COMMIT');
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
