-- name: gold_team_retention
-- layer: gold
-- kind: table
-- grain: one row per sign-up month and month since
-- depends on: silver_team_months
-- columns:
--   sign_up_month: first day of the month in which the teams of this cohort had their first event
--   months_since: 0 for the sign-up month itself, 1 for the month after, up to the last month with events
--   teams: size of the cohort
--   active_teams: those of them with at least one event in that month
--   retention: active teams over teams
-- summary: Share of each sign-up cohort still active in later months.
WITH sign_ups AS (
  SELECT team_id, MIN(month) AS sign_up_month
  FROM silver_team_months
  WHERE team_id IS NOT NULL
  GROUP BY team_id
),
cohorts AS (
  SELECT sign_up_month, COUNT(*) AS teams
  FROM sign_ups
  GROUP BY sign_up_month
),
activity AS (
  SELECT sign_up_month, month, COUNT(*) AS active_teams
  FROM silver_team_months
  JOIN sign_ups USING (team_id)
  GROUP BY 1, 2
),
present AS (
  SELECT month, LEAD(month) OVER (ORDER BY month) AS next_month
  FROM (SELECT DISTINCT month FROM silver_team_months)
),
-- Months without any activity of a cohort belong to its row of the triangle too, with 0. Years in which nobody did
-- anything do not: a single event in a far year must not make thousands of rows.
months AS (
  SELECT CAST(UNNEST(RANGE(
    CAST(month AS TIMESTAMP),
    CASE
      WHEN next_month <= month + INTERVAL 1 YEAR THEN CAST(next_month AS TIMESTAMP)
      ELSE month + INTERVAL 1 MONTH
    END,
    INTERVAL 1 MONTH
  )) AS DATE) AS month
  FROM present
),
triangle AS (
  SELECT sign_up_month, teams, month
  FROM cohorts
  JOIN months ON month >= sign_up_month
)
SELECT
  sign_up_month,
  date_diff('month', sign_up_month, month) AS months_since,
  teams,
  COALESCE(active_teams, 0) AS active_teams,
  ROUND(CAST(COALESCE(active_teams, 0) AS DOUBLE) / teams, 4) AS retention
FROM triangle
LEFT JOIN activity USING (sign_up_month, month)
ORDER BY sign_up_month, months_since;
