import { catalog } from '../../contract/relations';
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { AppError } from '../../contract/app-error';
import { sqlTokens } from '../../contract/text/sql-text';
import { isSuspicious, whyActing } from '../statements/static-check';
import type { Workspace } from '../workspace';
import { hidesResults } from '../sql/hide-results';
import { readRows } from '../sql/read-rows';
import { quoteIdentifier } from '../sql/quote';

/*
 * A database file may come from anybody. DuckDB looks up names in it before its own: a macro `sum`, or `+`, would
 * replace DuckDB's in all of our SQL, and a view over a function that writes files would run with our rights. Such
 * objects are found by reading only the catalog, before any other SQL runs on the file. These queries call functions
 * and operators only by their full names, so nothing in the file can affect them.
 */

const functionSchema = z.object({
  database_name: z.string(),
  function_name: z.string(),
  function_type: z.string(),
  macro_definition: z.string().nullable(),
});
const viewSchema = z.object({ database_name: z.string(), view_name: z.string(), sql: z.string().nullable() });
const typeSchema = z.object({ database_name: z.string().nullable(), type_name: z.string(), internal: z.boolean() });
const schemaSchema = z.object({ database_name: z.string(), schema_name: z.string() });

const system = 'system';
/** A schema with such a name makes our names ambiguous. */
const reservedSchemas: ReadonlySet<string> = new Set([system, 'temp', 'memory', catalog]);

/** An object that must not stay in a database, and why. */
export interface HostileObject {
  /** Such as `macro "sum"`. */
  readonly name: string;
  /** The rest of a sentence that starts with the name. */
  readonly reason: string;
  /** The statement that removes it. */
  readonly remedy: string;
}

/**
 * Finds the first object, in any database but DuckDB's own, that hides something of DuckDB's or calls a function that
 * does more than read; null if there is none.
 */
export async function findHostileObject(connection: DuckDBConnection): Promise<HostileObject | null> {
  return (
    (await hostileSchema(connection)) ??
    (await hostileType(connection)) ??
    (await hostileMacro(connection)) ??
    (await hostileView(connection))
  );
}

/** The error for a database file with such an object; the file must not be used as it is. */
export function unsafeDatabase({ name, reason, remedy }: HostileObject, workspace: Workspace): AppError {
  return new AppError('DATABASE_UNSAFE', `In ${workspace.database}, the ${name} ${reason}`, {
    action: `Remove it with another DuckDB client (${remedy}). Or run a full refresh: the file is renamed, never deleted, and the warehouse is rebuilt from the Parquet files.`,
  });
}

/** @throws the error that `refusal` creates, if a database contains such an object */
export async function refuseHostileObjects(
  connection: DuckDBConnection,
  refusal: (reason: string) => AppError,
): Promise<void> {
  const found = await findHostileObject(connection);
  if (found) throw refusal(`The ${found.name} ${found.reason}`);
}

async function hostileSchema(connection: DuckDBConnection): Promise<HostileObject | null> {
  const sql = 'SELECT database_name, schema_name FROM system.main.duckdb_schemas()';
  const clash = (await readRows(connection, sql, schemaSchema)).find(
    ({ database_name: database, schema_name: name }) => database !== system && reservedSchemas.has(name.toLowerCase()),
  );
  if (!clash) return null;
  const name = quoteIdentifier(clash.schema_name);
  return {
    name: `schema ${name}`,
    reason: 'has the name of a database that every statement needs.',
    remedy: `DROP SCHEMA ${name} CASCADE`,
  };
}

async function hostileType(connection: DuckDBConnection): Promise<HostileObject | null> {
  const sql = 'SELECT database_name, type_name, internal FROM system.main.duckdb_types()';
  const rows = await readRows(connection, sql, typeSchema);
  const ours = new Set(
    rows.filter(({ database_name: name }) => name === system).map((row) => row.type_name.toLowerCase()),
  );
  const clash = rows.find(
    ({ database_name: database, type_name: name, internal }) =>
      database !== system && !internal && ours.has(name.toLowerCase()),
  );
  if (!clash) return null;
  const name = quoteIdentifier(clash.type_name);
  return { name: `type ${name}`, reason: 'hides DuckDB’s own type of that name.', remedy: `DROP TYPE ${name}` };
}

async function hostileMacro(connection: DuckDBConnection): Promise<HostileObject | null> {
  const rows = await readRows(
    connection,
    'SELECT database_name, function_name, function_type, macro_definition FROM system.main.duckdb_functions()',
    functionSchema,
  );
  const ours = new Set(
    rows
      .filter(({ database_name: name, function_type: type }) => name === system && type !== 'pragma')
      .map((row) => row.function_name.toLowerCase()),
  );
  for (const { database_name: database, function_name, function_type, macro_definition } of rows) {
    if (database === system || hidesResults(database, function_name, macro_definition)) continue;
    const name = quoteIdentifier(function_name);
    const isTable = function_type === 'table_macro';
    const found = { name: `macro ${name}`, remedy: `DROP MACRO ${isTable ? 'TABLE ' : ''}${name}` };
    if (ours.has(function_name.toLowerCase())) return { ...found, reason: 'hides DuckDB’s own function of that name.' };
    const definition = macro_definition ?? '';
    const reason = await whyActing(isTable ? definition : `SELECT (${definition})`, connection);
    if (reason !== null) return { ...found, reason: `can't be used: ${reason}` };
  }
  return null;
}

async function hostileView(connection: DuckDBConnection): Promise<HostileObject | null> {
  const sql = 'SELECT database_name, view_name, sql FROM system.main.duckdb_views()';
  for (const { database_name: database, view_name, sql: text } of await readRows(connection, sql, viewSchema)) {
    if (database === system || text === null || !isSuspicious(text)) continue;
    const reason = await whyActing(selectOfView(text), connection);
    const name = quoteIdentifier(view_name);
    if (reason !== null)
      return { name: `view ${name}`, reason: `can't be used: ${reason}`, remedy: `DROP VIEW ${name}` };
  }
  return null;
}

/** The part after the first AS of `CREATE VIEW name (columns) AS ...`, as DuckDB writes it. */
function selectOfView(text: string): string {
  for (const { kind, from, to } of sqlTokens(text)) {
    if (kind === 'word' && text.slice(from, to).toUpperCase() === 'AS') return text.slice(to);
  }
  return text;
}
