import type { ClusterSetUpPlan } from '../../contract/cluster';
import { quoteIdentifier, quoteText } from '../sql/quote';
import { eventColumns, sourceColumns } from './event-columns';
import type { ClusterSession } from './session';
import { recordTables } from './tables';

/** The statements that set a cluster up, in order. Each leaves alone what is there. */
export function setUpPlan(session: ClusterSession): ClusterSetUpPlan {
  const { eventsCatalog, eventsSchema, resultsCatalog, resultsSchema, location } = session.settings;
  const columns = Object.entries(sourceColumns).map(([name, type]) => `${name} ${type}`);
  const impossible = [...eventColumns.map((name) => `${name} BOOLEAN`), `date ${sourceColumns.date}`];
  const overFiles = (table: string, declared: readonly string[]) => `CREATE TABLE IF NOT EXISTS ${table} (
  ${declared.join(',\n  ')}
) WITH (
  external_location = ${quoteText(location.replace(/\/+$/, ''))},
  format = 'PARQUET',
  partitioned_by = ARRAY['date']
)`;
  const records = Object.entries(recordTables).map(([table, declared]) => ({
    purpose: `The table ${table} of the refreshes' own records.`,
    sql: `CREATE TABLE IF NOT EXISTS ${session.result(table)} (\n  ${Object.entries(declared)
      .map(([name, type]) => `${name} ${type}`)
      .join(',\n  ')}\n)`,
  }));
  return [
    {
      purpose: 'The schema of the events.',
      sql: `CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(eventsCatalog)}.${quoteIdentifier(eventsSchema)}`,
    },
    {
      purpose: 'The event files as a table. Dropping it leaves the files.',
      sql: overFiles(session.eventsTable, columns),
    },
    {
      purpose:
        'The same files once more, with columns of a type that they never have: by it a refresh finds out whether a file lacks a column.',
      sql: overFiles(session.eventColumnsTable, impossible),
    },
    {
      purpose: 'The schema of the models.',
      sql: `CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(resultsCatalog)}.${quoteIdentifier(resultsSchema)}`,
    },
    ...records,
    {
      purpose: 'The row that keeps two refreshes apart.',
      sql: `INSERT INTO ${session.result('refresh_lock')}
SELECT CAST(NULL AS VARCHAR), current_timestamp, current_timestamp
WHERE NOT EXISTS (SELECT 1 FROM ${session.result('refresh_lock')})`,
    },
  ];
}

/**
 * Creates the schemas and tables that are missing.
 * @throws AppError CLUSTER_RIGHTS, CLUSTER_QUERY and others of the client
 */
export async function setUp(session: ClusterSession): Promise<void> {
  for (const { sql } of setUpPlan(session)) await session.run(sql);
}
