/**
 * Functions that give the same value in DuckDB and Trino for the same arguments, NULL included. Anything else may exist
 * in one engine only, or differ without an error: `concat` skips NULL in DuckDB, `greatest` too; `concat_ws`, `substr`
 * and `split_part` treat odd positions differently; the last digits of `stddev`, `ln` and others depend on the order of
 * rows or on the library.
 */
export const equalFunctions: ReadonlySet<string> = new Set([
  'COUNT',
  'SUM',
  'AVG',
  'MIN',
  'MAX',
  'BOOL_AND',
  'BOOL_OR',
  'COUNT_IF',
  'ROW_NUMBER',
  'RANK',
  'DENSE_RANK',
  'NTILE',
  'LAG',
  'LEAD',
  'FIRST_VALUE',
  'LAST_VALUE',
  'COALESCE',
  'NULLIF',
  'ABS',
  'FLOOR',
  'CEIL',
  'ROUND',
  'LOWER',
  'UPPER',
  'LENGTH',
  'REPLACE',
  'STARTS_WITH',
  'YEAR',
  'QUARTER',
  'MONTH',
  'WEEK',
  'DAY',
  'HOUR',
  'MINUTE',
  'SECOND',
  'DATE_TRUNC',
  'EXTRACT',
]);

/** Functions that both engines have, with the difference. */
export const differentFunctions: ReadonlyMap<string, string> = new Map([
  ['DATE_DIFF', 'date_diff counts the boundaries between two times in DuckDB and complete units in Trino'],
  ['DATEDIFF', 'datediff counts the boundaries between two times in DuckDB, and Trino has only date_diff'],
  ['TRY_CAST', 'TRY_CAST of text accepts more in DuckDB ("2.5" as an integer) than in Trino'],
  ['CONCAT', 'concat skips NULL in DuckDB and returns NULL in Trino; write ||'],
  ['GREATEST', 'greatest skips NULL in DuckDB and returns NULL in Trino'],
  ['LEAST', 'least skips NULL in DuckDB and returns NULL in Trino'],
  ['DAYOFWEEK', 'dayofweek starts with Sunday = 0 in DuckDB, and Trino has day_of_week with Monday = 1'],
  ['COLUMNS', "COLUMNS(...) doesn't exist in Trino"],
  ['UNNEST', 'UNNEST is a function in DuckDB and a part of FROM in Trino'],
]);

/** Words before a parenthesis that aren't functions. */
export const wordsBeforeParenthesis: ReadonlySet<string> = new Set([
  'ALL',
  'AND',
  'ANY',
  'AS',
  'BETWEEN',
  'BY',
  'CASE',
  'CAST',
  'CUBE',
  'DISTINCT',
  'ELSE',
  'EXCEPT',
  'EXISTS',
  'FILTER',
  'FROM',
  'HAVING',
  'IN',
  'INTERSECT',
  'IS',
  'JOIN',
  'LIKE',
  'LIMIT',
  'MATERIALIZED',
  'NOT',
  'ON',
  'OR',
  'OVER',
  'ROLLUP',
  'SELECT',
  'SETS',
  'THEN',
  'UNION',
  'USING',
  'VALUES',
  'WHEN',
  'WHERE',
  'WITH',
]);

/** Words that only DuckDB knows, or that mean something else in Trino. */
export const duckDbWords: ReadonlyMap<string, string> = new Map([
  ['QUALIFY', 'QUALIFY'],
  ['EXCLUDE', '* EXCLUDE'],
  ['ILIKE', 'ILIKE'],
  ['GLOB', 'GLOB'],
  ['PIVOT', 'PIVOT'],
  ['UNPIVOT', 'UNPIVOT'],
  ['SUMMARIZE', 'SUMMARIZE'],
  ['ASOF', 'ASOF JOIN'],
  ['POSITIONAL', 'POSITIONAL JOIN'],
  ['SEMI', 'SEMI JOIN'],
  ['ANTI', 'ANTI JOIN'],
  ['SAMPLE', 'USING SAMPLE'],
  ['TABLESAMPLE', 'TABLESAMPLE, whose rows are random'],
  ['LAMBDA', 'lambda functions of DuckDB'],
  ['STRUCT', 'STRUCT'],
  ['OFFSET', 'OFFSET after LIMIT'],
  ['RECURSIVE', 'WITH RECURSIVE'],
]);

/** Types to which a cast gives the same value in both engines. */
export const equalCastTypes: ReadonlySet<string> = new Set(['DOUBLE', 'DATE', 'BOOLEAN', 'DECIMAL', 'NUMERIC']);

/** Casts of fractions to these round halves to even in DuckDB and away from zero in Trino. */
export const integerTypes: ReadonlySet<string> = new Set(['BIGINT', 'INTEGER', 'INT', 'SMALLINT', 'TINYINT']);

/** Functions whose values may be cast to an integer, since they count or add up integers. */
export const integerFunctions: ReadonlySet<string> = new Set(['SUM', 'COUNT', 'COUNT_IF', 'LENGTH', 'ROW_NUMBER']);

/** Units of date_trunc and EXTRACT that mean the same; a week starts on Monday in both. */
export const equalUnits: ReadonlySet<string> = new Set([
  'YEAR',
  'QUARTER',
  'MONTH',
  'WEEK',
  'DAY',
  'HOUR',
  'MINUTE',
  'SECOND',
]);
