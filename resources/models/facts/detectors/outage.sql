-- name: outage
-- depends on: refresh_days
-- measures: the events of a day as a share of those of a usual one
-- source: median of the same weekday in the four weeks before and after; Anscombe (1948) for the square root that makes counts comparable
-- summary: Days with almost no events, far fewer than on a holiday. A day without a partition is a gap, which the check no_missing_day reports.
WITH counted AS (
  SELECT
    date,
    silver_rows AS events,
    bronze_rows,
    MEDIAN(silver_rows) OVER weekdays AS expected,
    COUNT(*) OVER weekdays AS weeks
  FROM refresh_days
  WINDOW weekdays AS (
    PARTITION BY ISODOW(date) ORDER BY date
    RANGE BETWEEN INTERVAL 28 DAYS PRECEDING AND INTERVAL 28 DAYS FOLLOWING
    EXCLUDE CURRENT ROW
  )
),
measured AS (
  SELECT
    *,
    -- Twice the square root of a count has a standard deviation of 1, whatever the count. A holiday has a third.
    2 * (SQRT(0.3 * expected + 0.375) - SQRT(events + 0.375)) AS confidence
  FROM counted
  -- Where silver has dropped the rows, the data is wrong, which the checks report.
  WHERE weeks >= 4 AND bronze_rows <= 0.15 * expected
)
SELECT
  date AS first_day,
  date AS last_day,
  CAST(NULL AS VARCHAR) AS scope,
  events / NULLIF(expected, 0) AS measured,
  3 * SQRT(events + 1) / NULLIF(expected, 0) AS margin,
  CAST(events AS DOUBLE) AS observed,
  expected,
  confidence
FROM measured
WHERE confidence >= 4
ORDER BY confidence DESC
LIMIT 20;
