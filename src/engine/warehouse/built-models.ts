import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import type { Column, Model } from '../../contract/warehouse';
import type { ModelFile } from './model-file';
import { readRows } from './read-rows';

const columnsSql = `
  SELECT table_name, column_name, data_type
  FROM duckdb_columns()
  WHERE database_name = current_database() AND schema_name = 'main'
  ORDER BY table_name, column_index`;

const rowSchema = z.object({ table_name: z.string(), column_name: z.string(), data_type: z.string() });

/** Joins what the files declare with what stands in the database; counts come from the last refresh, not from scans. */
export async function describeModels(
  models: readonly ModelFile[],
  rowsAtRefresh: Readonly<Record<string, number>>,
  connection: DuckDBConnection,
): Promise<Model[]> {
  const columns = new Map<string, Column[]>();
  for (const { table_name: table, column_name: name, data_type: type } of await readRows(
    connection,
    columnsSql,
    rowSchema,
  )) {
    columns.set(table, [...(columns.get(table) ?? []), { name, type }]);
  }
  return models.map((model) => {
    const built = columns.get(model.name);
    const rows = rowsAtRefresh[model.name];
    return { ...model, built: built && rows !== undefined ? { columns: built, rows } : null };
  });
}
