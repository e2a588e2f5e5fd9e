-- name: blocks
-- purpose: the rows of a chunk of days, cut into blocks that are short enough to be spread out in memory
-- needs: the parameter $days, JSON: [{"date": "2023-01-01", "firstRow": 0, "rows": 912}, ...], in order
-- gives: the table blocks (date DATE, first_row BIGINT, rows BIGINT), in order
-- run by: each generator process before each chunk
CREATE OR REPLACE TEMP TABLE blocks AS
WITH days AS (
  SELECT unnest(from_json($days, '[{"date": "DATE", "firstRow": "BIGINT", "rows": "BIGINT"}]'), recursive := true)
),
starts AS (
  SELECT date, unnest(range("firstRow", "firstRow" + rows, 10_000)) AS first_row, "firstRow" + rows AS end_row
  FROM days
)
SELECT date, first_row, least(10_000, end_row - first_row) AS rows
FROM starts
ORDER BY first_row
