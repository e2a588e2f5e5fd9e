-- name: no_duplicates
-- severity: warning
-- scope: day
-- depends on: silver_events
-- kept in: silver_events
-- kept because: The specification of silver removes only events without a user, so every copy counts as an event.
-- summary: No two events share user, team, name and timestamp.
WITH suspects AS (
  -- Few events share user and time: only those are compared in full.
  SELECT event_time, user_id
  FROM silver_events
  GROUP BY 1, 2
  HAVING COUNT(*) > 1
)
SELECT
  date,
  event_time,
  user_id,
  team_id,
  event_name,
  COUNT(*) AS copies
FROM silver_events
WHERE (event_time, user_id) IN (SELECT event_time, user_id FROM suspects)
GROUP BY 1, 2, 3, 4, 5
HAVING COUNT(*) > 1;
