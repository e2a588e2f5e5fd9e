-- name: gold_monthly_stickiness
-- layer: gold
-- kind: incremental
-- period: month of month
-- grain: one row per month with events
-- depends on: silver_events, gold_daily_active_users
-- columns:
--   month: first day of the month
--   monthly_active_users: users with at least one event in that month (MAU)
--   average_daily_active_users: daily active users, averaged over the days of that month that have events (DAU)
--   stickiness: DAU / MAU: the share of a month's users who are there on a usual day
-- summary: Monthly active users and stickiness (DAU/MAU).
WITH monthly AS (
  SELECT
    CAST(date_trunc('month', date) AS DATE) AS month,
    COUNT(DISTINCT user_id) AS monthly_active_users
  FROM silver_events
  GROUP BY 1
),
daily AS (
  SELECT
    CAST(date_trunc('month', date) AS DATE) AS month,
    AVG(daily_active_users) AS average_daily_active_users
  FROM gold_daily_active_users
  GROUP BY 1
)
SELECT
  month,
  monthly_active_users,
  ROUND(average_daily_active_users, 2) AS average_daily_active_users,
  ROUND(CAST(average_daily_active_users AS DOUBLE) / monthly_active_users, 4) AS stickiness
FROM monthly
JOIN daily USING (month)
ORDER BY month;
