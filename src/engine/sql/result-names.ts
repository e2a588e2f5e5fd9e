/** The name of the table that holds the rows of a result. */
export const rowsTableOf = (resultId: string): string => `result_${resultId}`;

/** The name of the table that holds the order of an arranged result. */
export const orderTableOf = (arrangedId: string): string => `arranged_${arrangedId}`;

/** Matches the names of both, as a regular expression of DuckDB. */
export const tableNamePattern = '^(result|arranged)_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
