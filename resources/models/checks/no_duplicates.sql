-- name: no_duplicates
-- severity: warning
-- scope: day
-- depends on: silver_events
-- summary: No two events are of the same user, team, name and microsecond.
SELECT
  date,
  event_time,
  user_id,
  team_id,
  event_name,
  COUNT(*) AS copies
FROM silver_events
GROUP BY ALL
HAVING COUNT(*) > 1;
