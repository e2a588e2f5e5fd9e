/*
 * DuckDB's own functions by their effects. The lists are complete for the bundled DuckDB: `read-only.fuzz.test.ts`
 * fails if a new version has a function that is in none of them.
 */

/** Table functions that only read, whatever their arguments. All others are refused. */
export const readingTableFunctions: ReadonlySet<string> = new Set([
  'check_peg_parser', 'duckdb_approx_database_count', 'duckdb_columns', 'duckdb_connection_count', 'duckdb_constraints',
  'duckdb_coordinate_systems', 'duckdb_databases', 'duckdb_dependencies', 'duckdb_extensions',
  'duckdb_external_file_cache', 'duckdb_functions', 'duckdb_indexes', 'duckdb_keywords', 'duckdb_log_contexts',
  'duckdb_logs', 'duckdb_memory', 'duckdb_optimizers', 'duckdb_prepared_statements', 'duckdb_schemas',
  'duckdb_secret_types', 'duckdb_secrets', 'duckdb_sequences', 'duckdb_settings', 'duckdb_table_sample',
  'duckdb_tables', 'duckdb_temporary_files', 'duckdb_types', 'duckdb_variables', 'duckdb_views', 'generate_series',
  'glob', 'icu_calendar_names', 'json_each', 'json_tree', 'parquet_bloom_probe', 'parquet_file_metadata',
  'parquet_full_metadata', 'parquet_kv_metadata', 'parquet_metadata', 'parquet_scan', 'parquet_schema',
  'pg_timezone_names', 'pragma_collations', 'pragma_database_size', 'pragma_metadata_info', 'pragma_platform',
  'pragma_show', 'pragma_storage_info', 'pragma_table_info', 'pragma_user_agent', 'pragma_version', 'range',
  'read_blob', 'read_csv', 'read_csv_auto', 'read_json', 'read_json_auto', 'read_json_objects',
  'read_json_objects_auto', 'read_ndjson', 'read_ndjson_auto', 'read_ndjson_objects', 'read_parquet', 'read_text',
  'repeat', 'repeat_row', 'seq_scan', 'sniff_csv', 'sql_auto_complete', 'summary', 'test_all_types',
  'test_vector_types', 'unnest', 'which_secret',
]); // prettier-ignore

/**
 * Those of them that return names of files without opening each. Where a link leads out of the workspace they are
 * refused: see `listing.ts`.
 */
export const listingTableFunctions = ['glob', 'read_text', 'read_blob'] as const;

/** DuckDB replaces these by the query or the tables before it runs anything; their arguments are checked instead. */
export const replacedTableFunctions = ['query', 'query_table'] as const;

/**
 * Table functions that affect the process, write files, open other databases, or run hidden SQL
 * (`json_execute_serialized_sql` does so on its own connection).
 */
export const actingTableFunctions = [
  'arrow_scan', 'arrow_scan_dumb', 'checkpoint', 'disable_logging', 'disable_peg_parser', 'disable_profiling',
  'enable_logging', 'enable_peg_parser', 'enable_profiling', 'force_checkpoint', 'json_execute_serialized_sql',
  'read_duckdb', 'truncate_duckdb_logs',
] as const; // prettier-ignore

/**
 * Parameters of `read_csv` and its variants that make DuckDB write: rejected lines go to temporary tables whose names the
 * statement chooses. They would replace tables of the warehouse in everything that the connection runs later.
 */
export const writingParameters = ['store_rejects', 'rejects_scan', 'rejects_table', 'rejects_limit'] as const;

/** Scalar functions with side effects: an entry in DuckDB's log, from which the reads of a query are taken. */
export const actingScalarFunctions = ['write_log'] as const;

/** Pragmas that only read. Others act when DuckDB parses them (`import_database`) or runs them. */
export const readingPragmas: ReadonlySet<string> = new Set([
  'collations', 'database_list', 'database_size', 'extension_versions', 'functions', 'metadata_info', 'platform',
  'show', 'show_databases', 'show_tables', 'show_tables_expanded', 'storage_info', 'table_info', 'user_agent',
  'version',
]); // prettier-ignore

/**
 * Operators of DuckDB's logical plans, which are listed there along with table functions. Those that could act
 * (`COPY_TO_FILE`, `ATTACH`, `EXPORT`, `SET`, ...) are left out on purpose.
 */
export const plainOperators: ReadonlySet<string> = new Set([
  'projection', 'filter', 'aggregate', 'window', 'unnest', 'limit', 'order_by', 'top_n', 'distinct',
  'sample', 'pivot', 'get', 'chunk_get', 'delim_get', 'expression_get', 'column_data_get', 'dummy_scan',
  'empty_result', 'cte_scan', 'cte_ref', 'join', 'delim_join', 'comparison_join', 'any_join', 'cross_product',
  'positional_join', 'asof_join', 'dependent_join', 'union', 'except', 'intersect', 'rec_cte', 'recursive_cte',
  'cte', 'materialized_cte', 'insert', 'delete', 'update', 'merge_into', 'create_table', 'create_view',
  'create_macro', 'create_sequence', 'create_schema', 'create_type', 'create_index', 'explain', 'show', 'index_scan',
]); // prettier-ignore
