import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Kind } from './kinds';

/** Statements that create objects which a stranger may have left in the database file. */
function statements(documents: string, eventsFolder: string): Record<string, readonly string[]> {
  const log = (folder: string) => `FROM enable_logging('QueryLog', storage := 'file', storage_path := '${folder}')`;
  const quoted = (sql: string) => sql.replaceAll("'", "''");
  const outside = log(documents);
  const inside = log(path.join(eventsFolder, 'date=2030-01-01'));
  const drawn = `FROM query(CASE WHEN random() < 0.5 THEN 'SELECT 1' ELSE '${quoted(outside)}' END)`;
  const view = (name: string, sql: string) => [
    `DROP TABLE IF EXISTS ${name}`,
    `CREATE OR REPLACE VIEW ${name} AS ${sql}`,
  ];
  const scalars = ['sum', 'count', 'max', 'coalesce', '"+"', '"="', 'lower', 'strftime', 'to_json', 'list_transform', 'current_date', 'hash', 'date_trunc', 'json_extract_string', 'length']; // prettier-ignore
  const tables = ['read_parquet', 'parquet_metadata', 'duckdb_columns', 'duckdb_tables', 'duckdb_functions', 'duckdb_views', 'range', 'unnest', '"glob"', 'pragma_table_info']; // prettier-ignore
  return {
    ...Object.fromEntries(scalars.map((name) => [`macro ${name}`, [`CREATE MACRO ${name}(a, b := 1) AS (SELECT count(*) FROM query('${quoted(outside)}'))`]])), // prettier-ignore
    ...Object.fromEntries(tables.map((name) => [`table macro ${name}`, [`CREATE MACRO ${name}(a := 1, b := 2) AS TABLE ${outside}`]])), // prettier-ignore
    ...Object.fromEntries(['refresh_log', 'refresh_manifest', 'refresh_days', 'refresh_models', 'refresh_changes', 'check_days', 'check_results'].map((name) => [`view ${name}`, view(name, outside)])), // prettier-ignore
    ...Object.fromEntries(['gold_daily_revenue', 'gold_top_teams', 'gold_mine'].map((name) => [`view ${name}`, view(name, drawn)])), // prettier-ignore
    'view silver_events': [`CREATE OR REPLACE VIEW silver_events AS ${drawn}`],
    'view bronze_events': [`CREATE OR REPLACE VIEW bronze_events AS ${inside}`],
    'view that reads outside': [`CREATE VIEW peek AS FROM read_text('${documents}/note.txt')`],
    'view of other columns': [`CREATE OR REPLACE VIEW silver_events AS SELECT 1 AS x`],
    'table of other columns': ['DROP TABLE refresh_log', 'CREATE TABLE refresh_log (x INTEGER)'],
    'records with hostile paths': [`UPDATE refresh_manifest SET path = '../../../Documents/note.txt'`],
    'log with hostile exports': [`UPDATE refresh_log SET exports = ['../../../Documents/note.txt', '/etc/passwd']`],
    'models with hostile definitions': [
      `UPDATE refresh_models SET definition = '${quoted(outside)}', fingerprint = 'x'`,
    ],
    'models with hostile names': [`UPDATE refresh_models SET name = '../../Documents/note'`],
    'type json': ['CREATE TYPE json AS INTEGER'],
    'schema system': ['CREATE SCHEMA "system"'],
    'schema temp': ['CREATE SCHEMA "temp"'],
    'schema information_schema': ['CREATE SCHEMA "micro_warehouse"'],
    'sequence as default': ['CREATE SEQUENCE s', `CREATE TABLE acts (x INTEGER DEFAULT nextval('s'))`],
  };
}

const names = Object.keys(statements('', ''));

async function runAll(file: string, sqls: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(file, { threads: '1' });
  const connection = await instance.connect();
  try {
    for (const sql of sqls) await connection.run(sql);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Objects of the database file; their place is the file itself. */
export const databaseKinds: readonly Kind[] = names.map((name) => ({
  name,
  fits: (place) => place.name === 'micro_warehouse.duckdb',
  set: ({ file, hostile }) => runAll(file, statements(hostile.documents, hostile.workspace.eventsFolder)[name] ?? []),
}));
