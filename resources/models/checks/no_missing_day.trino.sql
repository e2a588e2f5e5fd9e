-- no_missing_day.sql on Trino, which lists numbers by sequence.
WITH gaps AS (
  SELECT
    date_add('day', 1, date) AS first_missing,
    date_diff('day', date, LEAD(date) OVER (ORDER BY date)) - 1 AS missing_days
  FROM refresh_days
  WHERE bronze_rows > 0
),
days AS (
  -- A gap of more than a hundred days is one row: a single day in a far year must not make millions of them.
  SELECT
    first_missing,
    day,
    CASE WHEN missing_days <= 100 THEN 1 ELSE missing_days END AS missing_days
  FROM gaps
  CROSS JOIN UNNEST(sequence(0, CASE WHEN missing_days <= 100 THEN missing_days ELSE 1 END - 1)) AS numbers(day)
  WHERE missing_days > 0
)
SELECT date_add('day', day, first_missing) AS date, missing_days
FROM days
ORDER BY date;
