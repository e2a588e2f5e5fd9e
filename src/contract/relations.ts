/*
 * Names of the relations that the engine itself refers to. All other models are known by their files only.
 */

/** The view over the Parquet files. */
export const bronze = 'bronze_events';
/** The table of typed, cleaned events. */
export const silver = 'silver_events';

/**
 * The name of the warehouse's catalog: the one that any DuckDB client gives `micro_warehouse.duckdb` by itself, so the
 * same SQL works everywhere.
 */
export const catalog = 'micro_warehouse';
