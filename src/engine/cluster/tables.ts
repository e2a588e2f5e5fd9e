/*
 * The tables of a refresh on the cluster, in the schema of the results. A model `m` is the table `m_rows` and, for
 * readers, the view `m` of the snapshot that the log names.
 */

/** Our own tables, with their columns. */
export const recordTables = {
  refresh_log: {
    refresh_id: 'BIGINT',
    started_at: 'TIMESTAMP(6) WITH TIME ZONE',
    finished_at: 'TIMESTAMP(6) WITH TIME ZONE',
    holder: 'VARCHAR',
    entry: 'VARCHAR',
    state: 'VARCHAR',
  },
  refresh_lock: {
    holder: 'VARCHAR',
    taken_at: 'TIMESTAMP(6) WITH TIME ZONE',
    seen_at: 'TIMESTAMP(6) WITH TIME ZONE',
  },
  refresh_manifest: { path: 'VARCHAR', date: 'DATE', bytes: 'BIGINT', version: 'VARCHAR', row_count: 'BIGINT' },
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
    failed: 'MAP(VARCHAR, BIGINT)',
  },
  check_days: { check_name: 'VARCHAR', date: 'DATE', failed_rows: 'BIGINT' },
} as const;

/** The table with the rows of a model. */
export function rowsTable(model: string): string {
  return `${model}_rows`;
}
