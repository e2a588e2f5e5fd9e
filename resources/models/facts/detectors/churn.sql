-- name: churn
-- depends on: silver_team_months
-- measures: the share of a sign-up month's teams that left within two months, beyond the share of all others
-- source: life table by month, as in Kaplan and Meier (1958); confidence: signed root of the likelihood ratio of a binomial share, as in Wilks (1938)
-- summary: Sign-up months of which far more teams left at one time than of all others.
WITH lives AS (
  SELECT MIN(month) AS first_month, MAX(month) AS last_month
  FROM silver_team_months
  WHERE team_id IS NOT NULL
  GROUP BY team_id
),
cohorts AS (
  SELECT first_month, last_month, COUNT(*) AS teams
  FROM lives
  GROUP BY 1, 2
),
-- Two months at a time: a small team has few events, so its last one can be weeks before it left.
times AS (
  SELECT DISTINCT month, CAST(month - INTERVAL 1 MONTH AS DATE) AS month_before
  FROM silver_team_months
  WHERE month <= (SELECT MAX(month) FROM silver_team_months) - INTERVAL 2 MONTHS
),
-- Teams that signed up shortly before are left out: many of them have a single event.
counted AS (
  SELECT
    month,
    month_before,
    first_month,
    SUM(teams) AS teams,
    COALESCE(SUM(teams) FILTER (WHERE last_month <= month), 0) AS left_teams
  FROM cohorts
  JOIN times ON last_month >= month_before AND first_month <= month_before - INTERVAL 1 MONTH
  GROUP BY 1, 2, 3
),
shares AS (
  SELECT
    *,
    left_teams / teams AS share,
    (SUM(left_teams) OVER all_cohorts - left_teams + 0.5) / (SUM(teams) OVER all_cohorts - teams + 1) AS usual
  FROM counted
  WINDOW all_cohorts AS (PARTITION BY month)
),
measured AS (
  SELECT
    *,
    (share - usual) / (1 - usual) AS measured,
    SIGN(share - usual) * SQRT(2 * teams * (
      COALESCE(share * LN(NULLIF(share, 0) / usual), 0)
      + COALESCE((1 - share) * LN(NULLIF(1 - share, 0) / (1 - usual)), 0)
    )) AS confidence
  FROM shares
  WHERE usual < 1
)
SELECT
  month_before AS first_day,
  CAST(LAST_DAY(month) AS DATE) AS last_day,
  STRFTIME(first_month, '%Y-%m') AS scope,
  measured,
  3 * SQRT(share * (1 - share) / teams + 0.25 / teams ** 2) / (1 - usual) AS margin,
  CAST(left_teams AS DOUBLE) AS observed,
  teams * usual AS expected,
  confidence
FROM measured
WHERE confidence >= 4.5 AND measured >= 0.3 AND left_teams >= 4
QUALIFY confidence = MAX(confidence) OVER (PARTITION BY first_month)
ORDER BY confidence DESC
LIMIT 20;
