-- name: silver_team_months
-- layer: silver
-- kind: incremental
-- period: month of month
-- grain: one row per team and month in which it had events
-- depends on: silver_events, silver_purchases
-- columns:
--   month: first day of the month
--   team_id: the team
--   events: its events in that month
--   active_days: days of that month on which it had events
--   purchases: its purchase events in that month
--   revenue: what these brought in, as far as they name price and quantity
-- summary: Events of each team per month, from which metrics over the whole life of a team are computed.
WITH activity AS (
  SELECT
    CAST(date_trunc('month', date) AS DATE) AS month,
    team_id,
    COUNT(*) AS events,
    COUNT(DISTINCT date) AS active_days
  FROM silver_events
  GROUP BY 1, 2
),
sales AS (
  SELECT
    CAST(date_trunc('month', date) AS DATE) AS month,
    team_id,
    COUNT(*) AS purchases,
    SUM(revenue) AS revenue
  FROM silver_purchases
  GROUP BY 1, 2
)
SELECT
  activity.month,
  activity.team_id,
  activity.events,
  activity.active_days,
  COALESCE(sales.purchases, 0) AS purchases,
  CAST(COALESCE(sales.revenue, 0) AS DECIMAL(18, 2)) AS revenue
FROM activity
LEFT JOIN sales
  ON activity.month = sales.month AND activity.team_id IS NOT DISTINCT FROM sales.team_id
ORDER BY activity.month, activity.team_id;
