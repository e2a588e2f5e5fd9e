-- name: gold_clean_weekly_activity
-- layer: gold
-- kind: incremental
-- period: week of week
-- grain: one row per week
-- depends on: silver_events
-- columns:
--   week: the Monday that the week starts on
--   events: events without the two kinds of rows that silver keeps
--   users: users with at least one of these events
--   teams: teams with at least one of these events
-- summary: Weekly events, users and teams without duplicates and without malformed JSON. Yours to change.
WITH clean_events AS (
  -- One row for all events that share user, team, name and timestamp.
  SELECT DISTINCT ON (event_time, user_id, team_id, event_name) *
  FROM silver_events
  -- Empty properties are null in silver, and allowed; text that is no JSON is not.
  WHERE properties IS NULL OR json_valid(properties)
)
SELECT
  date_trunc('week', event_time) AS week,
  COUNT(*) AS events,
  COUNT(DISTINCT user_id) AS users,
  COUNT(DISTINCT team_id) AS teams
FROM clean_events
GROUP BY ALL
ORDER BY week;
