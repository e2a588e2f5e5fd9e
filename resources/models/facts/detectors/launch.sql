-- name: launch
-- depends on: refresh_days
-- measures: events per day from a day on, as a multiple of those before it
-- source: medians and MAD as in Rousseeuw and Croux (1993), "Alternatives to the median absolute deviation"
-- summary: Steps up in the events per day: the medians of four times four weeks around each day, with the weekly pattern and the trend of both sides removed.
WITH counted AS (
  SELECT date, silver_rows AS events, LN(GREATEST(silver_rows, 0.5)) AS size
  FROM refresh_days
),
-- The usual difference of each weekday from the week around it.
around AS (
  SELECT
    *,
    size - LN(GREATEST(AVG(events) OVER week, 0.5)) AS difference,
    COUNT(*) OVER week AS days
  FROM counted
  WINDOW week AS (ORDER BY date RANGE BETWEEN INTERVAL 3 DAYS PRECEDING AND INTERVAL 3 DAYS FOLLOWING)
),
weekdays AS (
  SELECT ISODOW(date) AS weekday, MEDIAN(difference) AS usual
  FROM around
  WHERE days = 7
  GROUP BY 1
),
levelled AS (
  SELECT date, size - COALESCE(usual, 0) AS level
  FROM around
  LEFT JOIN weekdays ON weekday = ISODOW(date)
),
-- The noise of single days, and that of weeks where it is larger than seven such days explain.
blocks AS (
  SELECT DATE_TRUNC('week', date) AS block, MEDIAN(level) AS level FROM levelled GROUP BY 1 HAVING COUNT(*) = 7
),
noises AS (
  SELECT 1.4826 / SQRT(2) * MEDIAN(ABS(change)) AS noise
  FROM (SELECT level - LAG(level) OVER (ORDER BY date) AS change FROM levelled)
  UNION ALL
  SELECT 1.4826 / SQRT(2) * SQRT(7) / 1.25 * MEDIAN(ABS(change))
  FROM (SELECT level - LAG(level) OVER (ORDER BY block) AS change FROM blocks)
),
quarters AS (
  SELECT
    date,
    MEDIAN(level) OVER first AS first,
    MEDIAN(level) OVER second AS second,
    MEDIAN(level) OVER third AS third,
    MEDIAN(level) OVER fourth AS fourth,
    LEAST(COUNT(*) OVER first, COUNT(*) OVER second, COUNT(*) OVER third, COUNT(*) OVER fourth) AS days
  FROM levelled
  WINDOW
    first AS (ORDER BY date RANGE BETWEEN INTERVAL 56 DAYS PRECEDING AND INTERVAL 29 DAYS PRECEDING),
    second AS (ORDER BY date RANGE BETWEEN INTERVAL 28 DAYS PRECEDING AND INTERVAL 1 DAY PRECEDING),
    third AS (ORDER BY date RANGE BETWEEN CURRENT ROW AND INTERVAL 27 DAYS FOLLOWING),
    fourth AS (ORDER BY date RANGE BETWEEN INTERVAL 28 DAYS FOLLOWING AND INTERVAL 55 DAYS FOLLOWING)
),
-- A median of 28 days has 1.25 times the error of their mean; the weights 1.5, 1.5, 0.5, 0.5 make it 2.24 times that.
steps AS (
  SELECT
    date,
    second,
    third,
    1.5 * (third - second) - 0.5 * (fourth - first) AS step,
    1.25 * SQRT(5) * noise / SQRT(28) AS error,
    step / NULLIF(error, 0) AS confidence
  FROM quarters, (SELECT MAX(noise) AS noise FROM noises)
  WHERE days >= 26
)
SELECT
  date AS first_day,
  CAST(NULL AS DATE) AS last_day,
  CAST(NULL AS VARCHAR) AS scope,
  EXP(step) AS measured,
  EXP(step) * (EXP(3 * error) - 1) AS margin,
  EXP(third) AS observed,
  EXP(third - step) AS expected,
  confidence
FROM steps
-- A step down has shadows that look like steps up, within two quarters.
QUALIFY confidence >= 5 AND step >= LN(1.08) AND confidence = MAX(ABS(confidence)) OVER (
  ORDER BY date RANGE BETWEEN INTERVAL 56 DAYS PRECEDING AND INTERVAL 56 DAYS FOLLOWING
)
ORDER BY confidence DESC
LIMIT 20;
