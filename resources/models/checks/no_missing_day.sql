-- name: no_missing_day
-- severity: warning
-- scope: warehouse
-- depends on: refresh_days
-- summary: Between the first and the last day with events there is none without.
WITH span AS (
  SELECT UNNEST(generate_series(MIN(date), MAX(date), INTERVAL 1 DAY)) AS day
  FROM refresh_days
)
SELECT CAST(day AS DATE) AS date
FROM span
WHERE CAST(day AS DATE) NOT IN (SELECT date FROM refresh_days WHERE bronze_rows > 0)
ORDER BY date;
