/** The name that any DuckDB client gives `micro_warehouse.duckdb` by itself, so the same SQL works everywhere. */
export const catalog = 'micro_warehouse';
