/** The name that any DuckDB client gives `micro_warehouse.duckdb` by itself, so that SQL means the same everywhere. */
export const catalog = 'micro_warehouse';
