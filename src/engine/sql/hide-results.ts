import type { DuckDBConnection } from '@duckdb/node-api';
import { tableNamePattern } from './result-names';

/*
 * The tables of results belong to the app and come and go, so lists of tables leave them out. All of DuckDB's lists
 * (SHOW, DESCRIBE, information_schema, pg_catalog, sqlite_master) read from two functions, and look for them in the
 * temporary schema of the connection first.
 */

const withoutResults = (name: string): string =>
  `SELECT * FROM "system".main.${name}() WHERE ((database_name != 'temp') OR (NOT "system".main.regexp_matches(table_name, '${tableNamePattern}')))`;

/**
 * Definitions by name, written exactly as DuckDB gives them back. The last one leaves out these macros themselves, so
 * that a list of functions has nothing of ours either.
 */
const macros: ReadonlyMap<string, string> = new Map([
  ['duckdb_tables', withoutResults('duckdb_tables')],
  ['duckdb_columns', withoutResults('duckdb_columns')],
  [
    'duckdb_functions',
    `SELECT * FROM "system".main.duckdb_functions() WHERE ((database_name != 'temp') OR (function_name NOT IN ('duckdb_tables', 'duckdb_columns', 'duckdb_functions')))`,
  ],
]);

/**
 * Lets every list of tables or columns on this connection leave out the tables of results. With its full name,
 * `system.main.duckdb_tables()` still lists them.
 */
export async function hideResults(connection: DuckDBConnection): Promise<void> {
  const statements = [...macros].map(([name, definition]) => `CREATE TEMP MACRO ${name}() AS TABLE ${definition};`);
  await connection.run(statements.join('\n'));
}

/** Whether a macro is one of {@link hideResults}, unchanged. */
export function hidesResults(database: string, name: string, definition: string | null): boolean {
  return database === 'temp' && definition !== null && macros.get(name) === definition;
}
