-- title: Cohorts: teams by their first month
-- group: Funnels and cohorts
-- Teams that started in a month and are still active in later months.
WITH months AS (
  SELECT DISTINCT team_id, date_trunc('month', event_time) AS month FROM silver_events
),
cohorts AS (
  SELECT team_id, month, min(month) OVER (PARTITION BY team_id) AS first_month FROM months
)
SELECT
  first_month,
  datediff('month', first_month, month) AS months_later,
  count(*) AS teams
FROM cohorts
GROUP BY ALL
ORDER BY ALL;
