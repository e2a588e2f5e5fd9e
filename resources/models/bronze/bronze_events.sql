-- name: bronze_events
-- layer: bronze
-- kind: view
-- grain: one row per event, as it was written
-- depends on: data/events
-- columns:
--   event_time: when it happened (UTC, microseconds)
--   user_id: who did it
--   team_id: the team of that user
--   event_name: what happened
--   properties: JSON object with details, as text
--   date: the partition key, from the folder's name
--   filename: the Parquet file that holds the row
-- summary: The raw Parquet files under data/events, untouched.
SELECT * REPLACE (TRY_CAST(date AS DATE) AS date)
FROM read_parquet(
  'data/events/date=[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]/events-*.parquet',
  hive_partitioning = true,
  hive_types = {'date': VARCHAR},
  filename = true
)
-- Files in folders of days that do not exist, such as date=2025-02-30, are not opened.
WHERE TRY_CAST(date AS DATE) >= DATE '0001-01-01';
