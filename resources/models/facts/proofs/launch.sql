-- name: launch
-- depends on: refresh_days
-- measures: events per day after the launch, as a multiple of those before it
-- source: medians and MAD as in Rousseeuw and Croux (1993), "Alternatives to the median absolute deviation"; trimean: Tukey (1977), "Exploratory data analysis"; day of the step: least absolute deviations, as in Bai (1995)
-- summary: A step up in the events per day: four levels around the day, two on each side, with the weekly pattern and the trend of both sides removed.
WITH fact AS (
  SELECT
    DATE '2024-03-01' AS day
),
-- Logarithms make a factor a difference. A day without events counts as half an event.
counted AS (
  SELECT date, silver_rows AS events, LN(GREATEST(silver_rows, 0.5)) AS size
  FROM refresh_days, fact
  WHERE date BETWEEN day - 203 AND day + 203
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
  SELECT date, date - day AS place, events, size - COALESCE(usual, 0) AS level
  FROM around
  CROSS JOIN fact
  LEFT JOIN weekdays ON weekday = ISODOW(date)
),
-- Each side is cut in two halves of at most 56 days.
widths AS (
  SELECT
    LEAST(56, COUNT(*) FILTER (WHERE place < 0) // 2) AS before,
    LEAST(56, COUNT(*) FILTER (WHERE place >= 0) // 2) AS after
  FROM levelled
),
halves AS (
  SELECT
    CASE
      WHEN place < -before THEN 1
      WHEN place < 0 THEN 2
      WHEN place < after THEN 3
      ELSE 4
    END AS half,
    QUANTILE_CONT(level, [0.25, 0.5, 0.75]) AS quartiles,
    (quartiles[1] + 2 * quartiles[2] + quartiles[3]) / 4 AS trimean,
    MEDIAN(events) AS events
  FROM levelled, widths
  WHERE place >= -2 * before AND place < 2 * after
  GROUP BY 1
),
levels AS (
  SELECT
    MAX(trimean) FILTER (WHERE half = 1) AS first,
    MAX(trimean) FILTER (WHERE half = 2) AS second,
    MAX(trimean) FILTER (WHERE half = 3) AS third,
    MAX(trimean) FILTER (WHERE half = 4) AS fourth,
    MAX(events) FILTER (WHERE half = 2) AS events_before,
    MAX(events) FILTER (WHERE half = 3) AS events_after
  FROM halves
),
-- The noise of single days, and that of weeks where it is larger than seven such days explain.
blocks AS (
  SELECT FLOOR(place / 7) AS block, MEDIAN(level) AS level FROM levelled GROUP BY 1 HAVING COUNT(*) = 7
),
noises AS (
  SELECT 1.4826 / SQRT(2) * MEDIAN(ABS(change)) AS noise
  FROM (SELECT level - LAG(level) OVER (ORDER BY place) AS change FROM levelled)
  UNION ALL
  SELECT 1.4826 / SQRT(2) * SQRT(7) / 1.25 * MEDIAN(ABS(change))
  FROM (SELECT level - LAG(level) OVER (ORDER BY block) AS change FROM blocks)
),
-- The trend per day is that of both sides; a longer side counts by the cube of its length, as its variance says.
trends AS (
  SELECT
    *,
    before ** 3 / (before ** 3 + after ** 3) AS share,
    (before + after) / 2 AS apart,
    share * (second - first) / before + (1 - share) * (fourth - third) / after AS trend,
    third - second - trend * apart AS step,
    share * apart / before AS pull_before,
    (1 - share) * apart / after AS pull_after,
    1.07 * (SELECT MAX(noise) FROM noises) * SQRT(
      ((1 + pull_before) ** 2 + pull_before ** 2) / before + ((1 + pull_after) ** 2 + pull_after ** 2) / after
    ) AS error
  FROM levels, widths
  WHERE before >= 7 AND after >= 7
),
-- The day at which two levels, the second one step above the first, differ least from what was counted.
distances AS (
  SELECT
    place,
    SUM(ABS(flat - low) - ABS(flat - low - step)) OVER (ORDER BY place) AS distance
  FROM (
    SELECT place, step, level - trend * place AS flat, second + trend * before / 2 AS low
    FROM levelled, trends
    WHERE place BETWEEN -22 AND 20
  )
)
SELECT
  (SELECT ANY_VALUE(day) + CAST(ARG_MIN(place, distance) AS INTEGER) + 1 FROM distances, fact) AS first_day,
  CAST(NULL AS DATE) AS last_day,
  CAST(NULL AS VARCHAR) AS scope,
  EXP(step) AS measured,
  EXP(step) * (EXP(3 * error) - 1) AS margin,
  events_after AS observed,
  events_after / EXP(step) AS expected,
  step / NULLIF(error, 0) AS confidence
FROM trends;
