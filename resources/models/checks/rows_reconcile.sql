-- name: rows_reconcile
-- severity: error
-- scope: warehouse
-- depends on: refresh_days, gold_weekly_events_by_type
-- summary: Every bronze row not dropped by a rule is in silver (by day), and every silver row is in gold (by week).
WITH days AS (
  SELECT
    date,
    'bronze_events -> silver_events' AS step,
    bronze_rows - CAST(COALESCE(list_sum(map_values(dropped)), 0) AS BIGINT) AS expected_rows,
    silver_rows AS found_rows
  FROM refresh_days
),
silver_weeks AS (
  SELECT CAST(date_trunc('week', date) AS DATE) AS date, CAST(SUM(silver_rows) AS BIGINT) AS expected_rows
  FROM refresh_days
  GROUP BY 1
),
gold_weeks AS (
  SELECT week AS date, CAST(SUM(events) AS BIGINT) AS found_rows
  FROM gold_weekly_events_by_type
  GROUP BY 1
),
weeks AS (
  SELECT
    date,
    'silver_events -> gold_weekly_events_by_type' AS step,
    COALESCE(expected_rows, 0) AS expected_rows,
    COALESCE(found_rows, 0) AS found_rows
  FROM silver_weeks
  FULL JOIN gold_weeks USING (date)
)
SELECT * FROM days WHERE expected_rows <> found_rows
UNION ALL
SELECT * FROM weeks WHERE expected_rows <> found_rows
ORDER BY date, step;
