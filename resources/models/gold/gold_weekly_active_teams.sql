-- name: gold_weekly_active_teams
-- layer: gold
-- kind: incremental
-- period: week of week
-- grain: one row per week with events
-- depends on: silver_events
-- columns:
--   week: the Monday that the week starts on; a timestamp, as the specification defines this model
--   weekly_active_teams: teams with at least one event in that week
-- summary: Teams active each week.
SELECT
  date_trunc('week', event_time) AS week,
  COUNT(DISTINCT team_id) AS weekly_active_teams
FROM silver_events
GROUP BY 1
ORDER BY 1;
