-- name: gold_weekly_events_by_type
-- layer: gold
-- kind: incremental
-- period: week of week
-- grain: one row per week and event name
-- depends on: silver_events
-- columns:
--   week: the Monday that the week starts on
--   event_name: what happened
--   events: how often it happened in that week
-- summary: Events of each type per week.
SELECT
  CAST(date_trunc('week', date) AS DATE) AS week,
  event_name,
  COUNT(*) AS events
FROM silver_events
GROUP BY 1, 2
ORDER BY week, event_name;
