-- name: blocks
-- purpose: the rows of a chunk of days, divided into blocks that are small enough to expand in memory
-- needs: hashing.sql; the variable `duplicates`; the parameter $days, JSON:
--   [{"date": "2023-01-01", "firstRow": 0, "rows": 912}, ...], in order
-- gives: the table blocks (date DATE, first_row BIGINT, rows BIGINT, copies BIGINT), in order: `rows` different events
--   are to be made, and `copies` of them a second time
-- run by: each generator process before each chunk
CREATE OR REPLACE TEMP TABLE blocks AS
WITH days AS (
  SELECT unnest(from_json($days, '[{"date": "DATE", "firstRow": "BIGINT", "rows": "BIGINT"}]'), recursive := true)
),
starts AS (
  SELECT date, unnest(range("firstRow", "firstRow" + rows, 10_000)) AS first_row, "firstRow" + rows AS end_row
  FROM days
),
sizes AS (
  SELECT date, first_row, least(10_000, end_row - first_row) AS size FROM starts
),
copied AS (
  -- The fraction of a row is drawn, so that small blocks come to the rate on average.
  SELECT *, least(size // 2, floor(size * getvariable('duplicates') + draw(first_row::UBIGINT, 'copies'))::BIGINT) AS copies
  FROM sizes
)
SELECT date, first_row, size - copies AS rows, copies
FROM copied
ORDER BY first_row
