import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlTableSchema, type SqlTable } from '../../contract/language';
import { readRows } from '../sql/read-rows';
import { tableNamePattern } from '../sql/result-names';
import { quoteText } from '../sql/quote';

/** The temporary tables and views of a connection with their columns, without those of the app's results. */
export async function temporaryTablesOf(
  connection: DuckDBConnection,
): Promise<Pick<SqlTable, 'schema' | 'name' | 'columns'>[]> {
  return readRows(
    connection,
    `SELECT schema_name AS schema, table_name AS name,
       list({ name: column_name, type: data_type } ORDER BY column_index) AS columns
     FROM system.main.duckdb_columns()
     WHERE NOT internal AND database_name = 'temp' AND NOT regexp_matches(table_name, ${quoteText(tableNamePattern)})
     GROUP BY ALL ORDER BY ALL`,
    sqlTableSchema.pick({ schema: true, name: true, columns: true }),
  );
}
