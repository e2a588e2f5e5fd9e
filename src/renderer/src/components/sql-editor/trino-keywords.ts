/** Keywords that can be names only in quotes, from Trino's documentation of reserved keywords. */
export const trinoReserved: ReadonlySet<string> = new Set(
  (
    'ALTER AND AS AUTO BETWEEN BY CASE CAST CONSTRAINT CREATE CROSS CUBE CURRENT_CATALOG CURRENT_DATE CURRENT_PATH ' +
    'CURRENT_ROLE CURRENT_SCHEMA CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DEALLOCATE DELETE DESCRIBE DISTINCT DROP ' +
    'ELSE END ESCAPE EXCEPT EXECUTE EXISTS EXTRACT FALSE FOR FROM FULL GROUP GROUPING HAVING IN INNER INSERT ' +
    'INTERSECT INTO IS JOIN JSON_ARRAY JSON_EXISTS JSON_OBJECT JSON_QUERY JSON_TABLE JSON_VALUE LEFT LIKE LISTAGG ' +
    'LOCALTIME LOCALTIMESTAMP NATURAL NORMALIZE NOT NULL ON OR ORDER OUTER PREPARE RECURSIVE RIGHT ROLLUP SELECT SKIP ' +
    'TABLE THEN TRIM TRUE UESCAPE UNION UNNEST USING VALUES WHEN WHERE WITH'
  ).split(' '),
);

/** Other words of queries that are offered; they may be names as well. */
const otherKeywords = (
  'ALL ANALYZE ANY ASC AT CATALOGS COLUMNS DATE DESC EXPLAIN FETCH FILTER FIRST FOLLOWING FUNCTIONS INTERVAL LAST ' +
  'LATERAL LIMIT NULLS OFFSET ONLY ORDINALITY OVER PARTITION PRECEDING RANGE ROW ROWS SCHEMAS SETS SHOW SOME ' +
  'TABLES TABLESAMPLE TIME TIMESTAMP TRY_CAST UNBOUNDED WINDOW WITHIN ZONE'
).split(' ');

export const trinoKeywords: readonly string[] = [...trinoReserved, ...otherKeywords].toSorted();

export const trinoTypes: readonly string[] = (
  'array bigint boolean char date decimal double integer interval ipaddress json map real row smallint time ' +
  'timestamp tinyint uuid varbinary varchar'
).split(' ');
