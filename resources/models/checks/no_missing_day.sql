-- name: no_missing_day
-- severity: warning
-- scope: warehouse
-- depends on: refresh_days
-- summary: No missing days between the first and last day.
WITH gaps AS (
  SELECT date + 1 AS first_missing, LEAD(date) OVER (ORDER BY date) - date - 1 AS missing_days
  FROM refresh_days
  WHERE bronze_rows > 0
),
days AS (
  -- A gap of more than a hundred days is one row: a single day in a far year must not make millions of them.
  SELECT
    first_missing,
    UNNEST(RANGE(CASE WHEN missing_days <= 100 THEN missing_days ELSE 1 END)) AS day,
    CASE WHEN missing_days <= 100 THEN 1 ELSE missing_days END AS missing_days
  FROM gaps
  WHERE missing_days > 0
)
SELECT CAST(first_missing + CAST(day AS INTEGER) AS DATE) AS date, missing_days
FROM days
ORDER BY date;
