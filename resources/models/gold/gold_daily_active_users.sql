-- name: gold_daily_active_users
-- layer: gold
-- kind: incremental
-- period: day of date
-- grain: one row per day with events
-- depends on: silver_events
-- columns:
--   date: the day
--   daily_active_users: users with at least one event on that day
-- summary: Users active each day.
SELECT
  date,
  COUNT(DISTINCT user_id) AS daily_active_users
FROM silver_events
GROUP BY date
ORDER BY date;
