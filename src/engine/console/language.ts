import { silver } from '../../contract/relations';
import { z } from 'zod';
import {
  sqlFunctionSchema,
  sqlTableSchema,
  suggestionSchema,
  type SqlTable,
  type SqlWords,
  type Suggestion,
} from '../../contract/language';
import type { Database } from '../database/database';
import { recordTables } from '../database/schema';
import { readRows } from '../sql/read-rows';
import { quoteIdentifier, quoteText } from '../sql/quote';

/** Rows that are read for the keys of a JSON column: enough to find each key, few enough to be instant. */
const sampledRows = 5_000;

const keywordsSql = 'SELECT DISTINCT keyword_name AS name FROM duckdb_keywords() ORDER BY 1';
/** *type_function* keywords can't be names of tables or columns either. */
const reservedSql = `SELECT keyword_name AS name FROM duckdb_keywords()
  WHERE keyword_category IN ('reserved', 'type_function') ORDER BY 1`;
const typesSql = `SELECT DISTINCT lower(type_name) AS name FROM duckdb_types() WHERE database_name = 'system' ORDER BY 1`;
const functionsSql = `
  SELECT
    function_name AS name,
    any_value(function_type) AS kind,
    list(DISTINCT function_name || '(' || array_to_string(list_transform(parameters, lambda name, place:
      concat_ws(' ', name, parameter_types[place])), ', ') || ')' || coalesce(' -> ' || return_type, '')) AS signatures,
    any_value(description) AS description,
    any_value(examples[1]) AS example
  FROM duckdb_functions()
  WHERE function_type <> 'pragma' AND regexp_full_match(function_name, '[a-z_]\\w*') AND function_name NOT LIKE 'icu_collate%'
  GROUP BY ALL ORDER BY ALL`;
const tablesSql = `
  SELECT schema_name AS schema, table_name AS name, list({ name: column_name, type: data_type } ORDER BY column_index) AS columns
  FROM duckdb_columns()
  WHERE NOT internal AND database_name = current_database()
  GROUP BY ALL ORDER BY ALL`;

const nameSchema = z.object({ name: z.string() });

/** Words, tables and completions for the SQL editor, from DuckDB itself. */
export class Language {
  #words: Promise<SqlWords> | null = null;

  constructor(private readonly database: Database) {}

  /** Asked of DuckDB once. */
  words(): Promise<SqlWords> {
    this.#words ??= this.database.use(async (connection) => ({
      keywords: (await readRows(connection, keywordsSql, nameSchema)).map(({ name }) => name),
      reserved: (await readRows(connection, reservedSql, nameSchema)).map(({ name }) => name),
      types: (await readRows(connection, typesSql, nameSchema)).map(({ name }) => name),
      functions: await readRows(connection, functionsSql, sqlFunctionSchema),
    }));
    return this.#words;
  }

  /** Tables and views with their columns; none if there is no warehouse. */
  schema(): Promise<SqlTable[]> {
    return this.database.use(async (connection) => {
      await this.database.useCatalog(connection);
      const tables = await readRows(connection, tablesSql, sqlTableSchema.omit({ records: true, sessionId: true }));
      return tables.map((table) => ({
        ...table,
        records: table.schema === 'main' && recordTables.has(table.name),
        sessionId: null,
      }));
    });
  }

  /** @param text the text before the cursor */
  complete(text: string): Promise<Suggestion[]> {
    return this.database.use(async (connection) => {
      await this.database.useCatalog(connection);
      return readRows(
        connection,
        `SELECT suggestion AS text, suggestion_start AS "from", suggestion_type AS kind
         FROM sql_auto_complete(${quoteText(text)}) WHERE suggestion NOT LIKE 'icu_collate%'`,
        suggestionSchema.extend({ from: z.coerce.number() }),
      );
    });
  }

  /**
   * Keys of the JSON objects in a column with that name: in `silver_events` if it has one, otherwise in the first
   * table.
   */
  jsonKeys(column: string): Promise<string[]> {
    return this.database.use(async (connection) => {
      await this.database.useCatalog(connection);
      const tables = await readRows(
        connection,
        `SELECT table_name AS name FROM duckdb_columns()
         WHERE NOT internal AND database_name = current_database() AND data_type IN ('VARCHAR', 'JSON')
           AND lower(column_name) = lower(${quoteText(column)})
         ORDER BY table_name <> '${silver}', table_name LIMIT 1`,
        nameSchema,
      );
      const table = tables.at(0)?.name;
      if (table === undefined) return [];
      const name = quoteIdentifier(column);
      const keys = await readRows(
        connection,
        `SELECT DISTINCT unnest(json_keys(value)) AS name
         FROM (SELECT ${name} AS value FROM ${quoteIdentifier(table)} WHERE ${name} IS NOT NULL LIMIT ${sampledRows})
         WHERE json_valid(value) AND json_type(value) = 'OBJECT' ORDER BY 1`,
        nameSchema,
      );
      return keys.map((row) => row.name);
    });
  }
}
