-- name: gold_top_teams
-- layer: gold
-- kind: table
-- grain: one row per team, the hundred with the most events
-- depends on: silver_team_months
-- columns:
--   place: 1 for the team with the most events; the lower team id goes first where teams are equal
--   team_id: the team
--   events: its events over all time
--   share_of_events: its events over those of all teams
--   active_days: days on which it had events
--   active_months: months in which it had events
--   last_active_month: the latest of these
--   purchases: its purchase events
--   revenue: what these brought in
-- summary: The most active teams.
WITH teams AS (
  SELECT
    team_id,
    CAST(SUM(events) AS BIGINT) AS events,
    CAST(SUM(active_days) AS BIGINT) AS active_days,
    COUNT(*) AS active_months,
    MAX(month) AS last_active_month,
    CAST(SUM(purchases) AS BIGINT) AS purchases,
    CAST(SUM(revenue) AS DECIMAL(18, 2)) AS revenue
  FROM silver_team_months
  WHERE team_id IS NOT NULL
  GROUP BY team_id
)
SELECT
  ROW_NUMBER() OVER (ORDER BY events DESC, team_id) AS place,
  team_id,
  events,
  ROUND(CAST(events AS DOUBLE) / SUM(events) OVER (), 6) AS share_of_events,
  active_days,
  active_months,
  last_active_month,
  purchases,
  revenue
FROM teams
ORDER BY place
LIMIT 100;
