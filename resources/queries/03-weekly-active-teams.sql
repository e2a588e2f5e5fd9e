-- title: Gold: weekly active teams
-- group: The three layers
-- The figures of the refresh, and the same computed from silver: both columns must be equal.
SELECT
  gold.week,
  gold.weekly_active_teams,
  silver.teams AS counted_now
FROM gold_weekly_active_teams AS gold
JOIN (
  SELECT date_trunc('week', event_time) AS week, count(DISTINCT team_id) AS teams
  FROM silver_events
  GROUP BY ALL
) AS silver USING (week)
ORDER BY week;
