/** The name of the table with the rows of a result. */
export const rowsTableOf = (resultId: string): string => `result_${resultId}`;

/** The name of the table with the order of an arranged result. */
export const orderTableOf = (arrangedId: string): string => `arranged_${arrangedId}`;

/** A DuckDB regular expression that matches both names. */
export const tableNamePattern = '^(result|arranged)_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
