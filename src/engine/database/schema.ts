import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { readRows } from '../sql/read-rows';
import { quoteText } from '../sql/quote';

/** Increased whenever the tables below change; stored as the comment of `refresh_log`. */
const layoutMark = 'Every refresh, whichever way it ended; one row each (layout 5).';

/**
 * The marks of the layouts before, of which everything is kept: the last column of `refresh_log` was missing in the
 * first, and the table `fact_results` in both.
 */
const marksBefore: ReadonlySet<string> = new Set(
  [3, 4].map((layout) => `Every refresh, whichever way it ended; one row each (layout ${layout}).`),
);

/** Columns of the log that came with its first layout, and their types as DuckDB spells them. */
const firstLogColumns = {
  refresh_id: 'BIGINT',
  started_at: 'TIMESTAMP WITH TIME ZONE',
  finished_at: 'TIMESTAMP WITH TIME ZONE',
  status: 'VARCHAR',
  model_rows: 'MAP(VARCHAR, BIGINT)',
  files: 'BIGINT',
  bytes: 'BIGINT',
  exports: 'VARCHAR[]',
  error: 'JSON',
};
const nullableLogColumns: ReadonlySet<string> = new Set(['model_rows', 'error']);

/** Columns that were added to it since. */
const laterLogColumns = {
  mode: 'VARCHAR',
  days_changed: 'BIGINT',
  layer_rows: 'MAP(VARCHAR, BIGINT)',
  files_read: 'BIGINT',
  bytes_read: 'BIGINT',
  checks_passed: 'BIGINT',
  checks_failed: 'BIGINT',
  left_out_files: 'VARCHAR[]',
  notices: 'VARCHAR[]',
  waterfall: 'JSON',
  steps: 'JSON',
  cluster: 'JSON',
};

/**
 * The other tables, which a new layout creates again. No keys: DuckDB checks them too eagerly when rows are deleted and
 * rewritten in one transaction, and only we write here.
 */
const otherTables: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  refresh_manifest: { path: 'VARCHAR', date: 'DATE', bytes: 'BIGINT', version: 'VARCHAR', left_out: 'BOOLEAN' },
  refresh_days: {
    date: 'DATE',
    files: 'BIGINT',
    bytes: 'BIGINT',
    bronze_rows: 'BIGINT',
    silver_rows: 'BIGINT',
    first_day: 'VARCHAR',
    last_day: 'VARCHAR',
    untimed_rows: 'BIGINT',
    dropped: 'MAP(VARCHAR, BIGINT)',
  },
  refresh_models: {
    name: 'VARCHAR',
    fingerprint: 'VARCHAR',
    definition: 'VARCHAR',
    rows: 'BIGINT',
    refresh_id: 'BIGINT',
    problem: 'JSON',
  },
  refresh_changes: {
    refresh_id: 'BIGINT',
    model: 'VARCHAR',
    period: 'DATE',
    kind: 'VARCHAR',
    before: 'JSON',
    after: 'JSON',
    caused_by: 'DATE[]',
  },
  check_days: { check_name: 'VARCHAR', date: 'DATE', failed_rows: 'BIGINT', refresh_id: 'BIGINT' },
  check_results: {
    refresh_id: 'BIGINT',
    check_name: 'VARCHAR',
    severity: 'VARCHAR',
    passed: 'BOOLEAN',
    failed_rows: 'BIGINT',
    failed_days: 'BIGINT',
    fingerprint: 'VARCHAR',
  },
  fact_results: {
    refresh_id: 'BIGINT',
    fact: 'VARCHAR',
    kind: 'VARCHAR',
    verdict: 'VARCHAR',
    reason: 'VARCHAR',
    run_id: 'VARCHAR',
    date: 'DATE',
    scope: 'VARCHAR',
    planted: 'DOUBLE',
    measured: 'DOUBLE',
    margin: 'DOUBLE',
    observed: 'DOUBLE',
    expected: 'DOUBLE',
    confidence: 'DOUBLE',
    first_day: 'DATE',
    last_day: 'DATE',
    sentence: 'VARCHAR',
    sql: 'VARCHAR',
  },
};

/** The warehouse's records of its refreshes, kept across refreshes. */
const logTable = [
  `CREATE TABLE IF NOT EXISTS refresh_log (${Object.entries(firstLogColumns).map(logColumn).join(', ')});`,
  ...Object.entries(laterLogColumns).map(
    ([name, type]) => `ALTER TABLE refresh_log ADD COLUMN IF NOT EXISTS ${name} ${type};`,
  ),
].join('\n');

function otherTable(table: string, columns: Readonly<Record<string, string>>): string {
  return `TABLE ${table} (${Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ')});`;
}

const tables = [
  logTable,
  ...Object.entries(otherTables).map(([table, columns]) => `CREATE OR REPLACE ${otherTable(table, columns)}`),
].join('\n');

/** What the layouts before lack. */
const additions = [
  logTable,
  ...Object.entries(otherTables).map(([table, columns]) => {
    return `CREATE ${otherTable(table, columns)}`.replace('TABLE', 'TABLE IF NOT EXISTS');
  }),
].join('\n');

