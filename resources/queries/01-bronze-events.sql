-- title: Bronze: the raw events
-- group: The three layers
-- Every row of every Parquet file, as it was generated.
SELECT *
FROM bronze_events
LIMIT 100;
