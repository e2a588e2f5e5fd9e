-- name: outage
-- depends on: refresh_days
-- measures: the events of the day as a share of those of a usual one
-- source: median of the same weekday in the four weeks before and after; Anscombe (1948) for the square root that makes counts comparable
-- summary: A day with almost no events, beside the same weekday in the weeks around it.
WITH fact AS (
  SELECT
    DATE '2025-02-05' AS day
),
neighbours AS (
  SELECT MEDIAN(COALESCE(silver_rows, 0)) AS expected, COUNT(*) AS weeks
  FROM (SELECT day + 7 * CAST(UNNEST([-4, -3, -2, -1, 1, 2, 3, 4]) AS INTEGER) AS date FROM fact)
  JOIN refresh_days USING (date)
),
counted AS (
  SELECT day, COALESCE(SUM(silver_rows), 0) AS events
  FROM fact
  LEFT JOIN refresh_days ON date = day
  GROUP BY day
)
SELECT
  day AS first_day,
  day AS last_day,
  CAST(NULL AS VARCHAR) AS scope,
  events / NULLIF(expected, 0) AS measured,
  3 * SQRT(events + 1) / NULLIF(expected, 0) AS margin,
  CAST(events AS DOUBLE) AS observed,
  expected,
  -- Twice the square root of a count has a standard deviation of 1, whatever the count.
  2 * (SQRT(0.3 * expected + 0.375) - SQRT(events + 0.375)) AS confidence
FROM counted, neighbours
WHERE weeks >= 4;
