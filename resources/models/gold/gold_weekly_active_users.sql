-- name: gold_weekly_active_users
-- layer: gold
-- kind: incremental
-- period: week of week
-- grain: one row per week with events
-- depends on: silver_events, gold_daily_active_users
-- columns:
--   week: the Monday that the week starts on
--   weekly_active_users: users with at least one event in that week
--   average_daily_active_users: daily active users, averaged over the days of that week that have events
--   stickiness: average daily over weekly active users: 1 where everyone comes every day, 0.14 where everyone comes once
-- summary: Users active each week, and the average per day.
WITH weekly AS (
  SELECT
    CAST(date_trunc('week', date) AS DATE) AS week,
    COUNT(DISTINCT user_id) AS weekly_active_users
  FROM silver_events
  GROUP BY 1
),
daily AS (
  SELECT
    CAST(date_trunc('week', date) AS DATE) AS week,
    AVG(daily_active_users) AS average_daily_active_users
  FROM gold_daily_active_users
  GROUP BY 1
)
SELECT
  week,
  weekly_active_users,
  ROUND(average_daily_active_users, 2) AS average_daily_active_users,
  ROUND(CAST(average_daily_active_users AS DOUBLE) / weekly_active_users, 4) AS stickiness
FROM weekly
JOIN daily USING (week)
ORDER BY week;
