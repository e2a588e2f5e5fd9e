-- title: Trino: weekly active teams
-- group: On the cluster (Trino SQL)
-- The models have the same names on the cluster. Without a catalog and schema, a name is that of the results.
SELECT
  week,
  weekly_active_teams,
  weekly_active_teams - lag(weekly_active_teams) OVER (ORDER BY week) AS change
FROM gold_weekly_active_teams
ORDER BY week;