function logColumn([name, type]: readonly [string, string]): string {
  const constraint = name === 'refresh_id' ? ' PRIMARY KEY' : nullableLogColumns.has(name) ? '' : ' NOT NULL';
  return `${name} ${type}${constraint}`;
}

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
    cluster: 'server, catalog, schema, id and end of the refresh on a cluster; null if it was computed here',
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
  fact_results: {
    refresh_id: 'the refresh with this result',
    fact: 'kind, day and scope: the same at each refresh',
    kind: 'launch, outage or churn',
    verdict: 'found, not found, hidden, or detected: found without having been planted',
    reason: 'why it is hidden',
    run_id: 'the run that planted it; null if it was detected',
    date: 'the day that it was planted on; the first day found, if it was detected',
    scope: 'the part of the data that it concerns; null for all',
    planted:
      'its size as planted: the factor of a launch, the share of events that an outage leaves, the share of teams that leave',
    measured: 'its size as measured',
    margin: 'the measured size may be off by this much',
    observed: 'the count that was measured',
    expected: 'that count without the fact',
    confidence: 'standard errors between the measured size and no fact',
    first_day: 'first day of the period that was found',
    last_day: 'last day of that period; null if it lasts',
    sentence: 'what was measured, in words',
    sql: 'the query that measured it',
  },
};

/**
 * Creates or migrates the tables with the warehouse's own records; does nothing if they are current.
 * @returns a sentence about tables of those names that somebody else has created or changed; null if there are none
 */
export async function ensureLayout(connection: DuckDBConnection): Promise<string | null> {
  const marks = await readRows(
    connection,
    `SELECT comment FROM duckdb_tables()
     WHERE database_name = current_database() AND schema_name = 'main' AND table_name = 'refresh_log'`,
    z.object({ comment: z.string().nullable() }),
  );
  if (marks[0]?.comment === layoutMark) return findForeignTable(connection);
  const comments = Object.entries(meanings).flatMap(([table, columns]) =>
    Object.entries(columns).map(([column, text]) => `COMMENT ON COLUMN ${table}.${column} IS ${quoteText(text)};`),
  );
  const changes = marksBefore.has(marks[0]?.comment ?? '') ? additions : tables;
  await connection.run('BEGIN');
  try {
    await connection.run(
      `${changes}\n${comments.join('\n')}\nCOMMENT ON TABLE refresh_log IS ${quoteText(layoutMark)};`,
    );
    const foreign = await findForeignTable(connection);
    await connection.run(foreign === null ? 'COMMIT' : 'ROLLBACK');
    return foreign;
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => undefined);
    // Something else has the name of a table of ours, or of one of its columns.
    if (error instanceof Error && /^(?:Catalog|Binder|Dependency|Conversion) Error/.test(error.message)) {
      return `The tables of records can't be made: ${error.message}`;
    }
    throw error;
  }
}

/** The names of the tables with the warehouse's own records. */
export const recordTables: ReadonlySet<string> = new Set(['refresh_log', ...Object.keys(otherTables)]);

const columnSchema = z.object({ table_name: z.string(), name: z.string(), type: z.string() });
const restrictionSchema = z.object({ table_name: z.string(), kind: z.string() });

/**
 * Checks that the tables of records have the columns that rows are written to, and nothing that could refuse a row: the
 * file may come from anybody. DuckDB lists the expression of a generated column as its default; ours have neither.
 */
export async function findForeignTable(connection: DuckDBConnection): Promise<string | null> {
  const names = [...recordTables].map(quoteText).join(', ');
  const ours = `database_name = current_database() AND schema_name = 'main' AND table_name IN (${names})`;
  const columns = await readRows(
    connection,
    `SELECT table_name, column_name AS name, data_type AS type FROM duckdb_columns()
     WHERE ${ours} AND coalesce(column_default, 'NULL') = 'NULL'
       AND table_oid IN (SELECT table_oid FROM duckdb_tables() WHERE ${ours})
     ORDER BY column_index`,
    columnSchema,
  );
  const columnsOf = (table: string) =>
    columns.filter(({ table_name: of }) => of === table).map(({ name, type }) => `${name} ${type}`);
  // Rows of the log are written by the names of columns, those of the others by their order.
  const log = new Set(columnsOf('refresh_log'));
  const expected = Object.entries({ ...firstLogColumns, ...laterLogColumns });
  if (expected.some(([name, type]) => !log.has(`${name} ${type}`))) return asUnknown('refresh_log');
  for (const [table, declared] of Object.entries(otherTables)) {
    const written = Object.entries(declared).map(([name, type]) => `${name} ${type}`);
    if (written.join() !== columnsOf(table).join()) return asUnknown(table);
  }
  const mandatory = Object.keys(firstLogColumns).filter((name) => !nullableLogColumns.has(name));
  const [restriction] = await readRows(
    connection,
    `SELECT table_name, constraint_type AS kind FROM duckdb_constraints()
     WHERE ${ours} AND NOT (table_name = 'refresh_log' AND (
       (constraint_type = 'PRIMARY KEY' AND constraint_column_names = ['refresh_id'])
       OR (constraint_type = 'NOT NULL' AND len(list_filter(constraint_column_names,
         lambda name: name NOT IN (${mandatory.map(quoteText).join(', ')}))) = 0)))
     UNION ALL SELECT table_name, 'unique index' FROM duckdb_indexes() WHERE ${ours} AND is_unique AND NOT is_primary
     LIMIT 1`,
    restrictionSchema,
  );
  return restriction
    ? `The table ${restriction.table_name} has a restriction (${restriction.kind}) that Micro Warehouse has not made.`
    : null;
}

function asUnknown(table: string): string {
  return `The table ${table} does not have the columns that Micro Warehouse writes.`;
}
