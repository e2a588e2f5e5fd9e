-- name: silver_events
-- layer: silver
-- kind: view
-- grain: one row per event of a known user
-- depends on: bronze_events
-- columns:
--   event_time: when it happened, as a timestamp
--   user_id: who did it, never null
--   team_id: the team of that user
--   event_name: what happened
--   properties: JSON object with details, null where it was empty
--   date: the partition key; a filter on it reads only the files of those days
-- summary: Events with parsed timestamps; events without a user removed; empty properties set to null.
SELECT
  CAST(event_time AS TIMESTAMP(6)) AS event_time,
  user_id,
  team_id,
  event_name,
  NULLIF(properties, '') AS properties,
  date
FROM bronze_events
WHERE user_id IS NOT NULL;
