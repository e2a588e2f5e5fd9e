-- gold_team_retention.sql on Trino, which lists months by sequence.
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
  SELECT CAST(listed AS DATE) AS month
  FROM present
  CROSS JOIN UNNEST(sequence(
    month,
    CASE
      WHEN next_month <= month + INTERVAL '1' YEAR THEN next_month - INTERVAL '1' MONTH
      ELSE month
    END,
    INTERVAL '1' MONTH
  )) AS list(listed)
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
