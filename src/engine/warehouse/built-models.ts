import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column, Model } from '../../contract/warehouse';
import type { ModelFile } from './model-file';

const columnsSql = `
  SELECT table_name, column_name, data_type
  FROM duckdb_columns()
  WHERE database_name = current_database() AND schema_name = 'main'
  ORDER BY table_name, column_index`;

/** Joins what the files declare with what stands in the database; counts come from the last refresh, not from scans. */
export async function describeModels(
  models: readonly ModelFile[],
  rowsAtRefresh: Readonly<Record<string, number>>,
  connection: DuckDBConnection,
): Promise<Model[]> {
  const result = await connection.runAndReadAll(columnsSql);
  const columns = new Map<string, Column[]>();
  for (const [table, name, type] of result.getRowsJS()) {
    const known = columns.get(String(table)) ?? [];
    columns.set(String(table), [...known, { name: String(name), type: String(type) }]);
  }
  return models.map((model) => {
    const built = columns.get(model.name);
    const rows = rowsAtRefresh[model.name];
    return { ...model, built: built && rows !== undefined ? { columns: built, rows } : null };
  });
}
