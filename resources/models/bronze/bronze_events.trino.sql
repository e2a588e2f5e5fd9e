-- bronze_events.sql on Trino: the external table over the same files, which set-up creates.
SELECT
  event_time,
  user_id,
  team_id,
  event_name,
  properties,
  date,
  "$path" AS filename
FROM events;
