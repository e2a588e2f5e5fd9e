-- name: churn
-- depends on: silver_team_months
-- measures: the share of a sign-up month's teams that left, beyond the share of all others that left at that time
-- source: life table by month, as in Kaplan and Meier (1958); confidence: signed root of the likelihood ratio of a binomial share, as in Wilks (1938)
-- summary: The teams of one sign-up month whose last event is in the month of the day or the one before, beside the teams of all others.
WITH fact AS (
  SELECT
    DATE '2024-02-01' AS cohort,
    DATE '2024-09-15' AS day
),
lives AS (
  SELECT team_id, MIN(month) AS first_month, MAX(month) AS last_month
  FROM silver_team_months
  WHERE team_id IS NOT NULL
  GROUP BY team_id
),
-- The month of the day, and the one before: a small team has few events, so its last one can be weeks before it left.
times AS (
  SELECT
    cohort,
    CAST(DATE_TRUNC('month', day) AS DATE) AS month,
    CAST(DATE_TRUNC('month', day) - INTERVAL 1 MONTH AS DATE) AS month_before
  FROM fact
),
counted AS (
  SELECT
    COUNT(*) FILTER (WHERE first_month = cohort) AS teams,
    COUNT(*) FILTER (WHERE first_month = cohort AND last_month <= month) AS left_teams,
    COUNT(*) FILTER (WHERE first_month <> cohort) AS other_teams,
    COUNT(*) FILTER (WHERE first_month <> cohort AND last_month <= month) AS other_left
  FROM lives, times
  -- A team that signed up later can't have left, and the last two months of the data can't tell who has.
  WHERE last_month >= month_before AND first_month <= GREATEST(cohort, month_before)
    AND month <= (SELECT MAX(month) FROM silver_team_months) - INTERVAL 2 MONTHS
),
shares AS (
  SELECT
    *,
    left_teams / teams AS share,
    (other_left + 0.5) / (other_teams + 1) AS usual
  FROM counted
  WHERE teams > 0 AND other_teams > 0
),
-- The month in which most of them had their last event.
months AS (
  SELECT ARG_MAX(last_month, teams) AS month
  FROM (
    SELECT last_month, COUNT(*) AS teams
    FROM lives, times
    WHERE first_month = cohort AND last_month BETWEEN month_before AND month
    GROUP BY 1
  )
)
SELECT
  months.month AS first_day,
  CAST(LAST_DAY(months.month) AS DATE) AS last_day,
  STRFTIME(cohort, '%Y-%m') AS scope,
  (share - usual) / (1 - usual) AS measured,
  3 * SQRT(share * (1 - share) / teams + 0.25 / teams ** 2) / (1 - usual) AS margin,
  CAST(left_teams AS DOUBLE) AS observed,
  teams * usual AS expected,
  SIGN(share - usual) * SQRT(2 * teams * (
    COALESCE(share * LN(NULLIF(share, 0) / usual), 0) + COALESCE((1 - share) * LN(NULLIF(1 - share, 0) / (1 - usual)), 0)
  )) AS confidence
FROM shares, times, months;
